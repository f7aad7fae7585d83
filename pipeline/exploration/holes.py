"""Days on which the store seems to have lost events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

HOLE_SHARE = 0.1
NEIGHBOUR_DAYS = 3
# Below this a tenth is chance: a shop with a dozen events a day has such days every week.
LEAST_NEIGHBOUR_EVENTS = 100


@dataclass(frozen=True)
class Hole:
    """One or several days in a row with far fewer events than the days around them."""

    first_date: dt.date
    last_date: dt.date
    event_count: int
    neighbour_event_count: int | None


def find_holes(day_counts: Mapping[dt.date, int]) -> list[Hole]:
    """Return the days without events, and those with under a tenth of their neighbours' events.

    The neighbours are up to three days with events on either side, and the busiest of them counts:
    a hole of a few days does not hide behind itself. Days without events between two days that
    have some are one hole, however long, without a comparison.

    Parameters
    ----------
    day_counts : mapping of date to int
        Events of each day that has any.

    Returns
    -------
    list of Hole
        In order of time.

    Examples
    --------
    >>> day = dt.date(2020, 2, 26)
    >>> find_holes({day: 900, day + dt.timedelta(1): 80, day + dt.timedelta(2): 950})
    [Hole(first_date=datetime.date(2020, 2, 27), last_date=datetime.date(2020, 2, 27), \
event_count=80, neighbour_event_count=950)]
    """
    days = sorted(day_counts)
    one_day = dt.timedelta(days=1)
    holes = []
    for place, day in enumerate(days):
        before = days[max(place - NEIGHBOUR_DAYS, 0) : place]
        after = days[place + 1 : place + 1 + NEIGHBOUR_DAYS]
        busiest = max((day_counts[near] for near in before + after), default=0)
        if busiest >= LEAST_NEIGHBOUR_EVENTS and day_counts[day] < HOLE_SHARE * busiest:
            holes.append(Hole(day, day, day_counts[day], busiest))
        if after and after[0] - day > one_day:
            holes.append(Hole(day + one_day, after[0] - one_day, 0, None))
    return holes
