"""The correlations as a grid."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.correlations.facts import (
    FEWEST_USERS,
    MEASURES,
    Correlation,
    gather_correlations,
)
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Picture, Table
from pipeline.reporting.kit.charts.grid import Cell, draw_grid
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.kit.svg import Canvas, Chart


class View(Section):
    """Writes which figures of users rise together."""

    key = "correlations"
    own: list[Correlation]

    @classmethod
    def gather(cls, rows: Rows, /) -> list[Correlation]:
        """Return the correlation of each pair."""
        return gather_correlations(rows)

    @classmethod
    def data(cls, own: list[Correlation], /) -> dict[str, Any]:
        """Return a list of pairs."""
        return {cls.key: [asdict(pair) for pair in own]}

    def blocks(self) -> list[Block]:
        """Return the section; one sentence of too few users."""
        if not self.own:
            count = self.numbers.integer(max(FEWEST_USERS, self.facts.min_group_size))
            return [self.paragraph("correlations_none", count=count)]
        return [Picture("correlations"), self.remark("correlations_note")]

    def charts(self) -> dict[str, Chart | None]:
        """Return a grid of all pairs, with the table behind it."""
        if not self.own:
            return {"correlations": None}
        names = [self.text(f"measure_{name}") for name in MEASURES]
        values = {(one.first, one.second): one.value for one in self.own}
        values |= {(second, first): value for (first, second), value in values.items()}
        cells = [
            [self._cell(row, column, values.get((row, column))) for column in MEASURES]
            for row in MEASURES
        ]
        canvas = Canvas(self.text("figure_correlations"), note=self.note)
        height = draw_grid(canvas, names, names, cells)
        rows = tuple(
            (name, *(cell.text for cell in line)) for name, line in zip(names, cells, strict=True)
        )
        table = Table((self.text("measure"), *names), rows)
        alt = self.text("figure_correlations")
        return {"correlations": canvas.finished(height, alt, table=table)}

    def _cell(self, row: str, column: str, value: float | None) -> Cell:
        if row == column:
            return Cell(None, "")
        if value is None:
            return Cell(None, NOTHING)
        return Cell(value, self.numbers.decimal(value).replace("-", "\u2212"))
