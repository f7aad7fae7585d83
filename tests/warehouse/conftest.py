"""A store with something to load, for the tests that disturb a run."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store
from tests.copied_project import copy_project
from tests.relations import contents


@dataclass(frozen=True)
class Disturbed:
    """A store that has files to load, and what an undisturbed run makes of them.

    Attributes
    ----------
    store : its warehouse and reports as they were before; nobody changes them
    before, after : the publication, before that run and after it
    report : after it
    seconds : how long it took
    undisturbed : the store after that run; nobody changes it
    """

    store: Store
    before: dict[str, list[tuple]]
    after: dict[str, list[tuple]]
    report: bytes
    seconds: float
    undisturbed: Store | None = None

    def copy(self, folder: Path) -> Store:
        """Copy warehouse and reports; the data folder is shared."""
        shutil.copytree(self.store.warehouse.parent, folder / "w")
        shutil.copytree(self.store.reports, folder / "reports")
        return Store(
            self.store.datasets, folder / "w" / self.store.warehouse.name, folder / "reports"
        )

    def assert_run_ends_as_if_nothing_had_been(self, store: Store) -> None:
        """Run, and compare publication and report with those of an undisturbed run."""
        finished = store.run("run", "--quiet")
        assert finished.code == 0, finished.errors
        assert contents(published_path(store.warehouse)) == self.after
        assert (store.reports / "report.md").read_bytes() == self.report


@pytest.fixture(scope="session")
def disturbed(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Disturbed:
    """The synthetic store, and a file that changed, a new one, and one that came again."""
    folder = tmp_path_factory.mktemp("disturbed")
    store = Store(folder / "datasets", folder / "w" / "store.duckdb", folder / "reports")
    shutil.copytree(demo_store.datasets, store.datasets)
    shutil.copytree(demo_store.reports, store.reports)
    store.warehouse.parent.mkdir()
    shutil.copy(demo_store.warehouse, store.warehouse)
    shutil.copy(published_path(demo_store.warehouse), published_path(store.warehouse))
    before = contents(published_path(store.warehouse))
    _let_files_come(store)
    prepared = Disturbed(store, before, {}, b"", 0.0)
    undisturbed = prepared.copy(folder / "undisturbed")
    started = time.monotonic()
    finished = undisturbed.run("run", "--quiet")
    seconds = time.monotonic() - started
    assert finished.code == 0, finished.errors
    after = contents(published_path(undisturbed.warehouse))
    assert after["marts.user_features"] != before["marts.user_features"]
    report = (undisturbed.reports / "report.md").read_bytes()
    return Disturbed(store, before, after, report, seconds, undisturbed)


def _let_files_come(store: Store) -> None:
    first, second, *_ = files = sorted(store.datasets.iterdir())
    lines = {path: path.read_text().splitlines()[1:] for path in files}
    # Other people's events of every month.
    new = [line.replace("-01 ", "-02 ") for path in files for line in lines[path][::7]]
    store.write("more.csv", *new)
    store.write(first.name, *lines[first][:-500])
    shutil.copy(second, store.datasets / "sent_again.csv")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project in another folder, where settings and catalogues may be edited."""
    return copy_project(tmp_path / "project")
