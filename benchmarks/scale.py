"""Time and memory against the number of events, beside two scripts that do less."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from benchmarks.foresight import foresight
from benchmarks.process import Measured, measure
from benchmarks.stores import Store

HEADER = [
    "events", "customers", "command", "seconds", "x plain script", "x bare script", "peak memory",
    "warehouse, bytes an event", "left after a fifth: told, true",
    "largest error of time left, share of all",
]  # fmt: skip
MEMORY_HEADER = ["events", "--memory-limit", "peak memory", "seconds"]
# What is asked of 100 million events.
MEMORY_LIMIT = "6GB"
# Above, only `etl` and the scripts: what a first run adds hardly grows with the events.
WHOLE_RUNS_UP_TO = 50_000_000


@dataclass(frozen=True)
class Scale:
    """What was measured on one store, by command: medians of processes, and the warehouse after."""

    event_count: int
    user_count: int
    measured: dict[str, Measured]
    kept_bytes: dict[str, int]

    def rows(self) -> list[list[str]]:
        """Return the rows of the table."""
        plain, bare = self.measured["plain script"], self.measured["bare script"]
        return [
            [
                f"{self.event_count:,}",
                f"{self.user_count:,}",
                command,
                f"{found.seconds:.1f}",
                f"{found.seconds / plain.seconds:.2f}",
                f"{found.seconds / bare.seconds:.2f}",
                f"{found.peak_bytes / 1e9:.2f} GB",
                self._kept(command),
                *_foretold(found),
            ]
            for command, found in self.measured.items()
        ]

    def _kept(self, command: str) -> str:
        kept = self.kept_bytes.get(command)
        return f"{kept / self.event_count:.1f}" if kept else ""


def scale_title(run_count: int) -> str:
    """Name the table of scales that were measured so many times."""
    return (
        f"Time and memory against events, the pipeline under `--memory-limit {MEMORY_LIMIT}`,"
        f" medians of {run_count}, above 25 million events and of `run` one measurement"
    )


def measure_scale(store: Store, folder: Path, run_count: int) -> Scale:
    """Run everything on a store, each in its own process; scripts and `etl` so many times."""
    datasets = store.datasets
    warehouse = folder / "w" / "warehouse.duckdb"
    options = ["--datasets", datasets, "--warehouse", warehouse]
    options += ["--reports", folder / "reports", "--memory-limit", MEMORY_LIMIT]
    etl = ["run_pipeline.py", "etl", *options]
    run = ["run_pipeline.py", "run", *options]
    commands: dict[str, Callable[[], Measured]] = {
        "bare script": lambda: measure(["-m", "benchmarks.bare_script", datasets]),
        "plain script": lambda: _plain(datasets, folder / "plain.duckdb"),
        "etl": lambda: _fresh(etl, warehouse),
    }
    # One after the other, and again: a shared machine is slower for minutes, and then for all.
    rounds = [{name: command() for name, command in commands.items()} for _ in range(run_count)]
    measured = {name: _middle([found[name] for found in rounds]) for name in commands}
    kept_bytes = {"etl": warehouse.stat().st_size}
    if store.event_count <= WHOLE_RUNS_UP_TO:
        # Once: what they add to `etl` is a matter of seconds.
        measured["first run, training included"] = _fresh(run, warehouse)
        kept_bytes["first run, training included"] = warehouse.stat().st_size
        measured["run from the files, with a model"] = measure([*run, "--full-refresh"])
        measured["run, nothing new"] = measure(run)
    return Scale(store.event_count, store.user_count, measured, kept_bytes)


def measure_memory(store: Store, folder: Path, limits: Sequence[str]) -> list[list[str]]:
    """Return the rows of a table: a first run under each limit, and the memory that it took."""
    rows = []
    for limit in limits:
        warehouse = folder / "w" / "warehouse.duckdb"
        found = _fresh(
            [
                "run_pipeline.py", "run", "--quiet", "--memory-limit", limit,
                "--datasets", store.datasets, "--warehouse", warehouse,
                "--reports", folder / "reports",
            ],
            warehouse,
        )  # fmt: skip
        peak = f"{found.peak_bytes / 1e9:.2f} GB"
        rows.append([f"{store.event_count:,}", limit, peak, f"{found.seconds:.1f}"])
    return rows


def plot(scales: list[Scale]) -> Figure:
    """Draw time and memory of `etl` against the number of events."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
    events = [scale.event_count / 1e6 for scale in scales]
    for command in ("etl", "plain script", "bare script"):
        found = [scale.measured[command] for scale in scales]
        left.plot(events, [entry.seconds for entry in found], marker="o", label=command)
        right.plot(events, [entry.peak_bytes / 1e9 for entry in found], marker="o", label=command)
    for axes, title in ((left, "Seconds"), (right, "Peak memory, GB")):
        axes.set(xscale="log", yscale="log", xlabel="Million events", title=title)
        axes.grid(visible=True, which="both", alpha=0.3)
    left.legend()
    return figure


def _middle(measured: list[Measured]) -> Measured:
    """Return the process of the median time, with the largest memory of all."""
    middle = sorted(measured, key=lambda entry: entry.seconds)[len(measured) // 2]
    return replace(middle, peak_bytes=max(entry.peak_bytes for entry in measured))


def _foretold(measured: Measured) -> list[str]:
    found = foresight(measured)
    if not found:
        return ["", ""]
    return [f"{found.told:.0f} s, {found.true:.0f} s", f"{100 * found.largest_error:.0f} %"]


def _fresh(command: list[str | Path], warehouse: Path) -> Measured:
    shutil.rmtree(warehouse.parent, ignore_errors=True)
    return measure(command)


def _plain(datasets: Path, database: Path) -> Measured:
    try:
        return measure(["-m", "benchmarks.plain_script", datasets, database])
    finally:
        for path in database.parent.glob(database.name + "*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
