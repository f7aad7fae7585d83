"""Months, the calendar of days, and the hours of the week, as pictures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipeline.reporting.exploration.raw_columns import KINDS
from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.columns import Layer, draw_columns
from pipeline.reporting.kit.charts.grid import Cell, draw_grid
from pipeline.reporting.kit.svg import Canvas, Chart

if TYPE_CHECKING:
    from pipeline.reporting.exploration.timing.view import View

_COLOURS = {
    "view": "s0",
    "cart": "s1",
    "remove_from_cart": "s3",
    "purchase": "s2",
    "other": "s9",
}
# More months than that are no picture: a stray event of another decade makes them.
_MOST_MONTHS = 36
# Of all events, so many on each side may lie on stray days far away.
_STRAY_SHARE = 0.01
_STRAY_STRETCH = 3
# What stands in the cell of a day that looks incomplete.
_GAP = "\N{MULTIPLICATION SIGN}"
_DAYS = 31


class TimingCharts:
    """Draws the pictures of the section."""

    def __init__(self, view: View) -> None:
        self.view, self.own = view, view.own
        self.numbers, self.text = view.numbers, view.text

    def months(self) -> Chart | None:
        """Return the events by month and type; None of one month, or of far too many."""
        months = self.own.by_month
        if not 2 <= len(months) <= _MOST_MONTHS:
            return None
        layers = [
            Layer(
                self.text(f"type_{kind}"),
                _COLOURS[kind],
                tuple(float(month[kind]) for month in months.values()),
            )
            for kind in KINDS
            if any(month[kind] for month in months.values())
        ]
        canvas = Canvas(self.text("figure_months"), note=self.view.note)
        names = [f"{key[5:]}/{key[:4]}" for key in months]
        height = draw_columns(canvas, layers, names, write=self.numbers.short)
        told = ", ".join(
            f"{name}: {self.numbers.integer(sum(month.values()))}"
            for name, month in zip(names, months.values(), strict=True)
        )
        return canvas.finished(height, f"{self.text('figure_months')}: {told}")

    def calendar(self) -> Chart | None:
        """Return a cell for each day, the stronger the more events; days with gaps are marked."""
        days = without_stray_days(self.own.by_day)
        gaps = self._gap_days(min(days, default=None), max(days, default=None))
        months = sorted({(day.year, day.month) for day in (*days, *gaps)})
        if not 1 <= len(months) <= _MOST_MONTHS or len(days) < 2:
            return None
        busiest = max(days.values())
        cells = [
            [self._cell(_day(*month, number), days, gaps, busiest) for number in range(1, 32)]
            for month in months
        ]
        canvas = Canvas(self.text("figure_calendar"), note=self.view.note)
        names = [f"{month:02}/{year}" for year, month in months]
        height = draw_grid(canvas, names, [f"{number}" for number in range(1, _DAYS + 1)], cells)
        alt = self.text(
            "figure_calendar_alt",
            days=self.numbers.integer(len(days)),
            gaps=self.numbers.integer(len(gaps)),
        )
        return canvas.finished(height, alt, caption=self._caption(days))

    def _caption(self, days: dict[dt.date, int]) -> str:
        stray = sum(self.own.by_day.values()) - sum(days.values())
        said = [self.text("calendar_caption", mark=_GAP)]
        if stray:
            said.append(self.text("outside_figure", count=self.numbers.integer(stray)))
        return " ".join(said)

    def _cell(
        self, day: dt.date | None, days: dict[dt.date, int], gaps: set[dt.date], busiest: int
    ) -> Cell:
        if day is None:
            return Cell(None)
        if day in gaps:
            return Cell(-1.0, _GAP)
        count = days.get(day)
        return Cell(None if count is None else count / busiest)

    def _gap_days(self, first: dt.date | None, last: dt.date | None) -> set[dt.date]:
        """Return the days of all gaps between two days."""
        if first is None or last is None:
            return set()
        return {
            day
            for gap in self.own.gaps
            for number in range(
                max(gap.first_date, first).toordinal(), min(gap.last_date, last).toordinal() + 1
            )
            for day in [dt.date.fromordinal(number)]
        }

    def hours(self) -> Chart | None:
        """Return the events of each hour of the week, with the table of them."""
        grid = self.own.by_weekday_hour
        busiest = max(map(max, grid))
        if not busiest:
            return None
        cells = [[Cell(count / busiest) for count in row] for row in grid]
        hours = [f"{hour:02}" for hour in range(24)]
        weekdays = self.numbers.weekdays()
        canvas = Canvas(self.text("figure_hours"), note=self.view.note)
        height = draw_grid(canvas, weekdays, hours, cells)
        rows = tuple(
            (name, *map(self.numbers.integer, row))
            for name, row in zip(weekdays, grid, strict=True)
        )
        table = Table((self.text("weekday"), *hours), rows)
        return canvas.finished(height, self.text("figure_hours"), table=table)


def without_stray_days(by_day: dict[dt.date, int]) -> dict[dt.date, int]:
    """Return the days without those of another decade, on which a stray event lies.

    Examples
    --------
    >>> day = dt.date(2020, 1, 1)
    >>> days = {dt.date(1970, 1, 1): 1, day: 500, day + dt.timedelta(1): 500}
    >>> list(without_stray_days(days)) == [day, day + dt.timedelta(1)]
    True
    """
    total, reached, inside = sum(by_day.values()), 0, []
    for day, count in sorted(by_day.items()):
        before, reached = reached, reached + count
        if reached >= _STRAY_SHARE * total and before < (1 - _STRAY_SHARE) * total:
            inside.append(day)
    if not inside:
        return by_day
    low, high = inside[0].toordinal(), inside[-1].toordinal()
    span = max(by_day).toordinal() - min(by_day).toordinal()
    if span <= _STRAY_STRETCH * (high - low + 1):
        return by_day
    return {day: count for day, count in by_day.items() if low <= day.toordinal() <= high}


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
