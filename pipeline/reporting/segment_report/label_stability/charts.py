"""How soon a label is the final one, as a curve."""

from __future__ import annotations

from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from pipeline.reporting.kit.chart_files import Chart, svg
from pipeline.reporting.kit.chart_style import BLUE, ORANGE, new_chart
from pipeline.reporting.segment_report.drawing import Drawing


class CertaintyCharts(Drawing):
    """Draws the curve of the labels."""

    def curve(self) -> Chart | None:
        """Return the share with the final label by events seen, and the threshold on it."""
        points = self.facts.sections["certainty"].agreements
        if len(points) < 2:
            return None
        counts, least = [one.event_count for one in points], self.facts.min_events
        figure, axes = new_chart(self.words.text("certainty_chart"), width=6.4, height=3.3)
        axes.fill_between(
            counts,
            [one.lower for one in points],
            [one.upper for one in points],
            color=BLUE,
            alpha=0.2,
            linewidth=0,
        )
        axes.plot(counts, [one.share for one in points], color=BLUE, marker="o", markersize=4)
        label = self.words.text("certainty_legend", min_events=least)
        axes.axvline(least, color=ORANGE, linestyle="--", label=label)
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(counts))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(self.plain_tick))
        axes.yaxis.set_major_formatter(FuncFormatter(self.percent_tick))
        axes.set_ylim(0, 1)
        axes.set_xlabel(self.words.text("certainty_axis_events"))
        axes.set_ylabel(self.words.text("certainty_axis_share"))
        axes.grid(axis="y")
        axes.legend(loc="upper left")
        figures = self.words.text("separator").join(
            self.words.text(
                "certainty_chart_figure",
                count=one.event_count,
                share=self.numbers.percent(one.share),
            )
            for one in points
        )
        alt = self.words.text("certainty_chart_alt", figures=figures, min_events=least)
        return Chart(alt, svg(figure, self.note))
