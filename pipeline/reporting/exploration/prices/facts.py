"""Prices as they stand in the files, all together and by event type."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.reporting.exploration.compact_rows import EVENTS
from pipeline.reporting.exploration.distribution import Distribution, described
from pipeline.reporting.exploration.raw_columns import KINDS
from pipeline.reporting.exploration.section import Rows

BINS_PER_DECADE = 12


@dataclass(frozen=True)
class PriceHistogram:
    """Positive prices of one event type by size: bin edges (geometric) and rows per bin."""

    edges: list[float]
    counts: list[int]


@dataclass(frozen=True)
class Prices:
    """Distribution of the readable prices, of all rows and by type where enough users have any.

    `not_positive_count` is the number of prices at or below zero.
    """

    overall: Distribution
    not_positive_count: int
    by_type: dict[str, Distribution | None]
    histograms: dict[str, PriceHistogram]


def gather_prices(rows: Rows) -> Prices:
    """Describe the prices from their distinct values, of which there are few.

    A type with some users, but fewer than `min_group_size`, is withheld.
    """
    found = rows.connection.execute(
        f"""
        select kind::text as kind, price::double as price, row_count
        from (
            select kind, price, count(*) as row_count
            from {EVENTS}
            where price is not null
            group by all
        )
        order by all
        """
    ).fetchnumpy()
    kind, value, count = (np.asarray(found[name]) for name in ("kind", "price", "row_count"))
    shown = [name for name in KINDS if (kind == name).any()]
    public = [name for name in shown if rows.users[name] >= rows.min_group_size]
    everyone = described(value, count) if public else Distribution(count=int(count.sum()))
    return Prices(
        overall=everyone,
        not_positive_count=int(count[value <= 0].sum()),
        by_type={
            name: described(value[kind == name], count[kind == name]) if name in public else None
            for name in shown
        },
        histograms=_histograms(kind, value, count, public),
    )


def _histograms(
    kind: np.ndarray, value: np.ndarray, count: np.ndarray, shown: list[str]
) -> dict[str, PriceHistogram]:
    positive = value > 0
    if not positive.any():
        return {}
    low, high = np.log10(value[positive].min()), np.log10(value[positive].max())
    first, last = int(np.floor(low)), int(np.floor(high)) + 1
    edges = np.logspace(first, last, (last - first) * BINS_PER_DECADE + 1)
    drawn = {}
    for name in shown:
        chosen = positive & (kind == name)
        if chosen.any():
            heights, _ = np.histogram(value[chosen], bins=edges, weights=count[chosen])
            drawn[name] = PriceHistogram(edges.tolist(), heights.astype(int).tolist())
    return drawn
