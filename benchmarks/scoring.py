"""What it takes to train on many customers, and to put many into the segments of a model."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.process import ROOT, Measured, measure
from pipeline.demo_store import write_demo_store
from pipeline.runtime.memory import limit_database
from pipeline.runtime.progress import reporter

HEADER = ["customers", "of them with a segment", "what", "seconds", "peak memory"]
# Those of the real store beside which the others are repeated.
STORE_USERS = 100_000
MEMORY_LIMIT = 4_000_000_000
_COUNT = "select count(*), count(distinct user_id) from marts.user_features"
_ELIGIBLE = "select count(*) from marts.segment_inputs where is_eligible"
# Greater than every id of the store, so that repeated customers have ids of their own.
_ID_STEP = 10_000_000_000


@dataclass(frozen=True)
class _Store:
    """A store with features and a model, whose customers can be repeated under new ids."""

    warehouse: Path
    folder: Path

    def grow(self, user_count: int) -> int:
        """Repeat the first customers until there are at least so many; return how many."""
        with duckdb.connect(str(self.warehouse)) as connection:
            connection.execute(
                f"""
                with firsts as (
                    from core.int_user_totals where user_id < {_ID_STEP}
                ),

                copies as (
                    select unnest(range(
                        (select max(user_id) // {_ID_STEP} + 1 from core.int_user_totals),
                        (select ceil({user_count} / count(*))::bigint from firsts)
                    )) as copy
                )

                insert into core.int_user_totals by name
                select firsts.* replace (user_id + copy * {_ID_STEP} as user_id)
                from firsts
                cross join copies
                """
            )
            count, ids = connection.execute(_COUNT).fetchall()[0]
            assert count == ids >= user_count
            return int(count)

    def dbt(self, *arguments: str) -> Measured:
        """Measure a process of dbt alone."""
        notes = ["--target-path", self.folder / "target", "--log-path", self.folder / "logs"]
        return measure(["-m", "dbt.cli.main", *arguments, *notes])

    def count(self, query: str) -> int:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return int(connection.execute(query).fetchall()[0][0])


def measure_scoring(
    folder: Path, trained_users: int, scored_users: int, *, seed: int
) -> list[list[str]]:
    """Return the rows of a table: `segment_model` of so many customers, `user_segments` of more.

    Each is made by a process of dbt alone: starting it and reading its input are included.
    """
    store = _make_store(folder, seed)
    count = store.grow(trained_users)
    train = store.dbt("run", "--select", "segment_model", "--vars", "{retrain: true}")
    rows = [_row(count, store.count(_ELIGIBLE), "training: `segment_model`", train)]
    count = store.grow(scored_users)
    score = store.dbt("run", "--select", "user_segments")
    scored = store.count("select count(*) from marts.user_segments where segment_id is not null")
    return [*rows, _row(count, scored, "scoring: `user_segments`", score)]


def _make_store(folder: Path, seed: int) -> _Store:
    datasets, warehouse = folder / "datasets", folder / "w" / "warehouse.duckdb"
    write_demo_store(
        datasets,
        user_count=STORE_USERS,
        seed=seed,
        planted_types_file=folder / "planted_types.csv",
        reporter=reporter(quiet=False),
    )
    measure(
        [
            "run_pipeline.py", "run", "--quiet", "--datasets", datasets, "--warehouse", warehouse,
            "--reports", folder / "reports",
        ]
    )  # fmt: skip
    os.environ.update(
        AMAZING_WAREHOUSE=str(warehouse), AMAZING_DATASETS=str(datasets), AMAZING_ROOT=str(ROOT)
    )
    limit_database(MEMORY_LIMIT)
    return _Store(warehouse, folder)


def _row(user_count: int, eligible_count: int, what: str, found: Measured) -> list[str]:
    return [
        f"{user_count:,}",
        f"{eligible_count:,}",
        what,
        f"{found.seconds:.1f}",
        f"{found.peak_bytes / 1e9:.2f} GB",
    ]
