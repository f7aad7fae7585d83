"""Calling dbt in this process: one invocation, its progress, and what came of it."""

from __future__ import annotations

import gc
import importlib
import json
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.dbt_runner.messages import sentence
from pipeline.dbt_runner.progress import BuildProgress
from pipeline.runtime.memory import limit_database
from pipeline.runtime.progress import UNEVEN_UNIT, Reporter
from pipeline.runtime.settings import DEFAULT_WAREHOUSE, ROOT, RunSettings
from pipeline.warehouse.connection import work_folder


@dataclass(frozen=True)
class DbtResult:
    """What one invocation of dbt did.

    `error` is the first message of a node that could not run, None when all ran; `failed_tests` are
    the names of the error-level tests that found something, `warnings` those that only warn.
    """

    error: str | None
    failed_tests: tuple[str, ...]
    warnings: tuple[str, ...]


# On a fast machine.
_LEAST_IMPORT_SECONDS = 1.0
# Collecting garbage after every 700 objects takes a tenth of dbt's own time.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


class DbtPreparation:
    """What dbt does before its first query, done in a thread while something else is waited for.

    Importing dbt takes more than a second, and reading the project another one. The project is
    read only where an earlier run has left its notes: nothing is written before the input is found
    right.
    """

    def __init__(self, settings: RunSettings) -> None:
        self._settings = settings
        self._manifest: Any = None
        self._thread = threading.Thread(target=self._prepare, daemon=True)

    def start(self) -> None:
        """Begin, and return at once."""
        self._thread.start()

    def manifest(self) -> Any:
        """Wait for the end; return the project as dbt read it, None if it is still to be read."""
        if self._thread.ident is not None:
            self._thread.join()
        return self._manifest

    def _prepare(self) -> None:
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        _import_dbt()
        if not (_target_folder(self._settings) / "partial_parse.msgpack").exists():
            return
        _set_environment(self._settings)
        from dbt.cli.main import dbtRunner

        outcome = dbtRunner().invoke(["parse", *_options(self._settings, {}), "--no-write-json"])
        # What is wrong with the project, the command itself will say.
        self._manifest = outcome.result if outcome.success else None


def run_dbt(
    command: Sequence[str],
    settings: RunSettings,
    *,
    variables: Mapping[str, object] | None = None,
    reporter: Reporter,
    title: str,
    line_counts: Sequence[int] = (),
    constant_work: float = 0.0,
    manifest: Any = None,
) -> DbtResult:
    """Run one dbt command on the warehouse of `settings` and return what came of it.

    `line_counts` are the lines of the files that it is going to read, and `constant_work` what does
    not depend on them, for the progress: in multiples of the processor time that importing dbt
    took, because machines differ. `manifest` is the project, where a `DbtPreparation` with the same
    settings has read it already.

    dbt never raises: an exception inside is part of its result, and so of `DbtResult.error`.
    """
    constant_seconds = constant_work * _import_dbt()
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    _set_environment(settings)
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    with (
        reporter.stage(title, None, UNEVEN_UNIT) as stage,
        BuildProgress(stage, title, line_counts, constant_seconds) as progress,
    ):
        runner = dbtRunner(manifest, callbacks=[progress.on_event])
        # Nobody reads the manifest of a run; the documentation is made from it.
        json_files = [] if command[0] == "docs" else ["--no-write-json"]
        outcome = runner.invoke([*command, *_options(settings, variables or {}), *json_files])
    # Let go of the file, so that others may read it.
    DuckDBConnectionManager.close_all_connections()
    return _result(outcome)


@cache
def _import_dbt() -> float:
    """Import dbt, which takes more than a second: not for `--help`. Return the processor time."""
    started = time.thread_time()
    importlib.import_module("dbt.adapters.duckdb")
    importlib.import_module("dbt.cli.main")
    # It was imported already where Python is not ours alone.
    return max(time.thread_time() - started, _LEAST_IMPORT_SECONDS)


def _set_environment(settings: RunSettings) -> None:
    """Tell `profiles.yml` where things are; the paths of the project hold only in its root.

    What the environment says to dbt is not meant for this run: `DBT_EMPTY` would make it load
    nothing, `DBT_RESOURCE_TYPES` leave out the data tests.
    """
    os.chdir(ROOT)
    for name in [name for name in os.environ if name.startswith("DBT_")]:
        del os.environ[name]
    os.environ["AMAZING_ROOT"] = str(ROOT)
    os.environ["AMAZING_DATASETS"] = str(settings.datasets)
    os.environ["AMAZING_WAREHOUSE"] = str(settings.warehouse)
    os.environ.update(settings.lake_variables)
    limit_database(settings.memory_limit)
    os.environ["AMAZING_THREADS"] = str(settings.threads or os.cpu_count() or 1)
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    if settings.warehouse.parent == DEFAULT_WAREHOUSE.parent:
        # It comes with the repository, open to everybody.
        settings.warehouse.parent.chmod(0o700)


def _options(settings: RunSettings, variables: Mapping[str, object]) -> list[str]:
    work = work_folder(settings.warehouse)
    given = {**settings.variables, **variables}
    if settings.as_of is not None:
        given["as_of"] = settings.as_of.isoformat()
    if settings.retrain:
        given["retrain"] = True
    if settings.segment_count is not None:
        given["segment_count"] = settings.segment_count
    if settings.forget_files:
        given["forget_files"] = list(settings.forget_files)
    options = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT)]
    options += ["--target-path", str(_target_folder(settings)), "--log-path", str(work / "logs")]
    if settings.engine == "spark":
        options += ["--target", "spark"]
    options += ["--log-level", "none", "--no-use-colors"]
    if given:
        options += ["--vars", json.dumps(given)]
    return options


def _target_folder(settings: RunSettings) -> Path:
    # What dbt has read of the project depends on the engine.
    name = "target" if settings.engine == "duckdb" else f"target_{settings.engine}"
    return work_folder(settings.warehouse) / name


def _result(outcome: Any) -> DbtResult:
    results = list(getattr(outcome.result, "results", None) or [])
    errors = [
        sentence(entry.node.name, str(entry.message))
        for entry in results
        if str(entry.status) in ("error", "runtime error")
    ]
    if outcome.exception is not None:
        errors.append(sentence("dbt", str(outcome.exception)))
    failed = [entry.node.name for entry in results if str(entry.status) == "fail"]
    warned = [entry.node.name for entry in results if str(entry.status) == "warn"]
    return DbtResult(errors[0] if errors else None, tuple(failed), tuple(warned))
