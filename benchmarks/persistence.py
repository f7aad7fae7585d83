"""Whether segments keep their ids and names: `python -m benchmarks.persistence`.

Each store is segmented after three months with the default settings. Then the model is renewed
twice, both times from there: on half of the customers, and after a fourth month.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb

from benchmarks.process import ROOT, measure
from benchmarks.results import write_results
from pipeline.demo_store import write_demo_store

# Of the customers with a segment by both models, so many keep it.
PROMISED_SHARE = 0.9
_HEADER = [
    "store", "customers", "trained again on", "segments", "with a segment in both", "keep the id",
    "names kept", "ids lost", "ids new", "label as before",
]  # fmt: skip
# The current model and the one before label the same customers on the same day.
_BY_BOTH = """
    select
        sum(user_count),
        sum(user_count) filter (where from_segment_id = to_segment_id) / sum(user_count)
    from marts.segment_migrations
    where kind = 'model' and from_segment_id is not null and to_segment_id is not null
"""
_LABELS = """
    select count(*), avg((former.segment_id = later.segment_id)::integer)
    from former.marts.user_segments as former
    inner join marts.user_segments as later on former.user_id = later.user_id
    where former.segment_id is not null and later.segment_id is not null
"""
_NAMES = """
    select segment_id, segment_name, segment_name_fr
    from marts.segment_model
    where model_version = ?
"""


@dataclass(frozen=True)
class Renewal:
    """What became of the segments of one store.

    `kept_share` is of the customers to whom both models give a segment on the same day; of
    `changed_names` segments the id is that of an earlier one and the name is not. `label_share` is
    of those who had a segment in the former run and have one in this, whatever they did between.
    """

    segment_counts: tuple[int, int]
    user_count: int
    kept_share: float
    shared_ids: int
    changed_names: int
    lost_ids: int
    new_ids: int
    label_share: float


@click.command()
@click.option("--seeds", default=3, show_default=True, help="Stores of 20,000 customers.")
@click.option("--large/--no-large", default=True, help="One store of 100,000 as well.")
def main(seeds: int, large: bool) -> None:
    """Measure what renewing the model changes; ten minutes. Exit code 1: a promise is broken."""
    rows, broken = [_HEADER], []
    cases = [(20_000, seed) for seed in range(1, seeds + 1)] + [(100_000, 1)] * large
    for user_count, seed in cases:
        for trained_on, renewal in _renewals(user_count, seed):
            rows.append(_row(user_count, seed, trained_on, renewal))
            click.echo("  ".join(rows[-1]))
            name = f"{user_count:,} customers, seed {seed}, {trained_on}"
            broken += [f"{name}: {what}" for what in broken_promises(renewal)]
    write_results("persistence", "What renewing the model leaves as it was", rows)
    if broken:
        raise click.ClickException("; ".join(broken))


def broken_promises(renewal: Renewal) -> list[str]:
    """Return what `docs/segmentation.md` says of a renewed model and this one does not keep."""
    kept = {
        "too few keep their segment": renewal.kept_share >= PROMISED_SHARE,
        "a name changed": renewal.changed_names == 0,
        "a segment is lost": renewal.lost_ids == 0,
    }
    return [what for what, is_kept in kept.items() if not is_kept]


def _renewals(user_count: int, seed: int) -> Iterator[tuple[str, Renewal]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        datasets = folder / "datasets"
        store = write_demo_store(
            datasets,
            user_count=user_count,
            seed=seed,
            month_count=4,
            planted_types_file=folder / "planted_types.csv",
        )
        away = store.event_files[-1].rename(folder / "last.csv")
        first, half, grown = (folder / at / "warehouse.duckdb" for at in ("first", "half", "grown"))
        _run(datasets, first)
        for copy in (half, grown):
            copy.parent.mkdir()
            shutil.copy(first, copy)
        _train_on_half(datasets, half)
        yield "half of the customers", _compare(first, half)
        away.rename(store.event_files[-1])
        _run(datasets, grown, "--retrain")
        yield "one more month", _compare(first, grown)


def _run(datasets: Path, warehouse: Path, *options: str) -> None:
    places = ["--datasets", datasets, "--warehouse", warehouse]
    reports = ["--reports", warehouse.parent / "reports"]
    measure(["run_pipeline.py", "run", *places, *reports, "--quiet", *options])


def _train_on_half(datasets: Path, warehouse: Path) -> None:
    """Build again with half as many training customers, whom a hash of the id draws."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        eligible = connection.execute(
            "select max(eligible_user_count) from marts.segment_model"
        ).fetchall()[0][0]
    environment = os.environ | {
        "AMAZING_DATASETS": str(datasets),
        "AMAZING_WAREHOUSE": str(warehouse),
        "DBT_TARGET_PATH": str(warehouse.parent / "target"),
        "DBT_LOG_PATH": str(warehouse.parent / "logs"),
    }
    command = [str(Path(sys.executable).with_name("dbt")), "build"]
    command += ["--exclude-resource-type", "test", "unit_test"]
    command += ["--vars", json.dumps({"training_rows": eligible // 2})]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def _compare(former: Path, later: Path) -> Renewal:
    with duckdb.connect(str(later), read_only=True) as connection:
        connection.execute(f"attach '{former}' as former (read_only)")
        user_count, kept_share = connection.execute(_BY_BOTH).fetchall()[0]
        _, label_share = connection.execute(_LABELS).fetchall()[0]
        before, after = (
            {row[0]: row[1:] for row in connection.execute(_NAMES, [version]).fetchall()}
            for version in (1, 2)
        )
    shared = before.keys() & after.keys()
    return Renewal(
        segment_counts=(len(before), len(after)),
        user_count=user_count,
        kept_share=kept_share,
        shared_ids=len(shared),
        changed_names=sum(before[at] != after[at] for at in shared),
        lost_ids=len(before.keys() - after.keys()),
        new_ids=len(after.keys() - before.keys()),
        label_share=label_share,
    )


def _row(user_count: int, seed: int, trained_on: str, renewal: Renewal) -> list[str]:
    former, later = renewal.segment_counts
    return [
        f"planted types, seed {seed}",
        f"{user_count:,}",
        trained_on,
        f"{former} to {later}",
        f"{renewal.user_count:,}",
        f"{100 * renewal.kept_share:.1f} %",
        f"{renewal.shared_ids - renewal.changed_names} of {renewal.shared_ids}",
        str(renewal.lost_ids),
        str(renewal.new_ids),
        f"{100 * renewal.label_share:.1f} %",
    ]


if __name__ == "__main__":
    main()
