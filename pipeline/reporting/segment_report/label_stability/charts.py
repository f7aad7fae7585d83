"""How soon a label is the final one, as a curve."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.lines import Levels, Series, draw_lines
from pipeline.reporting.kit.svg import WIDE, Canvas, Chart
from pipeline.reporting.segment_report.drawing import Drawing


class LabelStabilityCharts(Drawing):
    """Draws the curve of the labels."""

    def curve(self) -> Chart | None:
        """Return the share with the final label by events seen, and the threshold on it."""
        points = self.facts.sections["label_stability"].agreements
        if len(points) < 2:
            return None
        text, percent, least = self.words.text, self.numbers.percent, self.facts.min_events
        shares = {one.event_count: one.share for one in points}
        band = {one.event_count: (one.lower, one.upper) for one in points}
        canvas = Canvas(text("label_stability_chart"), width=WIDE, note=self.note)
        height = draw_lines(
            canvas,
            [Series(text("label_stability_axis_share"), "main", shares, band=band)],
            list(shares),
            top=1.0,
            write=self.percent_tick,
            write_place=self.plain_tick,
            axis_label=text("label_stability_axis_events"),
            also=Levels(marked=least, mark_label=text("label_stability_legend", min_events=least)),
        )
        figures = text("separator").join(
            text("label_stability_chart_figure", count=count, share=percent(share))
            for count, share in shares.items()
        )
        rows = ((self.numbers.integer(count), percent(share)) for count, share in shares.items())
        keys = ("label_stability_axis_events", "label_stability_axis_share")
        alt = text("label_stability_chart_alt", figures=figures, min_events=least)
        return canvas.finished(height, alt, table=Table(tuple(map(text, keys)), tuple(rows)))
