"""Days on which the store seems to have lost events."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping
from dataclasses import dataclass

GAP_SHARE = 0.1
NEIGHBOUR_DAYS = 3
# A day that has such a share of what most days near it have is not lost: it is a sale that is busy.
USUAL_SHARE = 0.25
USUAL_DAYS = 28
# Below this a tenth is chance: a shop with a dozen events a day has such days every week. A day
# without any is chance below a fifth of it.
LEAST_NEIGHBOUR_EVENTS = 100
# Before and after: weeks in which the same weekday is looked at.
CLOSING_WEEKS = 4


@dataclass(frozen=True)
class Gap:
    """One or several days in a row with far fewer events than the days around them."""

    first_date: dt.date
    last_date: dt.date
    event_count: int
    neighbour_event_count: int | None


def find_gaps(day_counts: Mapping[dt.date, int]) -> list[Gap]:
    """Return the days without events, and those with under a tenth of their neighbours' events.

    The neighbours are up to three days with events on either side, and the busiest of them counts:
    a gap of a few days does not hide behind itself. Days without events between two days that
    have some are one gap, unless they are fewer than seven and the days around are so quiet that
    it may be chance. No gap is a day with a quarter of what days within four weeks usually have,
    nor a closing day: a weekday that is as quiet in most of these weeks.

    Parameters
    ----------
    day_counts : mapping of date to int
        Events of each day that has any.

    Returns
    -------
    list of Gap
        In order of time.

    Examples
    --------
    >>> day = dt.date(2020, 2, 26)
    >>> find_gaps({day: 900, day + dt.timedelta(1): 80, day + dt.timedelta(2): 950})
    [Gap(first_date=datetime.date(2020, 2, 27), last_date=datetime.date(2020, 2, 27), \
event_count=80, neighbour_event_count=950)]
    """
    counts = {day.toordinal(): count for day, count in day_counts.items()}
    days = sorted(counts)
    gaps = []
    for place, day in enumerate(days):
        before = days[max(place - NEIGHBOUR_DAYS, 0) : place]
        after = days[place + 1 : place + 1 + NEIGHBOUR_DAYS]
        busiest = max((counts[near] for near in before + after), default=0)
        usual = _usual(day, counts)
        is_far_below = counts[day] < min(GAP_SHARE * busiest, USUAL_SHARE * usual)
        if busiest >= LEAST_NEIGHBOUR_EVENTS and is_far_below and not _is_closing_day(day, counts):
            gaps.append(_gap(day, day, counts[day], busiest))
        first, last = day + 1, after[0] - 1 if after else day
        while first <= last and _is_closing_day(first, counts):
            first += 1
        while first <= last and _is_closing_day(last, counts):
            last -= 1
        is_told = 5 * min(max(busiest, counts[day]), usual) >= LEAST_NEIGHBOUR_EVENTS
        if first <= last and (is_told or last - first >= 2 * NEIGHBOUR_DAYS):
            gaps.append(_gap(first, last, 0, None))
    return gaps


def _gap(first: int, last: int, event_count: int, busiest: int | None) -> Gap:
    return Gap(dt.date.fromordinal(first), dt.date.fromordinal(last), event_count, busiest)


def _is_closing_day(day: int, counts: Mapping[int, int]) -> bool:
    """Tell whether the weekday is quiet, this week and in most of the weeks around."""
    first, last = min(counts), max(counts)
    weeks = [day + 7 * away for away in range(-CLOSING_WEEKS, CLOSING_WEEKS + 1) if away]
    others = [_is_quiet(other, counts) for other in weeks if first <= other <= last]
    return _is_quiet(day, counts) and 2 * sum(others) > len(others)


def _is_quiet(day: int, counts: Mapping[int, int]) -> bool:
    """Tell whether a day is far below the three days before and after, and below most others."""
    around = range(day - NEIGHBOUR_DAYS, day + NEIGHBOUR_DAYS + 1)
    busiest = max(counts.get(near, 0) for near in around if near != day)
    count = counts.get(day, 0)
    return count < GAP_SHARE * busiest and count < USUAL_SHARE * _usual(day, counts)


def _usual(day: int, counts: Mapping[int, int]) -> float:
    """Return the median of the days with events within four weeks, 0 where there is none."""
    near = (counts.get(other, 0) for other in range(day - USUAL_DAYS, day + USUAL_DAYS + 1))
    return statistics.median([count for count in near if count] or [0])
