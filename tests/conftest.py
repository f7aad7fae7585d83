"""Running the pipeline as a user does, and reading what it made."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL_ROWS = ROOT.parent / "shared" / "data"
HEADER = (
    "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
)
# Files of a few tests of minutes.
LONGEST = (
    "test_chaos.py",
    "test_arrivals.py",
    "test_dbt.py",
    "test_drift.py",
    "test_persistence.py",
)


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    code: int
    output: str
    errors: str


def run_pipeline(*arguments: str | Path, cwd: Path | None = None) -> Finished:
    """Run `python run_pipeline.py` with these arguments in a process of its own."""
    process = subprocess.run(
        [sys.executable, str(ROOT / "run_pipeline.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or ROOT,
        stdin=subprocess.DEVNULL,
    )
    return Finished(process.returncode, process.stdout, process.stderr)


def run_dbt(*arguments: str, datasets: Path, warehouse: Path, cwd: Path = ROOT) -> Finished:
    """Run the dbt command line, from the root of the repository unless another folder is given."""
    work = warehouse.parent
    environment = os.environ | {
        "AMAZING_DATASETS": str(datasets),
        "AMAZING_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(work / "target"),
        "DBT_LOG_PATH": str(work / "logs"),
    }
    process = subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
    )
    return Finished(process.returncode, process.stdout, process.stderr)


@dataclass(frozen=True)
class Store:
    """One folder of files with the warehouse and reports made from it."""

    datasets: Path
    warehouse: Path
    reports: Path

    def run(self, command: str = "run", *options: str | Path) -> Finished:
        """Run a command on this store."""
        return run_pipeline(
            command,
            "--datasets", self.datasets,
            "--warehouse", self.warehouse,
            "--reports", self.reports,
            *options,
        )  # fmt: skip

    def start(self, command: str = "run", *options: str) -> subprocess.Popen:
        """Start a quiet command in a process group of its own, and return at once."""
        return subprocess.Popen(
            [
                sys.executable, str(ROOT / "run_pipeline.py"), command, "--quiet",
                "--datasets", str(self.datasets),
                "--warehouse", str(self.warehouse),
                "--reports", str(self.reports),
                *options,
            ],
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def wait_until_begun(self, process: subprocess.Popen) -> None:
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take longest: at the end, the other process would wait for them."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


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
    """A synthetic store of 3,000 users, built once for all tests that only read."""
    from pipeline.demo_store import write_demo_store

    made = _new_store(tmp_path_factory.mktemp("demo"))
    write_demo_store(
        made.datasets,
        user_count=3_000,
        seed=7,
        planted_types_file=made.warehouse.parent / "planted_types.csv",
    )
    finished = made.run("run", "--threads", "2")
    assert finished.code == 0, finished.errors
    return made


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
