"""What was loaded, what was refused, and that neither a line nor a cent was lost on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.warehouse.lost_money import LostMoney, files_that_lost_money


@dataclass(frozen=True)
class LoadedFile:
    """One file of the ledger; counts are lines, times UTC."""

    source_file: str
    size_bytes: int
    line_count: int
    kept_count: int
    duplicate_count: int
    rejected_count: int
    read_revenue: Decimal
    kept_revenue: Decimal
    duplicate_revenue: Decimal
    refused_revenue: Decimal
    first_event_at: dt.datetime | None
    last_event_at: dt.datetime | None

    @property
    def is_balanced(self) -> bool:
        """Whether every line and every cent read is kept, a duplicate or rejected."""
        lines = self.kept_count + self.duplicate_count + self.rejected_count
        revenue = self.kept_revenue + self.duplicate_revenue + self.refused_revenue
        return self.line_count == lines and self.read_revenue == revenue


@dataclass(frozen=True)
class Rejection:
    """Lines refused for one reason; no revenue where none is a purchase with a readable price."""

    reason: str
    line_count: int
    revenue: Decimal | None


@dataclass(frozen=True)
class Ledger:
    """All files, what was rejected by reason (most first), and the kept events by type."""

    files: tuple[LoadedFile, ...]
    rejections: tuple[Rejection, ...]
    lost_money: tuple[LostMoney, ...]  # files that lost a notable part of their revenue
    events_by_type: dict[str, int]
    unreadable_category_count: int
    gaps: tuple[dt.date, ...]  # days on which the logging failed
    revenues: dict[str, Decimal]  # by the relation it was summed in
    unseen_revenue: Decimal  # of visits on or after `as_of`, which no feature sees
    total: LoadedFile

    @property
    def is_balanced(self) -> bool:
        """Whether the lines of every file add up."""
        return all(file.is_balanced for file in self.files)

    @property
    def is_revenue_balanced(self) -> bool:
        """Whether the revenue is the same, to the cent, at every step."""
        before = {self.revenues[name] for name in ("loaded_files", "events", "sessions")}
        after = {self.revenues[name] + self.unseen_revenue for name in _AFTER}
        return len(before | after) == 1


_AFTER = ("user_features", "user_segments")
_FILES = """
select
    source_file, size_bytes, line_count, kept_count, duplicate_count, rejected_count,
    read_revenue, kept_revenue, duplicate_revenue, refused_revenue, first_event_at, last_event_at
from core.loaded_files
order by source_file
"""
_REJECTIONS = """
select reason, sum(line_count)::bigint, sum(revenue)::decimal(18, 2) from (
select
    unnest(map_keys(rejected_by_reason)) as reason,
    unnest(map_values(rejected_by_reason)) as line_count,
    unnest(map_values(refused_revenue_by_reason)) as revenue
from core.loaded_files
) as reasons
group by reason order by sum(line_count) desc, reason
"""
_EVENTS = """
select event_type, sum(event_count)::bigint as event_count, sum(revenue) as revenue
from core.event_types
group by event_type
order by event_count desc, event_type
"""
_VISITS = """
select
    coalesce(sum(revenue), 0)::decimal(38, 2),
    coalesce(sum(revenue) filter (where visit_date >= ?), 0)::decimal(38, 2)
from core.days
"""
_FEATURES = "select coalesce(sum(revenue), 0)::decimal(38, 2) from marts.user_features"
_GAPS = "select visit_date from core.days where is_gap order by visit_date"
_UNREADABLE = "select coalesce(sum(unreadable_category_count), 0)::bigint from core.loaded_files"


def gather_ledger(
    connection: duckdb.DuckDBPyConnection, as_of: dt.date, segmented_revenue: Decimal
) -> Ledger:
    """Return what the warehouse says about its files.

    Parameters
    ----------
    connection : duckdb connection
    as_of : date
        The first day that the features do not see.
    segmented_revenue : Decimal
        Revenue summed over `user_segments` joined to the features.
    """
    files = tuple(LoadedFile(*row) for row in connection.execute(_FILES).fetchall())
    events = connection.execute(_EVENTS).fetchall()
    in_sessions, unseen = connection.execute(_VISITS, [as_of]).fetchall()[0]
    total = _total(files)
    return Ledger(
        files=files,
        rejections=tuple(Rejection(*row) for row in connection.execute(_REJECTIONS).fetchall()),
        lost_money=tuple(files_that_lost_money(connection)),
        events_by_type={kind: count for kind, count, _ in events},
        gaps=tuple(day for (day,) in connection.execute(_GAPS).fetchall()),
        unreadable_category_count=connection.execute(_UNREADABLE).fetchall()[0][0],
        revenues={
            "loaded_files": total.kept_revenue,
            "events": sum((revenue for *_, revenue in events), Decimal(0)),
            "sessions": in_sessions,
            "user_features": connection.execute(_FEATURES).fetchall()[0][0],
            "user_segments": segmented_revenue,
        },
        unseen_revenue=unseen,
        total=total,
    )


def _total(files: tuple[LoadedFile, ...]) -> LoadedFile:
    return LoadedFile(
        source_file="",
        size_bytes=sum(file.size_bytes for file in files),
        line_count=sum(file.line_count for file in files),
        kept_count=sum(file.kept_count for file in files),
        duplicate_count=sum(file.duplicate_count for file in files),
        rejected_count=sum(file.rejected_count for file in files),
        read_revenue=sum((file.read_revenue for file in files), Decimal(0)),
        kept_revenue=sum((file.kept_revenue for file in files), Decimal(0)),
        duplicate_revenue=sum((file.duplicate_revenue for file in files), Decimal(0)),
        refused_revenue=sum((file.refused_revenue for file in files), Decimal(0)),
        first_event_at=min((f.first_event_at for f in files if f.first_event_at), default=None),
        last_event_at=max((f.last_event_at for f in files if f.last_event_at), default=None),
    )
