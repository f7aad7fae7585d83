"""How many events users have, and on how many days."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reporting.exploration.compact_rows import USERS
from pipeline.reporting.exploration.distribution import Distribution, of_people
from pipeline.reporting.exploration.section import Rows


@dataclass(frozen=True)
class Activity:
    """Events per user, and days with an event per user."""

    events_per_user: Distribution
    days_per_user: Distribution


def gather_activity(rows: Rows) -> Activity:
    """Return both distributions; nothing of fewer users than may be shown."""
    found = []
    for column in ("event_count", "day_count"):
        query = f"select {column}, count(*) from {USERS} group by {column}"
        counts = rows.connection.execute(query).fetchall()
        found.append(of_people(counts, rows.min_group_size))
    return Activity(*found)
