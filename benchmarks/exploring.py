"""What `explore` takes beside `etl` on the same files."""

from __future__ import annotations

from pathlib import Path

from benchmarks.process import Measured, measure
from benchmarks.stores import Store

HEADER = ["events", "command", "seconds", "processor seconds", "x etl", "peak memory"]


def measure_exploring(store: Store, folder: Path, runs: int) -> list[list[str]]:
    """Return the best of several runs of each, one after the other, on `store`.

    The share is that of processor time: seconds depend on what else the machine does.
    """
    found: dict[str, list[Measured]] = {"etl": [], "explore": []}
    for number in range(runs):
        for command, measured in found.items():
            place = folder / f"{command}_{number}"
            options = ["--datasets", store.datasets, "--warehouse", place / "warehouse.duckdb"]
            options += ["--reports", place / "reports", "--quiet"]
            measured.append(measure(["run_pipeline.py", command, *options]))
    best = {
        command: min(measured, key=lambda one: one.processor_seconds)
        for command, measured in found.items()
    }
    return [
        [
            f"{store.event_count:,}",
            command,
            f"{one.seconds:.1f}",
            f"{one.processor_seconds:.1f}",
            f"{one.processor_seconds / best['etl'].processor_seconds:.2f}",
            f"{one.peak_bytes / 1e9:.2f} GB",
        ]
        for command, one in best.items()
    ]
