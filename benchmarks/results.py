"""Writing measurements down, with the machine and the versions they were made on."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).resolve().parent / "results"
LIBRARIES = ("duckdb", "dbt-core", "dbt-duckdb", "scikit-learn", "pandas", "numpy")


def write_results(
    name: str, title: str, rows: Sequence[Sequence[str]], log: Sequence[str] = ()
) -> Path:
    """Print a table (first row: its header) and write it to `benchmarks/results/<name>.md`.

    The lines of a log follow it there.
    """
    header, *body = rows
    table = Table(*header, title=title, title_justify="left")
    for row in body:
        table.add_row(*row)
    Console(width=200, highlight=False).print(table)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.md"
    lines = [f"# {title}", "", _conditions(), ""]
    lines += [_row(header), _row(["---"] * len(header)), *map(_row, body)]
    if log:
        lines += ["", "```", *log, "```"]
    path.write_text("\n".join(lines) + "\n")
    return path


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _conditions() -> str:
    memory = psutil.virtual_memory().total / 2**30
    libraries = ", ".join(f"{library} {version(library)}" for library in LIBRARIES)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {psutil.cpu_count()} cores, {memory:.0f} GB,"
        f" {platform.system()}, Python {platform.python_version()}, {libraries}."
    )
