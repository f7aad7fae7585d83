"""The pictures of the model: its components."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.reporting.kit.chart_files import Chart, svg
from pipeline.reporting.kit.chart_style import BLUE, INK, ORANGE, new_chart
from pipeline.reporting.segment_report.drawing import Drawing

_NARROW = {"width": 5.0, "height": 3.3}


class ModelCharts(Drawing):
    """Draws what the model keeps of the features."""

    def variance(self) -> Chart | None:
        """Return the share of the variance of every component."""
        model = self.facts.model
        ratios = np.array(model.explained_variance_ratios)
        if not len(ratios):
            return None
        kept, places = len(model.components), np.arange(1, len(ratios) + 1)
        title = self.words.text("chart_variance")
        figure, axes = new_chart(title, **_NARROW)
        left_out = self.words.text("legend_left")
        axes.bar(places[:kept], ratios[:kept], color=BLUE, label=self.words.text("legend_kept"))
        axes.bar(places[kept:], ratios[kept:], color="#BBBBBB", label=left_out)
        cumulative = self.words.text("legend_cumulative")
        axes.plot(places, ratios.cumsum(), "o-", color=INK, markersize=3, label=cumulative)
        if threshold := model.settings.get("explained_variance"):
            share = self.numbers.short_percent(threshold)
            label = self.words.text("legend_threshold", share=share)
            axes.axhline(threshold, color=ORANGE, linestyle="--", label=label)
        axes.set_ylim(0, 1.05)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(self.percent_tick))
        axes.set_xlabel(self.words.text("axis_component"))
        axes.set_ylabel(self.words.text("axis_variance"))
        axes.legend(loc="center right", fontsize=8)
        alt = self.words.text(
            "chart_variance_alt",
            kept=kept,
            count=len(ratios),
            share=self.numbers.percent(model.kept_variance),
        )
        return Chart(alt, svg(figure, self.note))
