"""Running the pipeline as a user does, and reading what it made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from tests.warm_process import (
    BUILDS,
    DBT_THREADS,
    IS_POSSIBLE,
    PROJECTS,
    WarmProcess,
    live_as_dbt,
    live_as_pipeline,
)

ROOT = Path(__file__).resolve().parent.parent
REAL_ROWS = ROOT.parent / "shared" / "data"
_MEMORY = Path("/dev/shm")
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 8 * 2**30:
    # A run commits some four hundred times, and tests have no need to survive a loss of power.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    os.environ.setdefault("TMPDIR", str(_MEMORY))

# Imported where commands are forked from, and nowhere else: it takes ten seconds.
collect_ignore = ["warm_imports.py"]

HEADER = (
    "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
)
# The files that take longest, longest first: of `make test-long` and of `make test` together.
LONGEST = (
    "test_chaos.py", "test_arrivals.py", "test_deaths.py", "test_erasure.py",
    "test_persistence.py", "test_foreign_files.py", "test_dbt.py", "test_known_project.py",
    "test_publication.py", "test_readme.py", "test_drift.py", "test_fuzz.py",
    "test_malformed.py", "test_work.py", "test_presets.py", "test_attacker_elsewhere.py",
    "test_bad_input.py", "test_every_number.py", "test_migrations.py", "test_real_cuts.py",
    "test_privacy_walk.py", "test_project_settings.py", "test_memory.py",
    "test_segmentation.py", "test_second_run.py", "test_erasure_of_texts.py",
    "test_segments.py", "test_pseudonyms.py", "test_ids.py", "test_activation.py",
    "test_deploy.py", "test_value.py", "test_campaigns.py", "test_exploration.py",
    "test_report.py",
)  # fmt: skip


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    code: int
    output: str
    errors: str


def run_pipeline(
    *arguments: str | Path, cwd: Path | None = None, is_cold: bool = False
) -> Finished:
    """Run `python run_pipeline.py` with these arguments in a process of its own.

    A cold one is started from the shell's point of view: nothing is imported or read beforehand.
    """
    process = _start(live_as_pipeline, arguments, cwd=cwd or ROOT, is_cold=is_cold)
    output, errors = process.communicate()
    return Finished(process.returncode, output, errors)


def run_dbt(
    *arguments: str, datasets: Path, warehouse: Path, cwd: Path = ROOT, is_cold: bool = False
) -> Finished:
    """Run the dbt command line, from the root of the repository unless another folder is given."""
    work = warehouse.parent
    with pytest.MonkeyPatch.context() as patched:
        for name, value in {
            "AMAZING_DATASETS": datasets,
            "AMAZING_WAREHOUSE": warehouse,
            "DBT_TARGET_PATH": work / "target",
            "DBT_LOG_PATH": work / "logs",
        }.items():
            patched.setenv(name, str(value))
        process = _start(live_as_dbt, arguments, cwd=cwd, is_cold=is_cold)
    output, errors = process.communicate()
    return Finished(process.returncode, output, errors)


def _start(
    live: Callable[[list[str]], None],
    arguments: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    is_cold: bool = False,
) -> subprocess.Popen | WarmProcess:
    if IS_POSSIBLE and not is_cold:
        return WarmProcess(live, list(map(str, arguments)), cwd=cwd)
    command = {
        live_as_pipeline: [sys.executable, str(ROOT / "run_pipeline.py")],
        live_as_dbt: [str(Path(sys.executable).with_name("dbt"))],
    }[live]
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=cwd, start_new_session=True,
    )  # fmt: skip


@dataclass(frozen=True)
class Store:
    """One folder of files with the warehouse and reports made from it."""

    datasets: Path
    warehouse: Path
    reports: Path

    def run(self, command: str = "run", *options: str | Path, is_cold: bool = False) -> Finished:
        """Run a command on this store."""
        return run_pipeline(
            *command.split(),
            "--datasets", self.datasets,
            "--warehouse", self.warehouse,
            "--reports", self.reports,
            *options,
            is_cold=is_cold,
        )  # fmt: skip

    def start(self, command: str = "run", *options: str) -> subprocess.Popen | WarmProcess:
        """Start a quiet command in a session of its own, and return at once."""
        return _start(
            live_as_pipeline,
            (
                *command.split(), "--quiet",
                "--datasets", self.datasets,
                "--warehouse", self.warehouse,
                "--reports", self.reports,
                *options,
            ),
        )  # fmt: skip

    def wait_until_begun(self, process: subprocess.Popen | WarmProcess) -> None:
        """Wait until a command that was started has the warehouse for itself."""
        lock = self.warehouse.with_name(self.warehouse.name + ".lock")
        while not (lock.exists() and lock.read_text() == f"{process.pid}\n"):
            assert process.poll() is None, "the command ended before it had begun"
            time.sleep(0.01)

    def write(self, name: str, *lines: str, header: str = HEADER) -> Path:
        """Write a file of events below the data folder."""
        path = self.datasets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([header, *lines]) + "\n")
        return path

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the warehouse."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of what dbt has read, one for all workers."""
    if PROJECTS not in os.environ:
        folder = tempfile.TemporaryDirectory()
        config.add_cleanup(folder.cleanup)
        os.environ[PROJECTS] = folder.name
    if "not slow" not in config.option.markexpr:
        os.environ[BUILDS] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: at the end, the other process would wait for them."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests recorded as `cases`: their output may lie in another process."""
    shown = [
        f"{report.nodeid.split('::')[0]}: {text}"
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, text in report.user_properties
        if name == "cases"
    ]
    if shown:
        terminalreporter.section("what was tried")
        for line in sorted(shown):
            terminalreporter.line(line)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return _new_store(tmp_path)


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A synthetic store of 3,000 users, built once for all workers and tests that only read."""
    folder = Path(os.environ[PROJECTS], "demo")
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            _make_demo_store(folder.with_name("demo_in_the_making"))
            folder.with_name("demo_in_the_making").rename(folder)
    made = _new_store(tmp_path_factory.mktemp("demo"))
    shutil.copytree(folder, made.datasets.parent, dirs_exist_ok=True)
    return made


def _make_demo_store(folder: Path) -> None:
    from pipeline.demo_store import write_demo_store

    folder.mkdir()
    made = _new_store(folder)
    write_demo_store(
        made.datasets,
        user_count=3_000,
        seed=7,
        planted_types_file=made.warehouse.parent / "planted_types.csv",
    )
    # As for users, two models and two threads of the database at a time.
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(DBT_THREADS, "2")
        finished = made.run("run", "--threads", "2")
    assert finished.code == 0, finished.errors


@pytest.fixture(scope="session")
def real_rows() -> Path:
    """The folder of real rows, where it is there."""
    if not REAL_ROWS.is_dir():
        pytest.skip("the real rows are not beside the repository (../shared/data)")
    return REAL_ROWS


@pytest.fixture
def event_line() -> Callable[..., str]:
    """Return a function that writes one line of a file, with sensible defaults."""

    def line(
        time: str = "2019-10-01 10:00:00 UTC",
        kind: str = "view",
        product: object = 1001,
        category: object = 2053013555631882655,
        code: str = "",
        brand: str = "acme",
        price: object = "10.00",
        user: object = 1,
        session: str = "s1",
    ) -> str:
        fields = (time, kind, product, category, code, brand, price, user, session)
        return ",".join(map(str, fields))

    return line


def _new_store(folder: Path) -> Store:
    made = Store(folder / "datasets", folder / "warehouse" / "test.duckdb", folder / "reports")
    made.datasets.mkdir()
    return made
