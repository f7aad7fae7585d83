"""How many events sessions have, how long they take, and how many users have of them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reporting.exploration.distribution import Distribution, of_people
from pipeline.reporting.exploration.scratch import EVENTS
from pipeline.reporting.exploration.section import Rows

_SESSIONS = f"""
with sessions as (
    select
        count(*) as event_count,
        date_diff('minute', min(occurred_at), max(occurred_at)) as minutes
    from {EVENTS}
    where session_hash is not null
    group by session_hash
)
select event_count, minutes, count(*)
from sessions
group by grouping sets ((event_count), (minutes))
having event_count is not null or minutes is not null
"""


@dataclass(frozen=True)
class Sessions:
    """Events per session, and minutes from the first event of a session to the last."""

    events_per_session: Distribution
    minutes_per_session: Distribution


def gather_sessions(rows: Rows) -> Sessions:
    """Describe the sessions, by their ids in the files; rows without a session are left out.

    Many sessions of a few users describe these users and are withheld.
    """
    found = rows.connection.execute(_SESSIONS).fetchall()
    by_events = [(events, count) for events, _, count in found if events is not None]
    by_minutes = [(minutes, count) for _, minutes, count in found if minutes is not None]
    if rows.users["all"] < rows.min_group_size:
        return Sessions(
            Distribution(count=sum(count for _, count in by_events)),
            Distribution(count=sum(count for _, count in by_minutes)),
        )
    minimum = rows.min_group_size
    return Sessions(of_people(by_events, minimum), of_people(by_minutes, minimum))
