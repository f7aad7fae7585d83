"""How long somebody waits who has just installed the project, or only wants to know something."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.process import measure

HEADER = ["command", "seconds", "peak memory"]


def measure_starting(folder: Path, run_count: int) -> list[list[str]]:
    """Return the rows of a table: the demo, once and cold, then medians of what only tells."""
    warehouse = ["--warehouse", folder / "w" / "demo.duckdb"]
    demo = measure(["run_pipeline.py", "demo", "--quiet", *warehouse, "--reports", folder])
    rows = [["`demo`, cold", f"{demo.seconds:.1f}", f"{demo.peak_bytes / 1e9:.2f} GB"]]
    for name, command in (
        ("`status`", ["status", *warehouse]),
        ("`--help`", ["--help"]),
    ):
        found = [measure(["run_pipeline.py", *command]) for _ in range(run_count)]
        peak = max(entry.peak_bytes for entry in found)
        seconds = median(entry.seconds for entry in found)
        rows.append([name, f"{seconds:.2f}", f"{peak / 1e9:.2f} GB"])
    return rows
