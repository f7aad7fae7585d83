"""How sure labels are: who lies between two segments, how soon a label is the final one."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.reporting.segment_report.audience import Parts, share
from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Between:
    """The members of one segment who lie between two; both None where they are hidden."""

    segment_id: int
    user_count: int | None
    user_share: float | None


@dataclass(frozen=True)
class Agreement:
    """Of the customers with a long history, the share labelled finally after so many events."""

    event_count: int
    user_count: int
    share: float
    lower: float
    upper: float
    history_event_count: int  # events of the shortest of the long histories


@dataclass(frozen=True)
class LabelStability:
    """Who lies between two segments, and the curve of the labels; both may be empty."""

    between: tuple[Between, ...]
    agreements: tuple[Agreement, ...]

    @property
    def history_event_count(self) -> int | None:
        """How many events the shortest of the long histories has."""
        return min((one.history_event_count for one in self.agreements), default=None)

    def first_reaching(self, share: float) -> int | None:
        """Return after how many events that share has the final label; None if never."""
        reached = [one.event_count for one in self.agreements if one.share >= share]
        return min(reached, default=None)

    def at(self, event_count: int) -> Agreement | None:
        """Return the point of the curve at so many events, or the last before it."""
        before = [one for one in self.agreements if one.event_count <= event_count]
        return before[-1] if before else None


_AGREEMENTS = """
select event_count, user_count, agreement, agreement_lower, agreement_upper, final_event_count
from marts.label_agreement
order by event_count
"""


def gather_label_stability(connection: duckdb.DuckDBPyConnection, parts: Parts) -> LabelStability:
    """Return how sure the labels are.

    Parameters
    ----------
    connection : duckdb connection
    parts : Parts
        The segments today.
    """
    rows = []
    if relation_exists(connection, "marts", "label_agreement"):
        rows = connection.execute(_AGREEMENTS).fetchall()
    return LabelStability(
        between=tuple(
            Between(at, part.between_count, share(part.between_count, part.user_count))
            for at, part in parts.segments.items()
        ),
        agreements=tuple(Agreement(*row) for row in rows),
    )
