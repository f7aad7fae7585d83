"""The pictures of the segments: how large, how different, where."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from pipeline.reporting.kit.chart_files import Chart, colour, marker, svg
from pipeline.reporting.kit.chart_style import BLUE, GREY, INK, new_chart
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.features import in_order
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.profiles.facts import Segment

# Deviations beyond this share the strongest colour: one wholesaler must not bleach all the others.
_STRONGEST = 1.5
# More names than this do not fit side by side.
_MOST_LEVEL_NAMES = 5


class SegmentCharts(Drawing):
    """Draws the segments that may be shown."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures)
        self._shown = [one for one in self.facts.segments if not one.is_small]

    def sizes(self) -> Chart | None:
        """Return the shares of customers and revenue as bars."""
        if not self._shown:
            return None
        title = self.words.text("chart_sizes")
        figure, axes = new_chart(title, height=1.3 + 0.55 * len(self._shown))
        places = np.arange(len(self._shown))
        for offset, key, shares, texts, fill in (
            (-0.19, "customers", *self._customer_shares(), GREY),
            (0.19, "revenue", *self._revenue_shares(), BLUE),
        ):
            label = self.words.text(f"legend_{key}")
            bars = axes.barh(places + offset, shares, height=0.36, color=fill, label=label)
            axes.bar_label(bars, texts, padding=3)
        axes.set_yticks(places, [self.figures.name(one) for one in self._shown])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(self._shown) - 0.45, -0.55)
        axes.margins(x=0.12)
        axes.xaxis.set_major_formatter(FuncFormatter(self.percent_tick))
        axes.grid(axis="x")
        figure.legend(loc="outside lower center", ncols=2)
        alt = self.words.text("chart_sizes_alt", figures=self._sizes_in_words())
        return Chart(alt, svg(figure, self.note), is_wide=True)

    def _sizes_in_words(self) -> str:
        pairs = zip(self._customer_shares()[1], self._revenue_shares()[1], strict=True)
        return self.words.text("separator").join(
            self.words.text(
                "chart_sizes_figure", name=self.figures.name(one), customers=a, revenue=b
            )
            for one, (a, b) in zip(self._shown, pairs, strict=True)
        )

    def _customer_shares(self) -> tuple[list[float], list[str]]:
        shares = [one.user_share for one in self._shown]
        return [one or 0.0 for one in shares], [self.numbers.percent(one) for one in shares]

    def _revenue_shares(self) -> tuple[list[float], list[str]]:
        shares = [one.revenue_share for one in self._shown]
        return [one or 0.0 for one in shares], [self.numbers.percent(one) for one in shares]

    def profiles(self) -> Chart | None:
        """Return the deviations from everyone as a heat map."""
        if not self._shown:
            return None
        title = self.words.text("chart_profiles")
        features = in_order(set(self._shown[0].deviations))
        rows = [[one.deviations[name] for one in self._shown] for name in features]
        grid = np.array(rows, float)  # None becomes NaN, an empty cell
        figure, axes = new_chart(title, height=1.6 + 0.235 * len(features))
        picture = axes.imshow(grid, cmap="PuOr_r", aspect="auto", vmin=-_STRONGEST, vmax=_STRONGEST)
        for (row, column), value in np.ndenumerate(grid):
            if np.isnan(value):
                continue
            ink = "white" if _is_dark(np.array(picture.to_rgba(value))) else INK
            text = self.figures.signed(float(value))
            axes.text(column, row, text, ha="center", va="center", color=ink, fontsize=8)
        axes.set_yticks(range(len(features)), [self.words.label(name) for name in features])
        self._name_columns(axes)
        axes.set_yticks(np.arange(len(features) + 1) - 0.5, minor=True)
        axes.grid(which="minor", color="white", linewidth=1.5)
        alt = self.words.text("chart_profiles_alt", figures=self._strongest_deviations())
        caption = self.words.text("chart_profiles_caption")
        return Chart(alt, svg(figure, self.note), caption, is_wide=True)

    def _name_columns(self, axes: Axes) -> None:
        names = [_in_lines(self.figures.name(one)) for one in self._shown]
        axes.set_xticks(range(len(names)), names)
        axes.set_xticks(np.arange(len(names) + 1) - 0.5, minor=True)
        axes.tick_params(length=0, top=True, bottom=False, labeltop=True, labelbottom=False)
        if len(names) > _MOST_LEVEL_NAMES:
            axes.set_xticks(range(len(names)), [name.replace("\n", " ") for name in names])
            for label in axes.get_xticklabels():
                label.set(rotation=35, ha="left", rotation_mode="anchor")
        axes.tick_params(which="minor", length=0)
        axes.spines[:].set_visible(False)

    def _strongest_deviations(self) -> str:
        return self.words.text("separator").join(
            self.words.text(
                "chart_profiles_figure",
                name=self.figures.name(one),
                feature=self.words.label(one.traits[0].feature),
                deviation=self.figures.signed(one.traits[0].deviation),
            )
            for one in self._shown
            if one.traits
        )

    def places(self) -> Chart | None:
        """Return a sample of customers on the first two components."""
        count = sum(len(places) for places in self.facts.scatter.values())
        if not count:
            return None
        title = self.words.text("chart_places")
        figure, axes = new_chart(title, height=5.2)
        for place, segment in enumerate(self._shown):
            self._cloud(axes, place, segment)
        ratios = self.facts.model.explained_variance_ratios
        for set_label, number in ((axes.set_xlabel, 1), (axes.set_ylabel, 2)):
            share = self.numbers.percent(ratios[number - 1])
            set_label(self.words.text("axis_place", number=number, share=share))
        axes.xaxis.set_major_formatter(FuncFormatter(self.plain_tick))
        axes.yaxis.set_major_formatter(FuncFormatter(self.plain_tick))
        axes.grid()
        figure.legend(loc="outside lower center", ncols=min(3, len(self._shown)), markerscale=2.2)
        values = {
            "count": self.numbers.integer(count),
            "share": self.numbers.percent(sum(ratios[:2])),
        }
        alt = self.words.text("chart_places_alt", **values)
        caption = self.words.text("chart_places_caption", **values)
        return Chart(alt, svg(figure, self.note), caption, is_wide=True)

    def _cloud(self, axes: Axes, place: int, segment: Segment) -> None:
        points = np.array(self.facts.scatter.get(segment.segment_id) or np.empty((0, 2)))
        axes.scatter(
            points[:, 0],
            points[:, 1],
            s=14,
            alpha=0.7,
            linewidths=0,
            color=colour(place),
            marker=marker(place),
            label=self.figures.name(segment),
            # Thousands of shapes would make the file heavy; as one picture they do not.
            rasterized=True,
        )


def _is_dark(colour_of_cell: np.ndarray) -> bool:
    """Tell whether white is read better on this colour than black."""
    red, green, blue = colour_of_cell[:3]
    return bool(0.299 * red + 0.587 * green + 0.114 * blue < 0.5)


def _in_lines(name: str) -> str:
    """Break a name of several words near its middle, to stand over a narrow column."""
    words = name.split()
    if len(name) <= 14 or len(words) < 2:
        return name
    breaks = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return "\n".join(min(breaks, key=lambda pair: max(map(len, pair))))
