"""The columns in a table, and what is missing as a picture."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.columns.facts import ExploredColumn, gather_columns
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Picture, Table
from pipeline.reporting.kit.charts.bars import Bar, BarRow, draw_bars
from pipeline.reporting.kit.svg import Canvas, Chart


class View(Section):
    """Writes what stands in the columns."""

    key = "columns"
    own: list[ExploredColumn]

    @classmethod
    def gather(cls, rows: Rows, /) -> list[ExploredColumn]:
        """Return the columns."""
        return gather_columns(rows)

    @classmethod
    def data(cls, own: list[ExploredColumn], /) -> dict[str, Any]:
        """Return a list of columns."""
        return {cls.key: [asdict(column) for column in own]}

    def blocks(self) -> list[Block]:
        """Return the section."""
        headings = self.texts("column type missing share unreadable share distinct")
        table = Table(headings, tuple(map(self._row, self.own)), text_columns=2)
        return [table, self.remark("columns_note"), Picture("missing_values")]

    def charts(self) -> dict[str, Chart | None]:
        """Return what is missing and what cannot be read, by column."""
        canvas = Canvas(self.text("figure_missing"), note=self.note)
        rows = [BarRow(column.name, "main", self._bars(column)) for column in self.own]
        height = draw_bars(canvas, rows)
        figures = ", ".join(
            f"{column.name} {self.numbers.percent(column.missing_share)}" for column in self.own
        )
        alt = self.text("figure_missing_alt", figures=figures)
        return {"missing_values": canvas.finished(height, alt)}

    def _bars(self, column: ExploredColumn) -> tuple[Bar, ...]:
        percent = self.numbers.percent
        bars = [Bar(column.missing_share, percent(column.missing_share))]
        if column.unreadable_count:
            told = self.text("unreadable_bar", share=percent(column.unreadable_share))
            bars.append(Bar(column.unreadable_share, told, is_faint=True))
        return tuple(bars)

    def _row(self, column: ExploredColumn) -> tuple[str, ...]:
        integer, percent = self.numbers.integer, self.numbers.percent
        return (
            column.name,
            self._type(column.type_name),
            integer(column.missing_count),
            percent(column.missing_share),
            integer(column.unreadable_count),
            percent(column.unreadable_share),
            self.people(column.distinct_count),
        )

    def _type(self, type_name: str) -> str:
        """Return a type of the database in words, or its name when it is unknown."""
        plain = re.split("[^a-z]", type_name)[0]
        return self.words.find("exploration", f"kind_{plain}") or type_name
