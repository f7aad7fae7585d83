"""Which figures of users rise together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import isfinite

from pipeline.reporting.exploration.compact_rows import USERS
from pipeline.reporting.exploration.section import Rows

#: Of each user, by the name of the column.
MEASURES = (
    "view_count",
    "cart_count",
    "removal_count",
    "purchase_count",
    "revenue",
    "day_count",
)
# Of fewer users a correlation says little, and may say much of one.
FEWEST_USERS = 100


@dataclass(frozen=True)
class Correlation:
    """Pearson's correlation of the logarithms of 1 + x; None where one is the same for all."""

    first: str
    second: str
    value: float | None


def gather_correlations(rows: Rows) -> list[Correlation]:
    """Return the correlation of each pair; none of too few users."""
    if rows.users["all"] < max(FEWEST_USERS, rows.min_group_size):
        return []
    pairs = list(combinations(MEASURES, 2))
    wanted = ", ".join(f"corr({_logarithm(one)}, {_logarithm(other)})" for one, other in pairs)
    found = rows.connection.execute(f"select {wanted} from {USERS}").fetchall()[0]
    return [
        Correlation(one, other, None if value is None or not isfinite(value) else round(value, 6))
        for (one, other), value in zip(pairs, found, strict=True)
    ]


def _logarithm(column: str) -> str:
    return f"ln(1 + greatest({column}, 0)::double)"
