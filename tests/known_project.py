"""The dbt project, read once for all tests of all workers.

Reading it takes longer than a run on a small store. What dbt makes of it depends on the name of the
warehouse, on the variables that stand in its YAML, and on whether there is an `as_of`; on nothing
else of a store, because models are rendered when they run. It is kept in a file, from which it is
read for the warehouse at hand.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from filelock import FileLock

from tests.warm_process import DBT_THREADS, IS_POSSIBLE, PROJECTS, WarmProcess

ROOT = Path(__file__).resolve().parent.parent
# In place of the name of a warehouse.
_NAME = "name_of_the_warehouse"
#: With all repetitions a training takes half of a run; `is_cold` runs have them.
SMALL_TRAINING = {"resample_count": 4, "split_count": 3, "null_draw_count": 3}


class KnowingRunner(dbtRunner):
    """A runner that does not read our project again."""

    def invoke(self, args: list[str], **kwargs: Any) -> Any:
        if self.manifest is None and _is_about_our_project(args):
            given = yaml.safe_load(_value_of("--vars", args) or "{}")
            variables = SMALL_TRAINING | given
            # Of the same option, the last one counts.
            args = [*args, "--vars", json.dumps(variables)]
            # Two processes of tests keep two cores busy.
            args += ["--threads", os.environ.get(DBT_THREADS, "1")]
            self.manifest = known_project(variables, Path(os.environ["AMAZING_WAREHOUSE"]))
        return super().invoke(args, **kwargs)


def known_project(variables: dict[str, Any], warehouse: Path) -> Any:
    """Return the project as dbt reads it for a warehouse, None where it cannot be read."""
    return project_read_with(variables_seen(variables), warehouse)


def variables_seen(variables: dict[str, Any]) -> dict[str, Any]:
    """Return what of variables dbt sees when it reads the project."""
    seen = {name: variables[name] for name in variables.keys() & _names_in_yaml()}
    if "as_of" in variables:
        # Whichever: where there is a date, nobody asks for the last visit.
        seen["as_of"] = "2020-01-01"
    return seen


def project_read_with(variables: dict[str, Any], warehouse: Path) -> Any:
    """Return the project as dbt reads it with all of these variables."""
    read_projects([variables])
    path = _path_of(variables)
    if not path.exists():
        return None
    project = Manifest()
    with path.open("rb") as file:
        vars(project).update(
            _Reader(file, DuckDBCredentials.path_derived_database_name(warehouse)).load()
        )
    return project


def read_projects(settings: Sequence[dict[str, Any]], *, by_fork: bool = IS_POSSIBLE) -> None:
    """Let dbt read the project with each of these variables, unless it has: in one process.

    The first takes four seconds where the process is forked from a warm one, seven elsewhere; the
    others three. What reads no process is forked from: its parser would wait for a lost thread.
    """
    with ExitStack() as stack:
        # Of two workers that begin, one reads.
        texts = {_path_of(each): _text_of(each) for each in settings}
        for path in sorted(texts):
            stack.enter_context(FileLock(f"{path}.lock"))
        missing = [text for path, text in texts.items() if not path.exists()]
        if missing and by_fork:
            WarmProcess(live_as_reader, missing, cwd=ROOT).wait()
        elif missing:
            command = [sys.executable, "-m", __name__, *missing]
            subprocess.run(command, check=False, cwd=ROOT, capture_output=True)


def live_as_reader(texts: list[str]) -> None:
    """Let dbt read the project with each of these variables."""
    for text in texts:
        _read_project(json.loads(text))


def _path_of(variables: dict[str, Any]) -> Path:
    name = hashlib.sha256(_text_of(variables).encode()).hexdigest()
    return Path(os.environ[PROJECTS], name)


def _text_of(variables: dict[str, Any]) -> str:
    return json.dumps(variables, sort_keys=True)


@cache
def _names_in_yaml() -> frozenset[str]:
    files = [ROOT / "dbt_project.yml", *(ROOT / "dbt_project").rglob("*.yml")]
    return frozenset(
        name for file in files for name in re.findall(r"var\('(\w+)'", file.read_text())
    )


def _is_about_our_project(args: list[str]) -> bool:
    return Path(_value_of("--project-dir", args) or Path.cwd()) == ROOT


def _value_of(option: str, args: list[str]) -> str | None:
    return args[args.index(option) + 1] if option in args else None


class _Writer(pickle.Pickler):
    """Writes texts with the name of the warehouse apart."""

    def persistent_id(self, obj: Any) -> str | None:
        return obj if isinstance(obj, str) and _NAME in obj else None


class _Reader(pickle.Unpickler):
    """Puts the name of another warehouse in these texts."""

    def __init__(self, file: Any, name: str) -> None:
        super().__init__(file)
        self._name = name

    def persistent_load(self, pid: Any) -> str:
        return pid.replace(_NAME, self._name)


def _read_project(variables: dict[str, Any]) -> None:
    """Let dbt read the project and write what it made of it."""
    path = _path_of(variables)
    os.environ["AMAZING_WAREHOUSE"] = str(path.with_suffix(".w") / f"{_NAME}.duckdb")
    os.environ["AMAZING_DATASETS"] = str(path)
    folders = ["--target-path", f"{path}.target", "--log-path", f"{path}.logs"]
    options = ["--vars", _text_of(variables), "--log-level", "none"]
    options += ["--no-write-json", "--no-partial-parse"]
    project = dbtRunner().invoke(["parse", *folders, *options]).result
    # Its own way of being copied forgets a part and shifts the following ones (dbt 1.11).
    parts = {name: part for name, part in vars(project).items() if name != "_lock"}
    written = path.with_suffix(f".{os.getpid()}")
    with written.open("wb") as file:
        _Writer(file).dump(parts)
    written.rename(path)


if __name__ == "__main__":
    live_as_reader(sys.argv[1:])
