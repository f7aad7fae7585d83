"""A first run on files of any size, followed from outside, with the log kept."""

from __future__ import annotations

import threading
from pathlib import Path

from benchmarks.foresight import foresight
from benchmarks.process import Measured, measure

HEADER = [
    "files, GB", "seconds", "of them checking the files", "--memory-limit", "peak memory",
    "most temporary files", "warehouse", "left after a fifth: told, true",
    "largest error of time left, share of all",
]  # fmt: skip
SECONDS_BETWEEN_SIZES = 1.0
# Lines of a log that are no further apart than this say nothing new.
SECONDS_BETWEEN_LINES = 60.0
_SECOND_STAGE = "Building the warehouse"


def measure_full_size(
    datasets: Path, folder: Path, limit: str
) -> tuple[list[list[str]], list[str]]:
    """Return the rows of a table, and what the run said, each line after so many seconds."""
    warehouse = folder / "w" / "warehouse.duckdb"
    temporary = _TemporaryFiles(warehouse)
    temporary.start()
    try:
        run = measure(
            [
                "run_pipeline.py", "run", "--memory-limit", limit, "--datasets", datasets,
                "--warehouse", warehouse, "--reports", folder / "reports",
            ]
        )  # fmt: skip
    finally:
        temporary.stop()
    told = foresight(run)
    row = [
        f"{sum(path.stat().st_size for path in datasets.rglob('*') if path.is_file()) / 1e9:.1f}",
        f"{run.seconds:.0f}",
        f"{_start_of(_SECOND_STAGE, run):.0f}",
        limit,
        f"{run.peak_bytes / 1e9:.2f} GB",
        f"{temporary.most_bytes / 1e9:.1f} GB",
        f"{warehouse.stat().st_size / 1e9:.2f} GB",
        f"{told.told:.0f} s, {told.true:.0f} s" if told else "",
        f"{100 * told.largest_error:.0f} %" if told else "",
    ]
    return [row], _log(run)


class _TemporaryFiles(threading.Thread):
    """Samples what lies beside a warehouse until it is stopped."""

    def __init__(self, warehouse: Path) -> None:
        super().__init__(daemon=True)
        self.most_bytes = 0
        self._warehouse = warehouse
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()
        self.join()

    def run(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_SIZES):
            self.most_bytes = max(self.most_bytes, sum(map(_size, self._others())))

    def _others(self) -> list[Path]:
        paths = self._warehouse.parent.rglob("*")
        return [path for path in paths if path != self._warehouse]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0


def _start_of(stage: str, run: Measured) -> float:
    return next(when for when, line in run.said if line.startswith(stage))


def _log(run: Measured) -> list[str]:
    """Return the first line of each step, and one a minute of long ones."""
    kept: list[str] = []
    last_step, last_time = "", -SECONDS_BETWEEN_LINES
    for when, line in run.said:
        step = line.split(": ")[-1].split(",")[0]
        # While lines are read, it begins with their number.
        is_new = step != last_step and not step[:1].isdigit()
        if is_new or when - last_time >= SECONDS_BETWEEN_LINES:
            kept.append(f"{when:7.1f} {line}")
            last_step, last_time = step, when
    return kept
