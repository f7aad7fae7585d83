"""What the segments did next as dots with their intervals."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.reporting.kit.chart_files import Chart, colour, marker, svg
from pipeline.reporting.kit.chart_style import GREY, INK, new_chart
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.value.facts import Estimate

# A group of buyers so small that its interval is many times its mean would squeeze all others.
_WIDEST = 3.0


class WorthCharts(Drawing):
    """Draws rates and means of the month after a moment."""

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
        tick: Callable[[float, int], str],
    ) -> Chart | None:
        found = self.facts.sections["worth"]
        worth = found.latest if found else None
        found = {one.segment_id: getattr(one, measure) for one in worth.segments} if worth else {}
        shown = [
            (place, one, found[one.segment_id])
            for place, one in enumerate(self.facts.segments)
            if found.get(one.segment_id)
        ]
        average = worth.average[measure] if worth else None
        if not shown or average is None:
            return None
        title = self.words.text(f"worth_chart_{measure}")
        figure, axes = new_chart(title, width=5.0, height=1.5 + 0.34 * len(shown))
        for row, (place, _, estimate) in enumerate(shown):
            self._dot(axes, row, place, estimate)
        label = self.words.text("worth_legend", average=write(average))
        axes.axvline(average, color=GREY, linestyle="--", linewidth=1, label=label, zorder=0)
        names = [self.figures.name(one) for _, one, _ in shown]
        axes.set_yticks(range(len(shown)), names)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(0, self._limit([estimate for *_, estimate in shown], average))
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
        axes.xaxis.set_major_formatter(FuncFormatter(tick))
        axes.set_xlabel(self.words.text(f"worth_axis_{measure}"))
        axes.grid(axis="x")
        figure.legend(loc="outside lower right", fontsize=8)
        figures = self.words.text("separator").join(
            self.words.text(
                "worth_chart_figure" if estimate.has_interval else "worth_chart_value",
                name=name,
                value=write(estimate.value),
                lower=write(estimate.lower),
                upper=write(estimate.upper),
            )
            for name, (*_, estimate) in zip(names, shown, strict=True)
        )
        alt = self.words.text("worth_chart_alt", average=write(average), figures=figures)
        return Chart(alt, svg(figure, self.note))

    def _dot(self, axes: Axes, row: int, place: int, one: Estimate) -> None:
        if one.has_interval and one.lower is not None and one.upper is not None:
            axes.plot([one.lower, one.upper], [row, row], color=INK, linewidth=1.2, zorder=2)
        axes.plot([one.value], [row], marker(place), color=colour(place), markersize=7, zorder=3)

    def _limit(self, estimates: list[Estimate], average: float) -> float:
        largest = max(one.value for one in estimates)
        ends = [min(one.upper or one.value, _WIDEST * largest) for one in estimates]
        return max(*ends, average, 0.0) * 1.06 or 1.0
