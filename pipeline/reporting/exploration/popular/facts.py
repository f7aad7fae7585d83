"""The most frequent values of a column that enough users touched."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reporting.exploration.compact_rows import EVENTS
from pipeline.reporting.exploration.section import Rows, share
from pipeline.runtime.masking import masked

TOP_COUNT = 15
_CANDIDATE_COUNT = 60
# Users are counted by the remainder of their id: never more than there are. A set of remainders is
# one number of 127 bits, where 400 million rows would need gigabytes to remember every user.
_USER_BUCKETS = 127
_BUCKET = f"((user_id % {_USER_BUCKETS} + {_USER_BUCKETS}) % {_USER_BUCKETS})::integer"
_USERS_AT_LEAST = f"coalesce(bit_count(bit_or(1::hugeint << {_BUCKET})), 0)"
# So many of 127 buckets are filled by twice as many users; larger groups are remembered instead.
_MOST_BY_BUCKETS = 60


@dataclass(frozen=True)
class Popular:
    """A brand or category that enough users touched."""

    name: str
    event_count: int
    event_share: float


@dataclass(frozen=True)
class Ranking:
    """The most frequent values of a column.

    `withheld_count` values of those looked at may have too few users to be shown.
    """

    unnamed_count: int
    unnamed_share: float
    withheld_count: int
    top: list[Popular]


def ranking(rows: Rows, column: str) -> Ranking:
    """Return the values of `brand` or `category_code` with the most events.

    A value with fewer than `min_group_size` users is left out. Different users may share a bucket,
    so that now and then a value with a few users more is left out too, never the other way round.
    """
    minimum = rows.min_group_size
    users = _USERS_AT_LEAST if minimum <= _MOST_BY_BUCKETS else "count(distinct user_id)"
    found = rows.connection.execute(
        f"""
        select
            {column},
            count(*) as event_count,
            {users} >= {minimum} as is_public
        from {EVENTS}
        group by {column}
        order by event_count desc, {column}
        """
    )
    unnamed, named = 0, list[tuple[str, int, bool]]()
    for name, count, is_public in found.fetchall():
        if name is None:
            unnamed = count
        elif len(named) < _CANDIDATE_COUNT:
            named.append((name, count, is_public))
    top = [
        Popular(masked(name), count, share(count, rows.row_count))
        for name, count, is_public in named
        if is_public
    ]
    withheld = sum(not is_public for *_, is_public in named)
    return Ranking(unnamed, share(unnamed, rows.row_count), withheld, top[:TOP_COUNT])
