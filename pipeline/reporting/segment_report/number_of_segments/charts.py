"""The criteria over the number of segments, as lines."""

from __future__ import annotations

from math import exp

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.reporting.kit.chart_files import Chart, svg
from pipeline.reporting.kit.chart_style import BLUE, GREEN, GREY, INK, ORANGE, PINK, new_chart
from pipeline.reporting.segment_report.drawing import Drawing

_NARROW = {"width": 5.0, "height": 3.3}
_STABILITY = {
    "prediction_strength": (BLUE, "o"),
    "adjusted_rand": (GREEN, "s"),
    "smallest_jaccard": (PINK, "D"),
}


class ChoiceCharts(Drawing):
    """Draws what argues for a number of segments."""

    def elbow(self) -> Chart | None:
        """Return the inertia of every number, beside that of customers without segments."""
        series = self.facts.model.series("inertia")
        if not series:
            return None
        low, high = min(series), max(series)
        alt = self.words.text(
            "choice_chart_elbow_alt",
            first=self.numbers.short(_three_digits(series[low])),
            low=low,
            last=self.numbers.short(_three_digits(series[high])),
            high=high,
            k=self.facts.model.segment_count,
        )
        gains = self.facts.model.series("inertia_gain")
        # The gain is the mean of logarithms.
        null = {k: value * exp(gains[k]) for k, value in series.items() if k in gains}
        return self._compared("elbow", "inertia", series, null, alt)

    def silhouette(self) -> Chart | None:
        """Return the silhouette of every number, beside that of customers without segments."""
        model = self.facts.model
        series = model.series("silhouette")
        if not series:
            return None
        best, chosen = max(series, key=lambda k: (series[k], -k)), model.segment_count
        alt = self.words.text(
            "choice_chart_silhouette_alt",
            best=self.numbers.decimal(series[best], 3),
            best_k=best,
            k=chosen,
            value=self.numbers.decimal(series.get(chosen), 3),
        )
        gains = model.series("silhouette_gain")
        null = {k: value - gains[k] for k, value in series.items() if k in gains}
        if chosen in null:
            shown = self.numbers.decimal(null[chosen], 3)
            alt += " " + self.words.text("choice_chart_silhouette_null", null=shown)
        return self._compared("silhouette", "silhouette", series, null, alt)

    def _compared(
        self, name: str, axis: str, series: dict[int, float], null: dict[int, float], alt: str
    ) -> Chart:
        figure, axes = self._new(name, axis)
        label = self.words.text("choice_legend_users") if null else None
        self._line(axes, series, label=label)
        if null:
            label = self.words.text("choice_legend_null")
            axes.plot(list(null), list(null.values()), "--", color=GREY, label=label)
        self._chosen(axes, series)
        highest = max(*series.values(), *null.values())
        axes.set_ylim(bottom=min(0.0, *series.values()), top=highest * 1.12 or 1)
        return self._finished(figure, axes, alt)

    def stability(self) -> Chart | None:
        """Return how well the segments of every number come back, and the thresholds."""
        model = self.facts.model
        found = {name: model.series(name) for name in _STABILITY if model.series(name)}
        if not found:
            return None
        thresholds = self.facts.sections["choice"].thresholds
        figure, axes = self._new("stability", "stability")
        for name, series in found.items():
            paint, shape = _STABILITY[name]
            label = self.words.text(f"choice_{name}")
            places, values = list(series), list(series.values())
            axes.plot(places, values, color=paint, marker=shape, markersize=4, label=label)
            if name in thresholds:
                axes.axhline(thresholds[name], color=paint, linestyle=":", linewidth=1)
        axes.axvline(model.segment_count, color=ORANGE, linewidth=6, alpha=0.25, zorder=0)
        axes.set_ylim(0, 1.03)
        figures = self.words.text("separator").join(
            f"{self.words.text(f'choice_{name}')} {self.numbers.decimal(series[k])}"
            for name, series in found.items()
            if (k := model.segment_count) in series
        )
        k = model.segment_count
        alt = self.words.text("choice_chart_stability_alt", k=k, figures=figures)
        return self._finished(figure, axes, alt)

    def outlook(self) -> Chart | None:
        """Return how much of the next month every number explains."""
        model = self.facts.model
        series, k = model.series("out_of_time_value"), model.segment_count
        if not series:
            return None
        figure, axes = self._new("worth", "worth")
        self._line(axes, series)
        self._chosen(axes, series)
        axes.set_ylim(bottom=0, top=max(series.values()) * 1.15 or 1)
        low, high = min(series), max(series)
        percent = self.numbers.percent
        alt = self.words.text(
            "choice_chart_worth_alt",
            first=percent(series[low]),
            low=low,
            last=percent(series[high]),
            high=high,
            value=percent(series.get(k)),
            k=k,
        )
        return self._finished(figure, axes, alt, is_share=True)

    def _new(self, name: str, axis: str) -> tuple[Figure, Axes]:
        figure, axes = new_chart(self.words.text(f"choice_chart_{name}"), **_NARROW)
        axes.set_xlabel(self.words.text("choice_axis_k"))
        axes.set_ylabel(self.words.text(f"choice_axis_{axis}"))
        return figure, axes

    def _line(self, axes: Axes, series: dict[int, float], label: str | None = None) -> None:
        places, values = list(series), list(series.values())
        axes.plot(places, values, color=BLUE, marker="o", markersize=4, label=label)

    def _chosen(self, axes: Axes, series: dict[int, float]) -> None:
        k = self.facts.model.segment_count
        if k in series:
            label = self.words.text("choice_legend_chosen", k=k)
            axes.plot([k], [series[k]], "o", color=ORANGE, markersize=10, zorder=3, label=label)

    def _finished(self, figure: Figure, axes: Axes, alt: str, *, is_share: bool = False) -> Chart:
        axes.set_xticks(sorted(self.facts.model.evaluations))
        axes.yaxis.set_major_locator(MaxNLocator(nbins=6))
        tick = self.percent_tick if is_share else self.plain_tick
        axes.yaxis.set_major_formatter(FuncFormatter(tick))
        axes.grid(axis="y")
        if axes.get_legend_handles_labels()[0]:
            axes.legend(loc="best", fontsize=8, labelcolor=INK)
        return Chart(alt, svg(figure, self.note))


def _three_digits(number: float) -> float:
    return float(f"{number:.3g}")
