"""The pictures of the segments: how large, how different, where."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.bars import Bar, BarRow, draw_bars
from pipeline.reporting.kit.charts.cloud import Cloud, draw_clouds
from pipeline.reporting.kit.charts.grid import Cell, draw_grid
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.kit.svg import Canvas, Chart, segment_colour
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.features import in_order
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.profiles.facts import Segment

# Deviations beyond this share the strongest colour: one wholesaler must not bleach all the others.
_STRONGEST = 1.5


class SegmentCharts(Drawing):
    """Draws the segments that may be shown."""

    def __init__(self, figures: Figures) -> None:
        super().__init__(figures)
        self._shown = [
            (place, one) for place, one in enumerate(self.facts.segments) if not one.is_small
        ]

    def sizes(self) -> Chart | None:
        """Return the shares of customers and revenue as bars."""
        if not self._shown:
            return None
        canvas = Canvas(self.words.text("chart_sizes"), note=self.note)
        height = draw_bars(canvas, [self._bars(place, one) for place, one in self._shown])
        figures = self.words.text("separator").join(
            self.words.text("chart_sizes_figure", name=row[0], customers=row[1], revenue=row[2])
            for row in self._shares()
        )
        keys = ("segment", "customer_share", "revenue_share")
        table = Table(tuple(map(self.words.text, keys)), tuple(self._shares()))
        alt = self.words.text("chart_sizes_alt", figures=figures)
        return canvas.finished(height, alt, table=table)

    def _bars(self, place: int, one: Segment) -> BarRow:
        texts = {
            key: self.words.text(f"bar_{key}_hidden")
            if share is None
            else self.words.text(f"bar_{key}", share=self.numbers.percent(share))
            for key, share in (("customers", one.user_share), ("revenue", one.revenue_share))
        }
        bars = (
            Bar(one.user_share, texts["customers"], is_faint=True),
            Bar(one.revenue_share, texts["revenue"]),
        )
        return BarRow(self.figures.name(one), segment_colour(place), bars)

    def _shares(self) -> list[tuple[str, ...]]:
        percent = self.numbers.percent
        return [
            (self.figures.name(one), percent(one.user_share), percent(one.revenue_share))
            for _, one in self._shown
        ]

    def profiles(self) -> Chart | None:
        """Return the deviations from everyone as a grid."""
        if not self._shown:
            return None
        segments = [one for _, one in self._shown]
        features = in_order(set(segments[0].deviations))
        names = [self.figures.name(one) for one in segments]
        canvas = Canvas(self.words.text("chart_profiles"), note=self.note)
        rows = [[one.deviations[name] for one in segments] for name in features]
        labels = [self.words.label(name) for name in features]
        height = draw_grid(canvas, labels, names, [list(map(self._cell, row)) for row in rows])
        table = Table(
            (self.words.text("feature"), *names),
            tuple(
                (label, *(self._deviation(value) or NOTHING for value in row))
                for label, row in zip(labels, rows, strict=True)
            ),
        )
        alt = self.words.text("chart_profiles_alt", figures=self._strongest_deviations())
        caption = self.words.text("chart_profiles_caption")
        return canvas.finished(height, alt, caption=caption, table=table)

    def _cell(self, value: float | None) -> Cell:
        return Cell(None if value is None else value / _STRONGEST, self._deviation(value))

    def _deviation(self, value: float | None) -> str:
        return "" if value is None else self.figures.signed(float(value))

    def _strongest_deviations(self) -> str:
        return self.words.text("separator").join(
            self.words.text(
                "chart_profiles_figure",
                name=self.figures.name(one),
                feature=self.words.label(one.traits[0].feature),
                deviation=self.figures.signed(one.traits[0].deviation),
            )
            for _, one in self._shown
            if one.traits
        )

    def places(self) -> Chart | None:
        """Return a sample of customers on the first two components."""
        found = self.facts.scatter
        clouds = [
            Cloud(self.figures.name(one), segment_colour(place), found[one.segment_id])
            for place, one in self._shown
            if found.get(one.segment_id)
        ]
        if not clouds:
            return None
        ratios = self.facts.model.explained_variance_ratios
        across, upwards = (
            self.words.text("axis_place", number=at + 1, share=self.numbers.percent(ratios[at]))
            for at in range(2)
        )
        canvas = Canvas(self.words.text("chart_places"), note=self.note)
        height = draw_clouds(canvas, clouds, write=self.plain_tick, labels=(across, upwards))
        values = {
            "count": self.numbers.integer(sum(len(one.points) for one in clouds)),
            "share": self.numbers.percent(sum(ratios[:2])),
        }
        alt = self.words.text("chart_places_alt", **values)
        caption = self.words.text("chart_places_caption", **values)
        return canvas.finished(height, alt, caption=caption)
