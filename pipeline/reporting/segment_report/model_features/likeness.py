"""How alike two columns rank the customers of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Likeness:
    """The rank correlation (Spearman) of a column and another one, which the model reads.

    `without_shared_zeros` is that of the customers for whom not both are zero; None but for close
    pairs, and where there are too few of them.
    """

    name: str
    other: str
    value: float
    is_close: bool
    without_shared_zeros: float | None = None


_LIKENESSES = """
select
    feature_name, model_feature_name, rank_correlation, is_redundant,
    rank_correlation_without_shared_zeros
from marts.feature_redundancy
where rank_correlation is not null
order by abs(rank_correlation) desc, feature_name, model_feature_name
"""


def gather_likenesses(connection: duckdb.DuckDBPyConnection) -> tuple[Likeness, ...]:
    """Return every column beside every other that the model reads, the closest pairs first."""
    return tuple(Likeness(*row) for row in connection.execute(_LIKENESSES).fetchall())


def pairs(likenesses: Sequence[Likeness], names: Sequence[str]) -> tuple[Likeness, ...]:
    """Return each pair of these columns once, the column that comes first among them first."""
    place = {name: at for at, name in enumerate(names)}
    return tuple(
        one
        for one in likenesses
        if one.name in place and one.other in place and place[one.name] < place[one.other]
    )


def closest(likenesses: Sequence[Likeness]) -> dict[str, Likeness]:
    """Return the closest one of each column."""
    found: dict[str, Likeness] = {}
    for one in likenesses:
        found.setdefault(one.name, one)
    return found
