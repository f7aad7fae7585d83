"""The cohorts as grids: who came back, and how much of the revenue was kept."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.grid import Cell, draw_grid
from pipeline.reporting.kit.svg import Canvas, Chart
from pipeline.reporting.segment_report.cohorts.facts import Cohort
from pipeline.reporting.segment_report.drawing import Drawing


def returned(cohort: Cohort, place: int) -> float | None:
    """Return the share of a cohort that bought in a month; None where it is not told."""
    if place >= len(cohort.months) or not cohort.user_count:
        return None
    count = cohort.months[place].buyer_count
    return None if count is None else count / cohort.user_count


def kept(cohort: Cohort, place: int) -> float | None:
    """Return the revenue of a month as a share of the first one's; None where it is not told."""
    first = cohort.months[0].revenue
    later = cohort.months[place].revenue if place < len(cohort.months) else None
    return None if not first or first < 0 or later is None else float(later / first)


class CohortCharts(Drawing):
    """Draws the months after that of the first purchase."""

    def returning(self) -> Chart | None:
        """Return who came back to buy."""
        return self._grid("returned")

    def revenue(self) -> Chart | None:
        """Return how much of the revenue of the first month the later ones brought."""
        return self._grid("kept")

    def _grid(self, name: str) -> Chart | None:
        cohorts = self.facts.sections["cohorts"]
        last = max((len(one.months) for one in cohorts), default=1)
        if last < 2:
            return None
        share = {"returned": returned, "kept": kept}[name]
        places = range(1, last)
        rows = [[share(one, at) for at in places] for one in cohorts[:-1]]
        names = [self.numbers.month(one.month) for one in cohorts[:-1]]
        columns = [f"+{at}" for at in places]
        strongest = max((value or 0.0 for row in rows for value in row), default=0.0) or 1.0
        canvas = Canvas(self.words.text(f"cohorts_chart_{name}"), note=self.note)
        cells = [[self._cell(value, strongest) for value in row] for row in rows]
        height = draw_grid(canvas, names, columns, cells)
        alt = self.words.text(f"cohorts_chart_{name}_alt")
        return canvas.finished(height, alt, table=self._table(names, columns, rows, cohorts))

    def _cell(self, value: float | None, strongest: float) -> Cell:
        if value is None:
            return Cell(None)
        return Cell(max(value, 0.0) / strongest, self.numbers.percent(value))

    def _table(
        self,
        names: list[str],
        columns: list[str],
        rows: list[list[float | None]],
        cohorts: tuple[Cohort, ...],
    ) -> Table:
        text = self.words.text
        months = (text("cohorts_months_after", count=column) for column in columns)
        lines = []
        for name, row, cohort in zip(names, rows, cohorts, strict=False):
            known = len(cohort.months) - 1
            told = [
                (text("cohorts_mark") if value is None else self.numbers.percent(value))
                if at < known
                else ""
                for at, value in enumerate(row)
            ]
            size = cohort.user_count
            people = text("cohorts_mark") if size is None else self.numbers.integer(size)
            lines.append((name, people, *told))
        return Table((text("cohorts_cohort"), text("cohorts_size"), *months), tuple(lines))
