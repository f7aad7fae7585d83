"""When events happen, in tables."""

from __future__ import annotations

import datetime as dt

from pipeline.reporting.exploration.raw_columns import KINDS
from pipeline.reporting.exploration.section import Rows, Section, share
from pipeline.reporting.exploration.timing.charts import TimingCharts
from pipeline.reporting.exploration.timing.facts import Timing, gather_timing
from pipeline.reporting.kit.blocks import Block, Picture, Table
from pipeline.reporting.kit.svg import Chart


class View(Section):
    """Writes events by type, month, day, weekday and hour, and the days that are missing."""

    key = "timing"
    own: Timing

    @classmethod
    def gather(cls, rows: Rows, /) -> Timing:
        """Return the events by time."""
        return gather_timing(rows.connection)

    def charts(self) -> dict[str, Chart | None]:
        """Return months, the calendar and the hours of the week."""
        charts = TimingCharts(self)
        return {
            "events_by_month": charts.months(),
            "calendar": charts.calendar(),
            "events_by_hour": charts.hours(),
        }

    def blocks(self) -> list[Block]:
        """Return the section; without readable times, only the events by type."""
        blocks: list[Block] = [self.heading("by_type"), self._types()]
        if self.own.untimed_count:
            count = self.numbers.integer(self.own.untimed_count)
            blocks.insert(0, self.paragraph("untimed", count=count))
        if not self.own.by_day:
            return blocks
        return [
            *blocks,
            self.heading("by_month"),
            self._months(),
            Picture("events_by_month"),
            self.heading("gaps"),
            Picture("calendar"),
            *self._gaps(),
            self.heading("by_weekday"),
            Picture("events_by_hour"),
            self._weekdays(),
        ]

    def _types(self) -> Table:
        rows = tuple(
            self.counted(self.text(f"type_{kind}"), count, self.facts.row_count)
            for kind, count in self.own.by_type.items()
            if count
        )
        return Table(self.texts("type events share"), rows)

    def _months(self) -> Table:
        by_month = self.own.by_month
        kinds = [kind for kind in KINDS if any(month[kind] for month in by_month.values())]
        rows = []
        for key, month in by_month.items():
            total = sum(month.values())
            shares = [self.numbers.percent(share(month[kind], total)) for kind in kinds]
            name = self.numbers.month(dt.date.fromisoformat(f"{key}-01"))
            rows.append((name, self.numbers.integer(total), *shares))
        names = (self.text(f"type_{kind}") for kind in kinds)
        return Table((*self.texts("month events"), *names), tuple(rows))

    def _gaps(self) -> list[Block]:
        if not self.own.gaps:
            return [self.paragraph("gaps_none")]
        date, integer = self.numbers.date, self.numbers.integer
        rows = tuple(
            (
                date(gap.first_date),
                date(gap.last_date),
                integer(gap.event_count),
                integer(gap.neighbour_event_count),
            )
            for gap in self.own.gaps
        )
        table = Table(self.texts("from_day to_day events neighbours"), rows, text_columns=2)
        return [table, self.remark("gaps_note")]

    def _weekdays(self) -> Table:
        counts = self.own.by_weekday
        rows = tuple(
            self.counted(name, count, sum(counts))
            for name, count in zip(self.numbers.weekdays(), counts, strict=True)
        )
        return Table(self.texts("weekday events share"), rows)
