"""The pictures of the model: its components."""

from __future__ import annotations

from itertools import accumulate

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.lines import Levels, Series, draw_lines
from pipeline.reporting.kit.svg import NARROW, Canvas, Chart
from pipeline.reporting.segment_report.drawing import Drawing


class ModelCharts(Drawing):
    """Draws what the model keeps of the features."""

    def variance(self) -> Chart | None:
        """Return the share of the variance of every component."""
        model, text = self.facts.model, self.words.text
        ratios = list(model.explained_variance_ratios)
        if not ratios:
            return None
        kept, places = len(model.components), range(1, len(ratios) + 1)
        each = dict(zip(places, ratios, strict=True))
        sums = dict(zip(places, accumulate(ratios), strict=True))
        threshold = model.settings.get("explained_variance")
        levels: tuple[tuple[str, float, str], ...] = ()
        if threshold:
            share = self.numbers.short_percent(threshold)
            levels = ((text("legend_threshold", share=share), threshold, "second"),)
        canvas = Canvas(text("chart_variance"), width=NARROW, note=self.note)
        height = draw_lines(
            canvas,
            [
                Series(text("legend_each"), "main", each),
                Series(text("legend_cumulative"), "third", sums),
            ],
            list(places),
            top=1.05,
            write=self.percent_tick,
            axis_label=text("axis_component"),
            also=Levels(levels, kept, text("legend_kept")),
        )
        alt = text(
            "chart_variance_alt",
            kept=kept,
            count=len(ratios),
            share=self.numbers.percent(model.kept_variance),
        )
        return canvas.finished(height, alt, table=self._table(each, sums))

    def _table(self, each: dict[int, float], sums: dict[int, float]) -> Table:
        keys = ("axis_component", "axis_variance", "legend_cumulative")
        percent = self.numbers.percent
        # Sums of rounded terms may come out a little above 1.
        rows = ((f"{at}", percent(each[at]), percent(min(sums[at], 1.0))) for at in each)
        return Table(tuple(map(self.words.text, keys)), tuple(rows))
