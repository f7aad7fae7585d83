"""Whether what `--engine spark` needs is there, and what it does not know."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

from pipeline.ingest.checked_settings import reading_settings
from pipeline.privacy.keys import secret_keys
from pipeline.runtime.errors import InputError
from pipeline.runtime.project_settings import project_settings
from pipeline.runtime.settings import RunSettings

# Ten million customers, of which a report is made in seconds, and as many again.
_LOCAL_ROWS = 20_000_000


def check_spark(settings: RunSettings) -> None:
    """Make sure that Spark can run, and that it knows every setting of the run.

    Raises
    ------
    InputError
        With what is missing, or which setting only DuckDB knows.
    """
    for module, name in (("pyspark", "pyspark"), ("dbt.adapters.spark", "dbt-spark")):
        if not _is_installed(module):
            raise InputError(
                f"`--engine spark` needs {name}, which is not installed: run `make setup-spark`."
            )
    if not (os.environ.get("SPARK_REMOTE") or _has_java()):
        raise InputError(
            "`--engine spark` needs Java 17 or later, which is not installed: install it"
            " (`apt-get install openjdk-17-jre-headless`), or set JAVA_HOME."
        )
    local_rows()
    if secret_keys():
        raise InputError(
            "Pseudonyms (AMAZING_KEY) are not known on Spark: unset it, or run without"
            " --engine spark."
        )
    if project_settings(overrides=settings.variables).retention_months is not None:
        raise InputError(
            "retention_months is not known on Spark: set it to null, or run without --engine spark."
        )
    if reading_settings(overrides=settings.variables).lookups:
        raise InputError(
            "The setting lookups is not known on Spark: join such files before, or run without"
            " --engine spark."
        )


def local_rows() -> int:
    """Return how many rows a table may have that comes home.

    Raises
    ------
    InputError
        `AMAZING_LOCAL_ROWS` is not a number.
    """
    text = os.environ.get("AMAZING_LOCAL_ROWS", str(_LOCAL_ROWS))
    if not text.isdecimal():
        raise InputError(
            f"AMAZING_LOCAL_ROWS {text!r} is not a number of rows: write it like 1000000."
        )
    return int(text)


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _has_java() -> bool:
    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))
