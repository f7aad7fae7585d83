"""What it takes to write the report of ten million customers: `python -m benchmarks.reporting`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from benchmarks.exports import publish_store, repeat
from benchmarks.process import ROOT, measure
from benchmarks.results import write_results

_TIMES = 3


@click.command()
@click.option("--customers", default=10_000_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(customers: int, seed: int) -> None:
    """Write seconds, memory and the size of the page to benchmarks/results."""
    rows = [["customers", "language", "seconds", "processor seconds", "peak memory", "report.html"]]
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "store.duckdb"
        publish_store(Path(folder), warehouse, seed)
        count = repeat(warehouse, customers)
        for language in ("en", "fr"):
            rows += [
                [f"{count:,}", language, *_measured(warehouse, Path(folder), language)]
                for _ in range(_TIMES)
            ]
    write_results("reporting", "Reporting on ten million customers", rows)


def _measured(warehouse: Path, folder: Path, language: str) -> tuple[str, ...]:
    measured = measure(
        [
            ROOT / "run_pipeline.py", "report", "--quiet", "--lang", language,
            "--warehouse", warehouse, "--reports", folder / "reports",
        ]
    )  # fmt: skip
    size = (folder / "reports" / "report.html").stat().st_size
    return (
        f"{measured.seconds:.1f}",
        f"{measured.processor_seconds:.1f}",
        f"{measured.peak_bytes / 1e9:.2f} GB",
        f"{size / 1e6:.2f} MB",
    )


if __name__ == "__main__":
    main()
