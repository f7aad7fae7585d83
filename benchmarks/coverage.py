"""How often an interval of the mean revenue covers it: `python -m benchmarks.coverage`.

What customers of the jury's stores spent is taken for the truth, and samples are drawn from it. The
choice of `ml.outcomes.intervals.mean_interval` rests on the table. Takes half an hour.
"""

from __future__ import annotations

from collections import defaultdict

import click
import numpy as np

from benchmarks.intervals import METHODS
from benchmarks.jury.real_stores import MissingStoreError
from benchmarks.jury.stores import store_by_key
from benchmarks.outcomes import Outcomes, outcomes_of
from benchmarks.results import write_results
from ml.outcomes.intervals import LEAST_SPENDERS

STORES = ("b", "c", "f", "g", "gp", "h", "j")
SIZES = (10, 30, 100, 300, 1000, 3000)
# By how many of a sample spent anything.
BANDS = ((1, 4), (5, 9), (10, 19), (20, 49), (50, 10**9))
# Of fewer samples, a share is left out.
_LEAST_SAMPLES = 100


@click.command()
@click.option("--samples", default=1000, show_default=True, help="Of each size and outcome.")
@click.option("--seed", default=1, show_default=True)
def main(samples: int, seed: int) -> None:
    """Write the coverage of every interval, by outcome and size, to benchmarks/results."""
    rows = [["outcome", "buyers", "skewness", "n", "with 10 spenders", *METHODS, "width / mean"]]
    by_band: dict[tuple[int, int], list[np.ndarray]] = defaultdict(list)
    for outcomes in _outcomes():
        for size in SIZES:
            hits, spenders, width = _tried(outcomes, size, samples, seed)
            rows.append(_row(outcomes, size, hits, spenders, width))
            for band in BANDS:
                by_band[band].append(hits[(band[0] <= spenders) & (spenders <= band[1])])
    write_results(
        "coverage",
        "Share of samples whose 95 % interval holds the true mean revenue",
        rows,
        _log(by_band, samples),
    )


def _outcomes() -> list[Outcomes]:
    found = []
    for key in STORES:
        store = store_by_key(key)
        try:
            found += outcomes_of(store, store.dates[-1])
        except MissingStoreError as error:
            raise click.ClickException(f"{store.title} cannot be written: {error}.") from error
    return found


def _tried(
    outcomes: Outcomes, size: int, sample_count: int, seed: int
) -> tuple[np.ndarray, np.ndarray, float]:
    """Return who covers the mean in which sample, the spenders in each, and the typical width."""
    truth = outcomes.revenues.mean()
    hits = np.zeros((sample_count, len(METHODS)), dtype=bool)
    spenders, widths = np.zeros(sample_count, dtype=int), []
    for place in range(sample_count):
        rng = np.random.default_rng([seed, size, place])
        values = rng.choice(outcomes.revenues, size)
        spenders[place] = np.count_nonzero(values)
        if not spenders[place] or values.min() == values.max():
            continue
        limits = {name: method(values, rng) for name, method in METHODS.items()}
        hits[place] = [lower <= truth <= upper for lower, upper in limits.values()]
        if spenders[place] >= LEAST_SPENDERS:
            lower, upper = limits[list(METHODS)[-1]]
            widths.append((upper - lower) / truth)
    return hits, spenders, float(np.median(widths)) if widths else np.nan


def _row(
    outcomes: Outcomes, size: int, hits: np.ndarray, spenders: np.ndarray, width: float
) -> list[str]:
    enough = spenders >= LEAST_SPENDERS
    is_shown = enough.sum() >= _LEAST_SAMPLES
    covered = [f"{share:.3f}" for share in hits[enough].mean(axis=0)] if is_shown else []
    return [
        f"{outcomes.store}: {outcomes.history}",
        f"{outcomes.buyer_rate:.1%}",
        f"{outcomes.skewness:.1f}",
        str(size),
        f"{enough.mean():.2f}",
        *(covered or ["-"] * len(METHODS)),
        f"{width:.2f}" if is_shown else "-",
    ]


def _log(by_band: dict[tuple[int, int], list[np.ndarray]], samples: int) -> list[str]:
    """Return the coverage by the number of spenders, over all outcomes and sizes."""
    lines = [
        f"{samples} samples of each size; those with {LEAST_SPENDERS} spenders are counted;"
        " 499 resamples; a dash: fewer than 100 such samples.",
        "`Hall, spenders` is the project's; it gives no interval to fewer spenders.",
        "Of all outcomes and sizes together, by the number of spenders in the sample:",
    ]
    for (least, most), hits in by_band.items():
        together = np.concatenate(hits)
        shares = ", ".join(
            f"{name} {share:.3f}"
            for name, share in zip(METHODS, together.mean(axis=0), strict=True)
            if not (name == list(METHODS)[-1] and most < LEAST_SPENDERS)
        )
        upper = f" to {most}" if most < 10**9 else " and more"
        lines.append(f"{least}{upper}: {shares} ({len(together):,} samples)")
    return lines


if __name__ == "__main__":
    main()
