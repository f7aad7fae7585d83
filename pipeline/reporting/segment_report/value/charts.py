"""What the segments did next as dots with their intervals."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.dots import Estimate as Dot
from pipeline.reporting.kit.charts.dots import draw_dots
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.kit.svg import NARROW, Canvas, Chart, segment_colour
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.value.facts import Estimate


class ValueCharts(Drawing):
    """Draws rates and means of the month after a snapshot date."""

    def buying(self) -> Chart | None:
        """Return the share of buyers of each segment."""
        return self._dots("buying", self.numbers.percent, self.percent_tick)

    def revenue(self) -> Chart | None:
        """Return the revenue per customer of each segment."""
        return self._dots("revenue", self.numbers.decimal, self.plain_tick)

    def _dots(
        self,
        measure: str,
        write: Callable[[float | None], str],
        tick: Callable[[float], str],
    ) -> Chart | None:
        found = self.facts.sections["value"]
        values = found.latest if found else None
        found = {one.segment_id: getattr(one, measure) for one in values.segments} if values else {}
        shown = [
            (place, self.figures.name(one), found[one.segment_id])
            for place, one in enumerate(self.facts.segments)
            if found.get(one.segment_id)
        ]
        average = values.average[measure] if values else None
        if not shown or average is None:
            return None
        canvas = Canvas(self.words.text(f"value_chart_{measure}"), width=NARROW, note=self.note)
        height = draw_dots(
            canvas,
            [self._dot(place, name, one, write) for place, name, one in shown],
            average=average,
            average_label=self.words.text("value_legend", average=write(average)),
            write=tick,
            axis_label=self.words.text(f"value_axis_{measure}"),
        )
        figures = self.words.text("separator").join(
            self._figure(name, one, write) for _, name, one in shown
        )
        alt = self.words.text("value_chart_alt", average=write(average), figures=figures)
        return canvas.finished(height, alt, table=self._table(measure, shown, write))

    def _dot(
        self, place: int, name: str, one: Estimate, write: Callable[[float | None], str]
    ) -> Dot:
        ends = (one.lower, one.upper) if one.has_interval else (None, None)
        return Dot(name, segment_colour(place), one.value, write(one.value), *ends)

    def _figure(self, name: str, one: Estimate, write: Callable[[float | None], str]) -> str:
        return self.words.text(
            "value_chart_figure" if one.has_interval else "value_chart_value",
            name=name,
            value=write(one.value),
            lower=write(one.lower),
            upper=write(one.upper),
        )

    def _table(
        self,
        measure: str,
        shown: list[tuple[int, str, Estimate]],
        write: Callable[[float | None], str],
    ) -> Table:
        text = self.words.text
        value, interval = {
            "buying": ("value_bought", "value_share_interval"),
            "revenue": ("value_revenue", "value_mean_interval"),
        }[measure]
        rows = tuple(
            (
                name,
                write(one.value),
                text("value_range", lower=write(one.lower), upper=write(one.upper))
                if one.has_interval
                else NOTHING,
            )
            for _, name, one in shown
        )
        return Table((text("segment"), text(value), text(interval)), rows)
