"""What the store saw and sold in the last whole month, and which segments grew since then."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.reporting.segment_report.changes.runs import SinceRun, SizeChange, gather_since_run
from pipeline.reporting.segment_report.migrations.facts import Move
from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Month:
    """One month of the store; what may not be told is None."""

    month: dt.date
    user_count: int | None
    buyer_count: int | None
    order_count: int | None
    revenue: Decimal | None


@dataclass(frozen=True)
class Changes:
    """The last whole month, the one before it and the same one of the year before.

    Those that the data does not hold are None, all three where no month is whole. `sizes` are by
    the id of the segment, `since` is the former of their two snapshot dates. `since_run` is what
    changed since the publication before, None where there was none.
    """

    latest: Month | None
    before: Month | None
    year_before: Month | None
    since: dt.date | None = None
    sizes: tuple[SizeChange, ...] = ()
    since_run: SinceRun | None = None


_MONTHS = """
select visit_month, user_count, buyer_count, order_count, revenue
from marts.store_months
where is_whole
order by visit_month
"""


def gather_changes(connection: duckdb.DuckDBPyConnection, migrations: tuple[Move, ...]) -> Changes:
    """Return what changed.

    Parameters
    ----------
    connection : duckdb connection
    migrations : tuple of Move
        Who moved between the last two month ends, exactly.
    """
    months: dict[dt.date, Month] = {}
    if relation_exists(connection, "marts", "store_months"):
        months = {row[0]: Month(*row) for row in connection.execute(_MONTHS).fetchall()}
    move = next((one for one in migrations if one.kind == "month"), None)
    sizes = _sizes(move) if move else ()
    since = move.from_date if move else None
    since_run = gather_since_run(connection)
    if not months:
        return Changes(None, None, None, since, sizes, since_run)
    latest = max(months)
    before = (latest - dt.timedelta(days=1)).replace(day=1)
    year_before = latest.replace(year=latest.year - 1)
    return Changes(
        months[latest], months.get(before), months.get(year_before), since, sizes, since_run
    )


def _sizes(move: Move) -> tuple[SizeChange, ...]:
    """Return the segments that had members at both snapshots; others have no share to grow by."""
    former = {
        place.segment_id: sum(count or 0 for count in row)
        for place, row in zip(move.former, move.counts, strict=True)
    }
    later = {
        place.segment_id: sum(row[at] or 0 for row in move.counts)
        for at, place in enumerate(move.later)
    }
    return tuple(
        SizeChange(at, former[at], count)
        for at, count in sorted((at, n) for at, n in later.items() if at is not None)
        if former.get(at) and count
    )
