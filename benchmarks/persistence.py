"""Whether segments keep their ids and names: `python -m benchmarks.persistence`.

Each store is segmented with the default settings before a month of its files is known. Then the
model is renewed twice, both times from there: on half of the customers, and with that month.
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

from benchmarks.jury.judge import project_with_outcome
from benchmarks.jury.real_stores import MissingStoreError
from benchmarks.jury.store import JuryStore
from benchmarks.jury.stores import store_by_key
from benchmarks.process import ROOT, measure
from benchmarks.results import write_results

# Of the customers with a segment by both models, so many keep it.
PROMISED_SHARE = 0.9
LARGE_STORE = 100_000
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
@click.option("--stores", default="a,b,c,h", show_default=True, help="Keys of the jury's stores.")
@click.option("--large/--no-large", default=True, help="The store b with 100,000 customers, too.")
def main(stores: str, large: bool) -> None:
    """Measure what renewing the model changes; half an hour. Exit code 1: a promise is broken."""
    rows, broken = [_HEADER], []
    cases = [(store, store.user_count) for store in map(store_by_key, stores.split(","))]
    cases += [(store_by_key("b"), LARGE_STORE)] * large
    for store, user_count in cases:
        try:
            renewals = list(_renewals(store, user_count))
        except MissingStoreError as error:
            click.echo(f"{store.title} is left out: {error}.")
            continue
        for trained_on, renewal in renewals:
            rows.append(_row(store, user_count, trained_on, renewal))
            click.echo("  ".join(rows[-1]))
            name = f"{store.key}, {user_count:,} customers, {trained_on}"
            broken += [f"{name}: {what}" for what in broken_promises(renewal)]
    write_results("persistence", "What renewing the model leaves as it was", rows, broken)
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


def _renewals(store: JuryStore, user_count: int) -> Iterator[tuple[str, Renewal]]:
    """Segment a store at the last of its dates, then twice again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = project_with_outcome(ROOT, store.outcome_days, folder / "project")
        written = store.write(folder, store.seeds[0], user_count)
        first_unseen = f"{store.dates[-1]:%Y-%m}"
        unseen = sorted(at for at in written.datasets.iterdir() if at.stem >= first_unseen)
        for path in unseen:
            path.rename(folder / path.name)
        first, half, grown = (folder / at / "warehouse.duckdb" for at in ("first", "half", "grown"))
        _run(project, written.datasets, first)
        for copy in (half, grown):
            copy.parent.mkdir()
            shutil.copy(first, copy)
        _train_on_half(project, written.datasets, half)
        yield "half of the customers", _compare(first, half)
        (folder / unseen[0].name).rename(unseen[0])
        _run(project, written.datasets, grown, "--retrain")
        yield "one more month", _compare(first, grown)


def _run(project: Path, datasets: Path, warehouse: Path, *options: str) -> None:
    places = ["--datasets", datasets, "--warehouse", warehouse]
    reports = ["--reports", warehouse.parent / "reports"]
    measure(["run_pipeline.py", "run", *places, *reports, "--quiet", *options], root=project)


def _train_on_half(project: Path, datasets: Path, warehouse: Path) -> None:
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
    command = [sys.executable, "-m", "dbt.cli.main", "build"]
    command += ["--exclude-resource-type", "test", "unit_test"]
    command += ["--vars", json.dumps({"training_rows": eligible // 2})]
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)


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


def _row(store: JuryStore, user_count: int, trained_on: str, renewal: Renewal) -> list[str]:
    former, later = renewal.segment_counts
    return [
        f"{store.key}: {store.title}",
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
