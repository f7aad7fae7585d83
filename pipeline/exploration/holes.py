"""Days on which the store seems to have lost events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

HOLE_SHARE = 0.1
NEIGHBOUR_DAYS = 3
# Below this a tenth is chance: a shop with a dozen events a day has such days every week.
LEAST_NEIGHBOUR_EVENTS = 100
# Before and after: weeks in which the same weekday is looked at.
CLOSING_WEEKS = 4


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
    have some are one hole, however long, without a comparison. A weekday that is as quiet in most
    of the four weeks before and after is a closing day, and no hole.

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
    quiet = _quiet_days(day_counts)
    holes = []
    for place, day in enumerate(days):
        before = days[max(place - NEIGHBOUR_DAYS, 0) : place]
        after = days[place + 1 : place + 1 + NEIGHBOUR_DAYS]
        busiest = max((day_counts[near] for near in before + after), default=0)
        is_far_below = day_counts[day] < HOLE_SHARE * busiest
        if busiest >= LEAST_NEIGHBOUR_EVENTS and is_far_below and not _is_closing_day(day, quiet):
            holes.append(Hole(day, day, day_counts[day], busiest))
        gap = [day + dt.timedelta(past) for past in range(1, (after[0] - day).days if after else 0)]
        if missing := [one for one in gap if not _is_closing_day(one, quiet)]:
            holes.append(Hole(missing[0], missing[-1], 0, None))
    return holes


def _quiet_days(day_counts: Mapping[dt.date, int]) -> dict[dt.date, bool]:
    """Tell of each day from the first to the last whether it is far below the days around it."""
    first, last = min(day_counts, default=None), max(day_counts, default=None)
    if first is None or last is None:
        return {}
    near = [dt.timedelta(away) for away in range(-NEIGHBOUR_DAYS, NEIGHBOUR_DAYS + 1) if away]
    return {
        day: day_counts.get(day, 0) < HOLE_SHARE * max(day_counts.get(day + at, 0) for at in near)
        for day in (first + dt.timedelta(past) for past in range((last - first).days + 1))
    }


def _is_closing_day(day: dt.date, quiet: Mapping[dt.date, bool]) -> bool:
    """Tell whether the weekday is quiet, this week and in most of the weeks around."""
    weeks = [dt.timedelta(weeks=away) for away in range(-CLOSING_WEEKS, CLOSING_WEEKS + 1) if away]
    others = [quiet[day + away] for away in weeks if day + away in quiet]
    return quiet[day] and 2 * sum(others) > len(others)
