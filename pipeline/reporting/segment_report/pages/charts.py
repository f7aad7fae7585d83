"""The week of a segment as a grid of hours by days."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.grid import Cell, draw_grid
from pipeline.reporting.kit.svg import Canvas, Chart
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.pages.facts import Character

_DAYS, _HOURS = range(1, 8), range(24)
# Every so many hours one is named.
_NAMED = 3


def week_of(segment_id: int) -> str:
    """Return the name of the picture."""
    return f"week_{segment_id}"


class WeekCharts(Drawing):
    """Draws when the members of a segment come."""

    def week(self, name: str, character: Character) -> Chart | None:
        """Return the shares of the visits by day of the week and hour; None without a visit."""
        shares = {at: one.share for at, one in character.hours.items()}
        strongest = max((share or 0.0 for share in shares.values()), default=0.0)
        if not strongest:
            return None
        days = self.numbers.weekdays()
        columns = [f"{hour}" if hour % _NAMED == 0 else "" for hour in _HOURS]
        rows = [
            [_cell(shares.get((day, hour), 0.0), strongest) for hour in _HOURS] for day in _DAYS
        ]
        canvas = Canvas(self.words.text("pages_week_chart"), note=self.note)
        height = draw_grid(canvas, days, columns, rows)
        alt = self.words.text("pages_week_alt", name=name)
        return canvas.finished(height, alt, table=self._table(character, days))

    def _table(self, character: Character, days: list[str]) -> Table:
        """Return the same for readers of tables, by hours."""
        rows = tuple(
            (
                self.words.text("pages_hour", hour=hour),
                *(self._share(character, day, hour) for day in _DAYS),
            )
            for hour in _HOURS
        )
        return Table((self.words.text("pages_hours"), *days), rows)

    def _share(self, character: Character, day: int, hour: int) -> str:
        found = character.hours.get((day, hour))
        return self.numbers.percent(found.share if found else 0.0)


def _cell(share: float | None, strongest: float) -> Cell:
    return Cell(None if share is None else share / strongest)
