"""How many events sessions have, how long they take, and how many users have of them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reporting.exploration.compact_rows import SESSIONS
from pipeline.reporting.exploration.distribution import Distribution, of_people
from pipeline.reporting.exploration.section import Rows


@dataclass(frozen=True)
class Sessions:
    """Events per session, and minutes from the first event of a session to the last."""

    events_per_session: Distribution
    minutes_per_session: Distribution


def gather_sessions(rows: Rows) -> Sessions:
    """Describe the sessions, by their ids in the files; rows without a session are left out.

    Many sessions of a few users describe these users and are withheld.
    """
    by_events, by_minutes = (_counts(rows, column) for column in ("event_count", "minutes"))
    if rows.users["all"] < rows.min_group_size:
        return Sessions(
            Distribution(count=sum(count for _, count in by_events)),
            Distribution(count=sum(count for _, count in by_minutes)),
        )
    minimum = rows.min_group_size
    return Sessions(of_people(by_events, minimum), of_people(by_minutes, minimum))


def _counts(rows: Rows, column: str) -> list[tuple[int, int]]:
    """Return each value of a column, and of how many sessions."""
    return rows.connection.execute(
        f"""
        select {column}, sum(session_count)::bigint from {SESSIONS}
        where {column} is not null
        group by {column}
        """
    ).fetchall()
