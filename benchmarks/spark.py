"""What an event costs on Spark and on DuckDB, and whether the driver's memory grows.

`python -m benchmarks.spark --millions 1 5 25 --stores FOLDER`: a run from files to labels on each
engine; Spark has a cluster of three processes on this machine, apart from the driver.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pyspark

from benchmarks.exchanges import HEADER as EXCHANGES
from benchmarks.exchanges import exchanges_by_table
from benchmarks.process import ROOT
from benchmarks.results import write_results
from benchmarks.stores import Store, store_and_folder

HEADER = [
    "events", "engine", "seconds", "processor seconds", "of these the driver",
    "microseconds an event", "peak memory of the driver: Python", "Java",
]  # fmt: skip
_PORT = 7177
_MASTER = f"spark://127.0.0.1:{_PORT}"
_CLASSES = "org.apache.spark.deploy."
_SECONDS_BETWEEN_SAMPLES = 0.5


@dataclass
class Used:
    """What processes used until they were last seen, by their number."""

    seconds: dict[int, float] = field(default_factory=dict)
    peak_python: int = 0
    peak_java: int = 0

    def look_at(self, root: psutil.Process) -> None:
        """Add what a process and those below it have used by now."""
        python = java = 0
        try:
            for process in [root, *root.children(recursive=True)]:
                with process.oneshot():
                    times = process.cpu_times()
                    self.seconds[process.pid] = times.user + times.system
                    resident = process.memory_info().rss
                    if process.name() == "java":
                        java += resident
                    # What Java starts has its memory for a moment, and another name.
                    elif process.name().startswith("python"):
                        python += resident
        except psutil.NoSuchProcess:
            pass
        self.peak_python = max(self.peak_python, python)
        self.peak_java = max(self.peak_java, java)

    @property
    def processor_seconds(self) -> float:
        """The processor time of all of them."""
        return sum(self.seconds.values())


def main() -> None:
    """Measure stores of these sizes, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 5, 25])
    parser.add_argument("--stores", type=Path, default=None)
    parser.add_argument("--name", default="spark")
    parser.add_argument("--only-spark", action="store_true", help="leave DuckDB out")
    options = parser.parse_args()
    rows = [HEADER]
    for millions in options.millions:
        with store_and_folder(millions, 1, options.stores) as (store, folder):
            if not options.only_spark:
                rows.append(_row(store, "DuckDB", *_measure(store, folder / "duckdb")))
                _write(options.name, rows)
            events = folder / "events"
            events.mkdir()
            with _cluster() as cluster:
                found = _measure(store, folder / "spark", events, *cluster)
            rows.append(_row(store, "Spark", *found))
            # As soon as it is there: the next may take hours.
            _write(options.name, rows)
            _write_exchanges(options.name, store, events)


def _write(name: str, rows: list[list[str]]) -> None:
    write_results(name, "What an event costs on both engines, from files to labels", rows)


def _write_exchanges(name: str, store: Store, events: Path) -> None:
    title = f"What moves between machines, {store.event_count:,} events"
    moved = exchanges_by_table(events)
    write_results(
        f"{name}_exchanges", title, [EXCHANGES, *(each.row(table) for table, each in moved.items())]
    )


def _measure(
    store: Store, folder: Path, events: Path | None = None, *cluster: subprocess.Popen
) -> tuple[float, Used, Used]:
    """Run, and return the seconds, what the run's own processes used, and what the cluster did."""
    warehouse = folder / "w" / "store.duckdb"
    warehouse.parent.mkdir(parents=True)
    command = [
        sys.executable, "run_pipeline.py", "run", "--quiet", "--datasets", store.datasets,
        "--warehouse", warehouse, "--reports", folder / "reports",
    ]  # fmt: skip
    environment = os.environ | {"TMPDIR": str(folder)}
    if events:
        command += ["--engine", "spark"]
        environment |= {
            "PYSPARK_SUBMIT_ARGS": (
                f"--master {_MASTER} --executor-memory 2g --conf spark.eventLog.enabled=true"
                " --conf spark.eventLog.compress=false"
                f" --conf spark.eventLog.dir={events.resolve().as_uri()} pyspark-shell"
            ),
            # As many as a cluster for the store would have: a task has 2 GB for its part.
            "AMAZING_SHUFFLE_PARTITIONS": str(max(6, round(2 * store.event_count / 1e6))),
        }
    driver, others = Used(), Used()
    started = time.perf_counter()
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*map(str, command)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        while process.poll() is None:
            driver.look_at(psutil.Process(process.pid))
            for each in cluster:
                others.look_at(psutil.Process(each.pid))
            time.sleep(_SECONDS_BETWEEN_SAMPLES)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise RuntimeError((folder / "log").read_text()[-3000:])
    shutil.rmtree(folder)
    return seconds, driver, others


@contextmanager
def _cluster() -> Iterator[list[subprocess.Popen]]:
    """Start a master and two workers of one core each, and stop them in the end."""
    spark_class = Path(pyspark.__file__).with_name("bin") / "spark-class"
    master = ["master.Master", "--host", "127.0.0.1", "--port", str(_PORT)]
    worker = ["worker.Worker", "--cores", "1", "--memory", "3g", _MASTER]
    started = []
    try:
        for name, *options in (master, worker, worker):
            started.append(
                subprocess.Popen(
                    [str(spark_class), _CLASSES + name, *options],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            time.sleep(3)
        yield started
    finally:
        for process in started:
            process.terminate()
            process.wait()


def _row(store: Store, engine: str, seconds: float, driver: Used, others: Used) -> list[str]:
    processor_seconds = driver.processor_seconds + others.processor_seconds
    return [
        f"{store.event_count:,}",
        engine,
        f"{seconds:.0f}",
        f"{processor_seconds:.0f}",
        f"{driver.processor_seconds:.0f}",
        f"{1e6 * processor_seconds / store.event_count:.1f}",
        f"{driver.peak_python / 1e9:.2f} GB",
        f"{driver.peak_java / 1e9:.2f} GB",
    ]


if __name__ == "__main__":
    main()
