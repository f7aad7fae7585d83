"""The reasons in a table and as a picture."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.refusals.facts import Refusal, Refusals, gather_refusals
from pipeline.reporting.exploration.section import Rows, Section, share
from pipeline.reporting.kit.blocks import Block, Paragraph, Picture, Table
from pipeline.reporting.kit.charts.bars import Bar, BarRow, draw_bars
from pipeline.reporting.kit.svg import Canvas, Chart


class View(Section):
    """Writes what cleaning would refuse."""

    key = "refusals"
    own: Refusals

    @classmethod
    def gather(cls, rows: Rows, /) -> Refusals:
        """Return the reasons."""
        return gather_refusals(rows)

    @classmethod
    def data(cls, own: Refusals, /) -> dict[str, Any]:
        """Return the totals and a list of reasons."""
        return asdict(own)

    def blocks(self) -> list[Block]:
        """Return the section."""
        if not self.own.refusals:
            return [self.paragraph("refusals_none"), self._money()]
        blocks: list[Block] = []
        if self.own.refused_count == self.facts.row_count:
            blocks.append(Paragraph(self.text("refusals_all"), is_strong=True))
        headings = self.texts("reason code example rows share refused_prices")
        table = Table(headings, tuple(map(self._row, self.own.refusals)), text_columns=3)
        return [*blocks, table, self.remark("refusals_note"), self._money(), Picture("refusals")]

    def charts(self) -> dict[str, Chart | None]:
        """Return the reasons as bars."""
        if not self.own.refusals:
            return {"refusals": None}
        canvas = Canvas(self.text("figure_refusals"), note=self.note)
        rows = [
            BarRow(self._reason(one), "second", (Bar(one.count, self._told(one)),))
            for one in self.own.refusals
        ]
        height = draw_bars(canvas, rows)
        figures = ", ".join(f"{self._reason(one)}: {self._told(one)}" for one in self.own.refusals)
        return {"refusals": canvas.finished(height, self.text("figure_refusals") + ": " + figures)}

    def _money(self) -> Block:
        own = self.own
        return self.paragraph(
            "refusals_money",
            refused=self.numbers.decimal(float(own.refused_revenue)),
            read=self.numbers.decimal(float(own.read_revenue)),
            share=self.numbers.percent(share(float(own.refused_revenue), float(own.read_revenue))),
        )

    def _row(self, one: Refusal) -> tuple[str, ...]:
        integer, percent = self.numbers.integer, self.numbers.percent
        return (
            self._reason(one),
            one.reason,
            one.example,
            integer(one.count),
            percent(one.share),
            self.numbers.decimal(float(one.revenue)),
        )

    def _reason(self, one: Refusal) -> str:
        return self.words.known("reason", one.reason)

    def _told(self, one: Refusal) -> str:
        return f"{self.numbers.integer(one.count)} ({self.numbers.percent(one.share)})"
