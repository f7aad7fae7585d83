"""The criteria over the number of segments, as lines."""

from __future__ import annotations

from collections.abc import Callable
from math import exp

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.lines import Levels, Series, draw_lines
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.kit.svg import NARROW, Canvas, Chart
from pipeline.reporting.segment_report.drawing import Drawing

_STABILITY = {
    "prediction_strength": "main",
    "adjusted_rand": "third",
    "smallest_jaccard": "fourth",
}


class NumberCharts(Drawing):
    """Draws what argues for a number of segments."""

    def elbow(self) -> Chart | None:
        """Return the inertia of every number, beside that of customers without segments."""
        series = self.facts.model.series("inertia")
        if not series:
            return None
        low, high = min(series), max(series)
        alt = self.words.text(
            "number_chart_elbow_alt",
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
            "number_chart_silhouette_alt",
            best=self.numbers.decimal(series[best], 3),
            best_k=best,
            k=chosen,
            value=self.numbers.decimal(series.get(chosen), 3),
        )
        gains = model.series("silhouette_gain")
        null = {k: value - gains[k] for k, value in series.items() if k in gains}
        if chosen in null:
            shown = self.numbers.decimal(null[chosen], 3)
            alt += " " + self.words.text("number_chart_silhouette_null", null=shown)
        return self._compared("silhouette", "silhouette", series, null, alt)

    def _compared(
        self, name: str, axis: str, series: dict[int, float], null: dict[int, float], alt: str
    ) -> Chart:
        label = self.words.text("number_legend_users" if null else f"number_axis_{axis}")
        lines = [Series(label, "main", series)]
        if null:
            label = self.words.text("number_legend_null")
            lines.append(Series(label, "plain", null, is_dashed=True))
        return self._drawn(name, lines, alt, write=self.plain_tick, digits=3)

    def stability(self) -> Chart | None:
        """Return how well the segments of every number come back, and the thresholds."""
        model = self.facts.model
        found = {name: model.series(name) for name in _STABILITY if model.series(name)}
        if not found:
            return None
        thresholds = self.facts.sections["number"].thresholds
        lines = [
            Series(self.words.text(f"number_{name}"), _STABILITY[name], series)
            for name, series in found.items()
        ]
        levels = tuple(
            ("", thresholds[name], _STABILITY[name]) for name in found if name in thresholds
        )
        figures = self.words.text("separator").join(
            f"{self.words.text(f'number_{name}')} {self.numbers.decimal(series[k])}"
            for name, series in found.items()
            if (k := model.segment_count) in series
        )
        k = model.segment_count
        alt = self.words.text("number_chart_stability_alt", k=k, figures=figures)
        return self._drawn(
            "stability", lines, alt, write=self.plain_tick, levels=levels, top=1.03, digits=2
        )

    def outlook(self) -> Chart | None:
        """Return how much of the next month every number explains."""
        model = self.facts.model
        series, k = model.series("out_of_time_value"), model.segment_count
        if not series:
            return None
        low, high = min(series), max(series)
        percent = self.numbers.percent
        alt = self.words.text(
            "number_chart_value_alt",
            first=percent(series[low]),
            low=low,
            last=percent(series[high]),
            high=high,
            value=percent(series.get(k)),
            k=k,
        )
        lines = [Series(self.words.text("number_axis_value"), "main", series)]
        return self._drawn("value", lines, alt, write=self.percent_tick)

    def _drawn(
        self,
        name: str,
        lines: list[Series],
        alt: str,
        *,
        write: Callable[[float], str],
        levels: tuple[tuple[str, float, str], ...] = (),
        top: float | None = None,
        digits: int | None = None,
    ) -> Chart:
        k, places = self.facts.model.segment_count, sorted(self.facts.model.evaluations)
        values = [value for one in lines for value in one.values.values()]
        canvas = Canvas(self.words.text(f"number_chart_{name}"), width=NARROW, note=self.note)
        height = draw_lines(
            canvas,
            lines,
            places,
            top=top or max(values) * 1.12 or 1.0,
            bottom=min(0.0, *values),
            write=write,
            axis_label=self.words.text("number_axis_k"),
            also=Levels(levels, k, self.words.text("number_legend_chosen", k=k)),
        )
        return canvas.finished(height, alt, table=self._table(lines, places, digits))

    def _table(self, lines: list[Series], places: list[int], digits: int | None) -> Table:
        def cell(one: Series, place: int) -> str:
            if place not in one.values:
                return NOTHING
            value = one.values[place]
            return (
                self.numbers.percent(value)
                if digits is None
                else (self.numbers.decimal(value, digits))
            )

        headings = (self.words.text("number_axis_k"), *(one.label for one in lines))
        rows = tuple((f"{at}", *(cell(one, at) for one in lines)) for at in places)
        return Table(headings, rows)


def _three_digits(number: float) -> float:
    return float(f"{number:.3g}")
