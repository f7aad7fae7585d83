"""How sure labels are: who lies between two segments, how soon a label is the final one."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.report.audience import Part
from pipeline.report.privacy import is_small
from pipeline.report.suppression import hidden_places
from pipeline.warehouse import relation_exists


@dataclass(frozen=True)
class Between:
    """The members of one segment who lie between two; both None where too few do, or do not."""

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


@dataclass(frozen=True)
class Certainty:
    """Who lies between two segments, and the curve of the labels; both may be empty."""

    between: tuple[Between, ...]
    agreements: tuple[Agreement, ...]
    history_event_count: int | None  # events of the shortest of the long histories

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
where user_count >= ?
order by event_count
"""


def gather_certainty(
    connection: duckdb.DuckDBPyConnection, parts: dict[int, Part], minimum: int
) -> Certainty:
    """Return how sure the labels are.

    Parameters
    ----------
    connection : duckdb connection
    parts : dict of int to Part
        Exact figures of the segments today, by id.
    minimum : int
        No group of fewer people is shown.
    """
    rows = []
    if relation_exists(connection, "marts", "label_agreement"):
        rows = [
            row
            for row in connection.execute(_AGREEMENTS, [minimum]).fetchall()
            if not _tells_of_few(row[1], row[2], minimum)
        ]
    return Certainty(
        between=_between(parts, minimum),
        agreements=tuple(Agreement(*row[:5]) for row in rows),
        history_event_count=min((row[5] for row in rows), default=None),
    )


def _tells_of_few(user_count: int, share: float, minimum: int) -> bool:
    """Tell whether those with their final label, or those without, are too few to be shown."""
    with_it = round(share * user_count)
    return is_small(with_it, minimum) or is_small(user_count - with_it, minimum)


def _between(parts: dict[int, Part], minimum: int) -> tuple[Between, ...]:
    """Hide those who lie between, and who do not, with as many others as that takes."""
    counts = [part.between_count for part in parts.values()]
    rests = [part.user_count - part.between_count for part in parts.values()]
    hidden = hidden_places(counts, minimum) | hidden_places(rests, minimum)
    return tuple(
        Between(at, None, None)
        if place in hidden
        else Between(
            at, part.between_count, part.between_count / part.user_count if part.user_count else 0.0
        )
        for place, (at, part) in enumerate(parts.items())
    )
