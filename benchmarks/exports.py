"""What it takes to export ten million customers: `python -m benchmarks.exports`; ten minutes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
import duckdb

from benchmarks.process import ROOT, measure
from benchmarks.results import write_results
from pipeline.demo_store import write_demo_store
from pipeline.runtime.progress import reporter
from pipeline.warehouse.publication import published_path

_STORE_USERS = 20_000
# Greater than the distance of any two ids of the store.
_ID_STEP = 1_000_000
_REPEATED = ("user_segments", "user_features")
_FEATURES = "customer_id,segment_name,lifecycle_state,confidence,next_distance,revenue_90d,as_of"
_FORMATS = (
    ("csv.gz", ()),
    ("csv.gz", ("--columns", _FEATURES)),
    ("csv.gz", ("--where", "order_count >= 1 and revenue_365d > 0")),
    ("csv", ()),
    ("parquet", ()),
    ("parquet", ("--by-segment",)),
    ("parquet", ("--columns", _FEATURES)),
    ("jsonl", ()),
)


@click.command()
@click.option("--customers", default=10_000_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(customers: int, seed: int) -> None:
    """Write seconds and memory of every format to benchmarks/results."""
    rows = [
        ["customers", "format", "options", "seconds", "processor seconds", "peak memory", "size"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "store.duckdb"
        publish_store(Path(folder), warehouse, seed)
        count = repeat(warehouse, customers)
        for name, options in _FORMATS:
            rows.append([f"{count:,}", *_measured(warehouse, Path(folder), name, options)])
    write_results("exports", "Exporting ten million customers", rows)


def publish_store(folder: Path, warehouse: Path, seed: int) -> None:
    """Run the pipeline on a small synthetic store."""
    quiet = reporter(quiet=True)
    write_demo_store(
        folder / "datasets",
        planted_types_file=folder / "planted_types.csv",
        user_count=_STORE_USERS,
        seed=seed,
        reporter=quiet,
    )
    measure(
        [
            ROOT / "run_pipeline.py", "run", "--quiet", "--datasets", folder / "datasets",
            "--warehouse", warehouse, "--reports", folder / "reports",
        ]
    )  # fmt: skip


def repeat(warehouse: Path, customers: int) -> int:
    """Repeat the published customers under new ids until there are so many; return how many."""
    with duckdb.connect(str(published_path(warehouse))) as connection:
        found = connection.execute("select count(*) from marts.user_segments").fetchall()[0][0]
        times = -(-customers // found)
        for table in _REPEATED:
            connection.execute(
                f"create table repeated as select user_id + turn * {_ID_STEP} as user_id,"
                f" * exclude (user_id) from range({times}) as turns(turn), marts.{table}"
            )
            connection.execute(f"drop table marts.{table}")
            connection.execute(f"create table marts.{table} as from repeated")
            connection.execute("drop table repeated")
        connection.execute("checkpoint")
        rows = connection.execute(
            "select count(*), count(distinct user_id) from marts.customers"
        ).fetchall()
    assert rows[0][0] == rows[0][1] >= customers
    return rows[0][0]


def _measured(
    warehouse: Path, folder: Path, name: str, options: tuple[str, ...]
) -> tuple[str, ...]:
    target = folder / ("parts" if "--by-segment" in options else f"list.{name}")
    format_ = () if "--by-segment" in options else ("--format", name)
    measured = measure(
        [
            ROOT / "run_pipeline.py", "export", "--quiet", "--force", "--warehouse", warehouse,
            "--output", target, *format_, *options,
        ]
    )  # fmt: skip
    files = [target] if target.is_file() else [path for path in target.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return (
        name,
        f"`{' '.join(options)}`" if options else "",
        f"{measured.seconds:.1f}",
        f"{measured.processor_seconds:.1f}",
        f"{measured.peak_bytes / 1e9:.2f} GB",
        f"{size / 1e6:,.0f} MB",
    )


if __name__ == "__main__":
    main()
