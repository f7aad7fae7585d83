"""The pictures of the model: the number of segments, the components."""

from __future__ import annotations

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.chart_style import BLUE, INK, ORANGE, new_chart
from pipeline.report.chart_files import Chart, Drawing, svg

_NARROW = {"width": 5.0, "height": 3.3}


class ModelCharts(Drawing):
    """Draws what the choices rest on."""

    def elbow(self) -> Chart | None:
        """Return the inertia of every number of segments."""
        series = self.facts.model.series("inertia")
        if not series:
            return None
        low, high = min(series), max(series)
        alt = self.words.text(
            "chart_elbow_alt",
            first=self.numbers.short(_three_digits(series[low])),
            low=low,
            last=self.numbers.short(_three_digits(series[high])),
            high=high,
            k=self.facts.model.segment_count,
        )
        return self._by_count("elbow", "inertia", series, alt)

    def silhouette(self) -> Chart | None:
        """Return the silhouette of every number of segments."""
        series = self.facts.model.series("silhouette")
        if not series:
            return None
        best = max(series, key=lambda k: (series[k], -k))
        chosen = self.facts.model.segment_count
        alt = self.words.text(
            "chart_silhouette_alt",
            best=self.numbers.decimal(series[best], 3),
            best_k=best,
            k=chosen,
            value=self.numbers.decimal(series.get(chosen), 3),
        )
        return self._by_count("silhouette", "silhouette", series, alt)

    def _by_count(self, name: str, axis: str, series: dict[int, float], alt: str) -> Chart:
        title, chosen = self.words.text(f"chart_{name}"), self.facts.model.segment_count
        figure, axes = new_chart(title, **_NARROW)
        axes.plot(list(series), list(series.values()), color=BLUE, marker="o", markersize=4)
        if chosen in series:
            label = self.words.text("legend_chosen", k=chosen)
            axes.plot(
                [chosen], [series[chosen]], "o", color=ORANGE, markersize=10, zorder=3, label=label
            )
            axes.legend(loc="best")
        axes.set_ylim(bottom=min(0.0, *series.values()), top=max(series.values()) * 1.12 or 1)
        axes.set_xticks(list(series))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
        axes.yaxis.set_major_formatter(FuncFormatter(self.plain_tick))
        axes.set_xlabel(self.words.text("axis_k"))
        axes.set_ylabel(self.words.text(f"axis_{axis}"))
        axes.grid(axis="y")
        return Chart(alt, svg(figure, self.note))

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


def _three_digits(number: float) -> float:
    return float(f"{number:.3g}")
