"""The pictures of the exploration."""

from __future__ import annotations

import datetime as dt

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, date2num
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from pipeline.reporting.exploration.facts import Facts
from pipeline.reporting.exploration.prices import PriceHistogram
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.chart_style import (
    BLUE,
    GREEN,
    GREY,
    HEAT,
    INK,
    ORANGE,
    PINK,
    RED,
    chart_style,
    new_chart,
    png,
)
from pipeline.reporting.kit.numbers import NumberFormat

# name of each picture -> key of its title
CHART_TITLES = {
    "events_by_day": "figure_days",
    "events_by_month": "figure_months",
    "events_by_hour": "figure_hours",
    "prices_by_type": "figure_prices",
    "missing_values": "figure_missing",
    "refusals": "figure_refusals",
}
_LINES = {
    "view": (BLUE, "-"),
    "cart": (ORANGE, "--"),
    "remove_from_cart": (PINK, ":"),
    "purchase": (GREEN, "-."),
    "other": (GREY, "-"),
}
# A stray event of another decade must not squeeze all others into one bar.
_STRAY_SHARE = 0.01
_STRAY_STRETCH = 3
_VISIBLE_SHARE = 5e-4


class Charts:
    """Draws the charts of some facts in one language."""

    def __init__(self, facts: Facts, words: Catalogue, numbers: NumberFormat) -> None:
        self.facts, self.words, self.numbers = facts, words, numbers
        self._note = words.text("synthetic_short") if facts.is_synthetic else ""

    def draw(self) -> dict[str, bytes]:
        """Return the PNG pictures by name; one with nothing to show is left out."""
        drawers = {
            "events_by_day": self._days,
            "events_by_month": self._months,
            "events_by_hour": self._hours,
            "prices_by_type": self._prices,
            "missing_values": self._missing,
            "refusals": self._refusals,
        }
        with chart_style():
            pictures = {name: drawer() for name, drawer in drawers.items()}
        return {name: picture for name, picture in pictures.items() if picture}

    def _days(self) -> bytes | None:
        by_day = self.facts.timing.by_day
        if len(by_day) < 2:
            return None
        drawn = _without_stray_days(by_day)
        figure, axes = new_chart(self.words.text("figure_days"))
        days = date2num(list(drawn))
        counts = np.array(list(drawn.values()))
        axes.stairs(*_outline(days, counts), fill=True, color=BLUE, linewidth=0)
        self._mark_holes(axes, min(drawn), max(drawn))
        axes.set_xlim(max(days[0] - 0.5, float(date2num(dt.date.min))), days[-1] + 0.5)
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))
        axes.xaxis.set_major_formatter(FuncFormatter(self._day_tick))
        stray = sum(by_day.values()) - int(counts.sum())
        if stray:
            axes.set_xlabel(self.words.text("outside_figure", count=self.numbers.integer(stray)))
        self._count_axis(axes.yaxis, "axis_events")
        axes.grid(axis="y")
        return png(figure, self._note)

    def _mark_holes(self, axes: Axes, first: dt.date, last: dt.date) -> None:
        label: str | None = self.words.text("legend_holes")
        for hole in self.facts.timing.holes:
            start, end = max(hole.first_date, first), min(hole.last_date, last)
            if start <= end:
                low, high = date2num(start) - 0.5, date2num(end) + 0.5
                axes.axvspan(low, high, color=RED, alpha=0.55, linewidth=0, label=label)
                label = None
        if label is None:
            axes.legend(loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2)

    def _months(self) -> bytes | None:
        months = self.facts.timing.by_month
        if not 2 <= len(months) <= 60:
            return None
        figure, axes = new_chart(self.words.text("figure_months"))
        totals = [sum(kinds.values()) for kinds in months.values()]
        bars = axes.bar(range(len(months)), totals, color=BLUE, width=0.7)
        if len(months) <= 12:
            axes.bar_label(bars, [self.numbers.short(_rounded(n)) for n in totals], padding=2)
        names = [self.numbers.month(dt.date.fromisoformat(f"{month}-01")) for month in months]
        axes.set_xticks(range(len(months)), names, rotation=30, ha="right")
        self._count_axis(axes.yaxis, "axis_events")
        axes.grid(axis="y")
        return png(figure, self._note)

    def _hours(self) -> bytes | None:
        grid = np.array(self.facts.timing.by_weekday_hour)
        if not grid.any():
            return None
        figure, axes = new_chart(self.words.text("figure_hours"), height=3.0)
        picture = axes.imshow(grid, cmap=HEAT, aspect="auto", vmin=0)
        axes.set_yticks(range(7), self.numbers.weekdays())
        axes.set_xticks(range(0, 24, 2))
        axes.set_xlabel(self.words.text("axis_hour"))
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        bar = figure.colorbar(picture, ax=axes, pad=0.02)
        bar.outline.set_visible(False)
        bar.ax.tick_params(length=0)
        self._count_axis(bar.ax.yaxis, "axis_events")
        return png(figure, self._note)

    def _prices(self) -> bytes | None:
        histograms = self.facts.prices.histograms
        if not histograms:
            return None
        figure, axes = new_chart(self.words.text("figure_prices"))
        axes.set_xscale("log")
        for kind, histogram in histograms.items():
            colour, line = _LINES[kind]
            shares = np.array(histogram.counts) / sum(histogram.counts)
            label = self.words.text(f"type_{kind}")
            axes.stairs(
                shares, histogram.edges, color=colour, linestyle=line, linewidth=1.8, label=label
            )
        axes.set_xlim(*_visible_range(list(histograms.values())))
        axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: self.numbers.short(value)))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_xlabel(self.words.text("axis_price"))
        axes.set_ylabel(self.words.text("axis_share_of_type"))
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(FuncFormatter(self._percent_tick))
        axes.grid(axis="y")
        axes.legend(loc="upper left")
        return png(figure, self._note)

    def _missing(self) -> bytes | None:
        if not self.facts.row_count:
            return None
        columns = self.facts.columns[::-1]
        missing = np.array([column.missing_share for column in columns])
        unreadable = np.array([column.unreadable_share for column in columns])
        figure, axes = new_chart(self.words.text("figure_missing"), height=3.2)
        places = range(len(columns))
        axes.barh(places, missing, color=BLUE, label=self.words.text("missing"))
        axes.barh(
            places, unreadable, left=missing, color=ORANGE, label=self.words.text("unreadable")
        )
        for place, share in enumerate(missing + unreadable):
            axes.annotate(
                self.numbers.percent(float(share)),
                (share, place),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                color=INK if share else GREY,
            )
        axes.set_yticks(places, [column.name for column in columns])
        axes.set_xlim(0, max(float((missing + unreadable).max()) * 1.12, 0.01))
        axes.xaxis.set_major_formatter(FuncFormatter(self._percent_tick))
        axes.set_xlabel(self.words.text("axis_share_of_rows"))
        axes.grid(axis="x")
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0.2)
        return png(figure, self._note)

    def _refusals(self) -> bytes | None:
        found = self.facts.refusals[::-1]
        if not found:
            return None
        height = 1.3 + 0.32 * len(found)
        figure, axes = new_chart(self.words.text("figure_refusals"), height=height)
        bars = axes.barh(range(len(found)), [reason.count for reason in found], color=BLUE)
        axes.bar_label(
            bars,
            [
                f"{self.numbers.integer(one.count)} ({self.numbers.percent(one.share)})"
                for one in found
            ],
            padding=4,
        )
        axes.set_yticks(
            range(len(found)), [self.words.known("reason", one.reason) for one in found]
        )
        axes.set_xlim(0, max(one.count for one in found) * 1.25)
        axes.set_ylim(-0.6, len(found) - 0.4)
        self._count_axis(axes.xaxis, "axis_rows")
        axes.grid(axis="x")
        return png(figure, self._note)

    def _count_axis(self, axis: Axis, label: str) -> None:
        axis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        axis.set_major_formatter(FuncFormatter(lambda value, _: self.numbers.short(value)))
        axis.set_label_text(self.words.text(label))

    def _percent_tick(self, value: float, _: int) -> str:
        return self.numbers.short_percent(value)

    def _day_tick(self, value: float, _: int) -> str:
        day = dt.date(1970, 1, 1) + dt.timedelta(days=int(value))
        return self.numbers.date(day)


def _visible_range(histograms: list[PriceHistogram]) -> tuple[float, float]:
    """Return the lowest and highest edge of the bins that are high enough to be seen."""
    shares = np.array([np.array(one.counts) / sum(one.counts) for one in histograms])
    seen = np.flatnonzero(shares.max(axis=0) >= _VISIBLE_SHARE)
    edges = histograms[0].edges
    return edges[seen[0]], edges[seen[-1] + 1]


def _rounded(number: int) -> float:
    return float(f"{number:.3g}")


def _outline(days: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return heights and edges of one step a day, with one step of zero for each gap."""
    edges = np.unique(np.concatenate([days - 0.5, days + 0.5]))
    heights = np.zeros(len(edges) - 1)
    heights[np.searchsorted(edges, days - 0.5)] = counts
    return heights, edges


def _without_stray_days(by_day: dict[dt.date, int]) -> dict[dt.date, int]:
    days = np.array([day.toordinal() for day in by_day])
    reached = np.cumsum(list(by_day.values())) / sum(by_day.values())
    low, high = (
        int(days[int(np.searchsorted(reached, share))])
        for share in (_STRAY_SHARE, 1 - _STRAY_SHARE)
    )
    if days[-1] - days[0] <= _STRAY_STRETCH * (high - low + 1):
        return by_day
    return {day: count for day, count in by_day.items() if low <= day.toordinal() <= high}
