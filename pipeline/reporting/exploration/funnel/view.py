"""The funnel in a table and as bars."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.funnel.facts import FunnelStep, gather_funnel
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Picture, Table
from pipeline.reporting.kit.charts.bars import Bar, BarRow, draw_bars
from pipeline.reporting.kit.svg import Canvas, Chart


class View(Section):
    """Writes how many users do what."""

    key = "funnel"
    own: list[FunnelStep]

    @classmethod
    def gather(cls, rows: Rows, /) -> list[FunnelStep]:
        """Return the steps."""
        return gather_funnel(rows)

    @classmethod
    def data(cls, own: list[FunnelStep], /) -> dict[str, Any]:
        """Return a list of steps."""
        return {cls.key: [asdict(step) for step in own]}

    def blocks(self) -> list[Block]:
        """Return the section."""
        table = Table(self.texts("type users users_share"), tuple(map(self._row, self.own)))
        return [Picture("funnel"), table, self.remark("funnel_note")]

    def charts(self) -> dict[str, Chart | None]:
        """Return the steps as bars."""
        if not any(step.user_count for step in self.own):
            return {"funnel": None}
        canvas = Canvas(self.text("figure_funnel"), note=self.note)
        rows = [
            BarRow(self._type(step), "main", (Bar(step.user_count, self._told(step)),))
            for step in self.own
        ]
        height = draw_bars(canvas, rows)
        figures = ", ".join(f"{self._type(step)}: {self._told(step)}" for step in self.own)
        return {"funnel": canvas.finished(height, f"{self.text('figure_funnel')}: {figures}")}

    def _row(self, step: FunnelStep) -> tuple[str, ...]:
        share = self.numbers.percent(step.user_share)
        return self._type(step), self.people(step.user_count), share

    def _type(self, step: FunnelStep) -> str:
        return self.text(f"type_{step.event_type}")

    def _told(self, step: FunnelStep) -> str:
        if step.user_count is None:
            return self.people(None)
        return f"{self.people(step.user_count)} ({self.numbers.percent(step.user_share)})"
