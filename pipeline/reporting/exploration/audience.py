"""Users and sessions as groups, never as persons; and what they look at."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.reporting.exploration.distribution import Distribution, described
from pipeline.reporting.exploration.quality import share
from pipeline.reporting.exploration.scratch import EVENTS, USERS
from pipeline.runtime.masking import masked

TOP_COUNT = 15
_CANDIDATE_COUNT = 60
# Users are counted by the remainder of their id: never more than there are, and at most this many
# per group to remember, where 400 million rows would need gigabytes to remember every user.
_USER_BUCKETS = 4096

_COUNTED = {
    "view": "view_count",
    "cart": "cart_count",
    "remove_from_cart": "removal_count",
    "purchase": "purchase_count",
    "other": "other_count",
}


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


def user_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return the number of users with any event (key `all`), and with one of each type."""
    sums = ", ".join(f"count(*) filter ({column} > 0)" for column in _COUNTED.values())
    row = connection.execute(f"select count(*), {sums} from {USERS}").fetchall()[0]
    return dict(zip(("all", *_COUNTED), row, strict=True))


def events_per_user(connection: duckdb.DuckDBPyConnection, min_group_size: int) -> Distribution:
    """Describe how many events the users have."""
    rows = connection.execute(
        f"select event_count, count(*) from {USERS} group by event_count"
    ).fetchall()
    return _of_people(rows, min_group_size)


def events_per_session(
    connection: duckdb.DuckDBPyConnection, user_count: int, min_group_size: int
) -> Distribution:
    """Describe how many events the sessions have; rows without a session are left out.

    Many sessions of a few users (`user_count` of them) describe these users and are withheld.
    """
    rows = connection.execute(
        f"""
        select event_count, count(*)
        from (
            select count(*) as event_count
            from {EVENTS}
            where session_hash is not null
            group by session_hash
        )
        group by event_count
        """
    ).fetchall()
    if user_count < min_group_size:
        return Distribution(count=sum(count for _, count in rows))
    return _of_people(rows, min_group_size)


def ranking(
    connection: duckdb.DuckDBPyConnection, column: str, row_count: int, min_group_size: int
) -> Ranking:
    """Return the values of `brand` or `category_code` with the most events.

    A value with fewer than `min_group_size` users is left out. Different users may share a bucket,
    so that now and then a value with a few users more is left out too, never the other way round.
    """
    rows = connection.execute(
        f"""
        select
            {column},
            count(*) as event_count,
            count(distinct user_id % {_USER_BUCKETS}) >= {min_group_size} as is_public
        from {EVENTS}
        group by {column}
        order by event_count desc, {column}
        """
    )
    unnamed, named = 0, list[tuple[str, int, bool]]()
    for name, count, is_public in rows.fetchall():
        if name is None:
            unnamed = count
        elif len(named) < _CANDIDATE_COUNT:
            named.append((name, count, is_public))
    top = [
        Popular(masked(name), count, share(count, row_count))
        for name, count, is_public in named
        if is_public
    ]
    withheld = sum(not is_public for *_, is_public in named)
    return Ranking(unnamed, share(unnamed, row_count), withheld, top[:TOP_COUNT])


def _of_people(rows: list[tuple[int, int]], min_group_size: int) -> Distribution:
    values, counts = zip(*rows, strict=True) if rows else ((), ())
    total = sum(counts)
    if total < min_group_size:
        return Distribution(count=total)
    return described(values, counts)
