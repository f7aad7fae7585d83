"""One warehouse in one place, filled by runs in this process: for tests that need many runs.

A run of the command line starts Python, imports dbt and parses the project before it does anything;
here this happens once. What it does to the warehouse is the same.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipeline.dbt_runner.invocation import _set_environment, run_dbt
from pipeline.ingest.session import session
from pipeline.runtime.progress import QuietReporter
from pipeline.runtime.settings import RunSettings
from tests.known_project import known_project
from tests.warm_dbt import warm_dbt

_BUILD = (
    "build", "--select", "path:dbt_project/models/core", "+segment_inputs",
    "--exclude-resource-type", "test", "unit_test",
)  # fmt: skip
_LOAD = ("run", "--select", "+loaded_files", "events", "rejected_events")


# The project as dbt has read it, once in a process: that takes longer than a run. No path is in it,
# and what the variables change is read when a model runs.
_PROJECT: list[Any] = []


class Workbench:
    """A folder of files and the warehouse made from it, which can be put aside and taken up again.

    Both stay in their places.
    """

    def __init__(self, folder: Path, variables: Mapping[str, object] | None = None) -> None:
        self.datasets, self.warehouse = folder / "datasets", folder / "work.duckdb"
        self.settings = RunSettings(self.datasets, self.warehouse, folder, threads=1)
        self.run_count = 0
        self.variables = dict(variables or {})
        self._unedited: dict[str, str] = {}

    def clear(self) -> None:
        """Start from nothing, with the models as they are in the project."""
        self.take_back_edits()
        shutil.rmtree(self.datasets, ignore_errors=True)
        self.datasets.mkdir(parents=True)
        self.warehouse.unlink(missing_ok=True)

    def put_aside(self, path: Path) -> Path:
        """Copy the warehouse."""
        return Path(shutil.copy(self.warehouse, path))

    def take_up(self, path: Path) -> None:
        """Go on from a copy."""
        shutil.copy(path, self.warehouse)

    def run(self, forget_files: Sequence[str] = ()) -> None:
        """Load what is new and compute everything from it, up to the inputs of the model."""
        error = self.try_run(forget_files)
        assert error is None, error

    def load(self) -> None:
        """Load what is new, and compute nothing from it."""
        error = self._call(_LOAD)
        assert error is None, error

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the warehouse."""
        # What DuckDB calls back, such as the reader of gzipped files, holds on to a connection.
        gc.collect()
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def try_run(self, forget_files: Sequence[str] = ()) -> str | None:
        """Do the same as `run` and return the error, if there is one."""
        return self._call(_BUILD, forget_files)

    def _call(self, command: Sequence[str], forget_files: Sequence[str] = ()) -> str | None:
        with session():
            result = run_dbt(
                command,
                self.settings,
                variables=self.variables | {"forget_files": list(forget_files)},
                reporter=QuietReporter(),
                title="",
                manifest=_project(self.settings),
            )
        self.run_count += 1
        return result.error

    def edit(self, model: str, former: str, later: str) -> None:
        """Change the text of a model after a run, as somebody does who works on the project."""
        text = self._node(model).raw_code
        assert text.count(former) == 1
        self._unedited.setdefault(model, text)
        self._set_text(model, text.replace(former, later))

    def take_back_edits(self) -> None:
        """Let the models be as they are in the project."""
        for model, text in self._unedited.items():
            self._set_text(model, text)
        self._unedited.clear()

    def _set_text(self, model: str, text: str) -> None:
        self._node(model).raw_code = text
        # The `graph` that macros see is a copy, made when the project is read.
        _project(self.settings).build_flat_graph()

    def _node(self, model: str) -> Any:
        return _project(self.settings).nodes[f"model.amazing_customer_segments.{model}"]


def _project(settings: RunSettings) -> Any:
    if not _PROJECT:
        _set_environment(settings)
        warm_dbt()
        _PROJECT.append(known_project({}, settings.warehouse))
        # It stays: nobody needs to look through it for what may go.
        gc.collect()
        gc.freeze()
    return _PROJECT[0]


@contextmanager
def workbench(folder: Path, variables: Mapping[str, object] | None = None) -> Iterator[Workbench]:
    """Make a workbench; in the end, let the models be as they are in the project."""
    made = Workbench(folder, variables)
    made.clear()
    try:
        yield made
    finally:
        made.take_back_edits()
