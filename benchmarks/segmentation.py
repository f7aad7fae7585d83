"""Segments before a jury of stores: `python -m benchmarks.segmentation`.

Every store goes the whole way that a user's files go: events in files, the pipeline, features,
training, labels. Then the labels are compared with what customers did next, with what else could
have told them apart, and with what was planted.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.jury.judge import Judged, judge
from benchmarks.jury.names import contradictions, named_segments
from benchmarks.jury.real_stores import MissingStoreError
from benchmarks.jury.store import JuryStore
from benchmarks.jury.stores import HELD_OUT, STORES
from benchmarks.process import ROOT
from benchmarks.results import write_results

# What is promised, see `broken_promises`.
MOST_SEGMENTS = 8
BESIDE_CELLS, BESIDE_CELLS_OF_PURCHASES = 0.97, 1.0
LABELLED_BUYERS = 0.95
ADJUSTED_RAND, USERS_OF_ADJUSTED_RAND = 0.80, 30_000
# Below, a segment is not to be trusted (Hennig 2007).
LEAST_JACCARD = 0.6

_WAYS = [
    "segments", "nine groups", "eleven groups", "125 cells", "regression",
    "boosting on the model's", "boosting on RFM",
]  # fmt: skip
_HEADER = [
    "store", "seed", "as of", "customers", "population", "k", "verdict", "smallest segment",
    "least Jaccard", "with a segment", "of buyers", "of revenue", "ARI", "ARI if told",
    "ARI of true centres",
    *_WAYS, "segments / cells",
]  # fmt: skip
_NAMES_HEADER = [
    "store", "as of", "segment", "customers", "buyers", "median days since the last order",
    "in usual gaps", "one-time buyers", "carts an event", "spend per head",
]  # fmt: skip


@click.command()
@click.option("--stores", help="Keys of the stores to judge, like a,b,h.  [default: all]")
@click.option("--held-out", is_flag=True, help="Shops by which nothing was chosen, instead.")
@click.option("--users", type=click.IntRange(min=1), help="Customers.  [default: the store's]")
@click.option("--one-seed", is_flag=True, help="Only the first seed of each store.")
@click.option(
    "--project",
    type=click.Path(path_type=Path, exists=True),
    default=ROOT,
    help="Another checkout of the project, to be judged instead.",
)
@click.option("--suffix", default="", help="Of the names of the two result files.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Folder for judgements; what is found there is not judged again.",
)
def main(
    stores: str | None,
    held_out: bool,
    users: int | None,
    one_seed: bool,
    project: Path,
    suffix: str,
    keep: Path | None,
) -> None:
    """Judge the segments of all stores; an hour. Exit code 1: a promise is broken."""
    among, suffix = (HELD_OUT, f"_held_out{suffix}") if held_out else (STORES, suffix)
    chosen = [store for store in among if stores is None or store.key in stores.split(",")]
    rows, name_rows, broken = [_HEADER], [_NAMES_HEADER], []
    for store in chosen:
        for seed in store.seeds[:1] if one_seed else store.seeds:
            for judged in _judged(store, seed, users, project.absolute(), keep):
                rows += _rows(judged)
                name_rows += _name_rows(judged)
                click.echo("  ".join(rows[-2]))
                broken += [f"{judged.case.name()}: {what}" for what in broken_promises(judged)]
    title = f"Segments before {'shops held out of the jury' if held_out else 'a jury of stores'}"
    write_results(f"segmentation{suffix}", title, rows, broken)
    write_results(f"segment_names{suffix}", "Names of segments, and what is true", name_rows)
    if broken:
        raise click.ClickException("; ".join(broken))


def broken_promises(judged: Judged) -> list[str]:
    """Return what `docs/segmentation.md` says of such a store and this one does not show.

    Where histories are whole: of the variance of log(1 + outcome revenue) of all customers, at most
    eight segments predict at least as much as the 125 RFM cells where only purchases are recorded,
    0.97 of it elsewhere, and more than the nine groups; and 95 % of the buyers have a segment. In
    planted stores of 30,000 users the adjusted Rand index is at least 0.80. A store without types
    is never *natural*. Every segment comes back from resamples, and no name contradicts what the
    members did.
    """
    store = judged.case.store
    broken = contradictions(named_segments(judged.users))
    if not store.has_groups and judged.verdict == "natural":
        broken.append("natural without types")
    if store.is_promised:
        broken += _broken_values(judged)
    is_large = store.has_planted_types and len(judged.users) >= 0.85 * USERS_OF_ADJUSTED_RAND
    if is_large and not judged.adjusted_rand >= ADJUSTED_RAND:
        broken.append(f"unlike the types: {judged.adjusted_rand:.3f}")
    return broken


def _broken_values(judged: Judged) -> list[str]:
    shares = judged.explained["all"]
    ratio = shares["segments"] / shares["125 cells"]
    demanded = BESIDE_CELLS_OF_PURCHASES if judged.case.store.purchases_only else BESIDE_CELLS
    kept = {
        f"{judged.k} segments": judged.k <= MOST_SEGMENTS,
        f"{ratio:.3f} of what the cells explain, not {demanded}": ratio >= demanded,
        f"a segment comes back with {judged.least_jaccard:.2f}": (
            judged.least_jaccard >= LEAST_JACCARD
        ),
        "nine groups explain as much": shares["segments"] > shares["nine groups"],
        f"only {judged.labelled_buyers:.1%} of buyers": judged.labelled_buyers >= LABELLED_BUYERS,
    }
    return [what for what, is_kept in kept.items() if not is_kept]


def _judged(
    store: JuryStore, seed: int, users: int | None, project: Path, keep: Path | None
) -> Iterator[Judged]:
    """Judge a store at all its dates, or say why it is left out."""
    kept = keep and keep / f"{store.key}-{seed}-{users or store.user_count}.pickle"
    if kept and kept.exists():
        yield from pickle.loads(kept.read_bytes())
        return
    try:
        found = list(judge(store, seed, user_count=users, project=project))
    except MissingStoreError as error:
        click.echo(f"{store.title} is left out: {error}.")
        return
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    yield from found


def _rows(judged: Judged) -> list[list[str]]:
    case = judged.case
    shared = [
        f"{case.key}: {case.store.title}",
        str(case.seed),
        str(case.snapshot_date or ""),
        f"{len(judged.users):,}",
    ]
    facts = [
        str(judged.k),
        judged.verdict,
        f"{judged.smallest_share:.1%}",
        f"{judged.least_jaccard:.2f}",
        f"{judged.labelled:.1%}",
        f"{judged.labelled_buyers:.1%}",
        f"{judged.labelled_revenue:.1%}",
        _number(judged.adjusted_rand),
        _number(judged.told_rand),
        _number(judged.centred_rand),
    ]
    return [
        [*shared, name, *facts, *_shares(judged.explained.get(name, {}))]
        for name in ("all", "labelled")
    ]


def _shares(explained: dict[str, float]) -> list[str]:
    if not explained:
        return [""] * (len(_WAYS) + 1)
    ratio = explained["segments"] / explained["125 cells"] if explained["125 cells"] else math.nan
    return [*(_number(explained[way]) for way in _WAYS), _number(ratio)]


def _name_rows(judged: Judged) -> list[list[str]]:
    case = judged.case
    return [
        [
            f"{case.key}, seed {case.seed}",
            str(case.snapshot_date or ""),
            segment.name,
            f"{segment.user_count:,}",
            f"{segment.buyers:.1%}",
            _number(segment.days_since_order, 0),
            _number(segment.lateness, 2),
            "" if math.isnan(segment.one_time) else f"{segment.one_time:.1%}",
            f"{segment.carts_per_event:.3f}",
            f"{segment.spend_per_head:,.2f}",
        ]
        for segment in named_segments(judged.users)
    ]


def _number(value: float, digits: int = 3) -> str:
    return "" if math.isnan(value) else f"{value:.{digits}f}"


if __name__ == "__main__":
    main()
