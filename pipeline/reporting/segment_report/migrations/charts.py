"""Who moved, as bands between the segments of a month ago and those of today."""

from __future__ import annotations

from pipeline.reporting.kit.charts.flows import Group, draw_flows
from pipeline.reporting.kit.svg import Canvas, Chart, segment_colour
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.migrations.facts import Move, Place


class MoveCharts(Drawing):
    """Draws the moves from month to month."""

    def flows(self, migrations: tuple[Move, ...]) -> Chart | None:
        """Return the moves of the last month that may be shown; its table stands below it."""
        move = next((one for one in migrations if one.kind == "month"), None)
        if move is None:
            return None
        former, later = self._in_order(move.former), self._in_order(move.later)
        counts = {
            (former.index(here), later.index(there)): count
            for here, row in zip(move.former, move.counts, strict=True)
            for there, count in zip(move.later, row, strict=True)
            if count
        }
        if not counts:
            return None
        text = self.words.text
        dates = {
            "former": self.numbers.date(move.from_date),
            "later": self.numbers.date(move.to_date),
        }
        canvas = Canvas(text("migrations_chart", **dates), note=self.note)
        height = draw_flows(
            canvas,
            list(map(self._group, former)),
            list(map(self._group, later)),
            counts,
            titles=(dates["former"], dates["later"]),
        )
        return canvas.finished(height, text("migrations_chart_alt", **dates))

    def _in_order(self, places: tuple[Place, ...]) -> list[Place]:
        """Return them as the rest of the report has them, those without a segment last."""
        ids: list[int | None] = [one.segment_id for one in self.facts.segments]
        return sorted(
            places,
            key=lambda one: (
                one.segment_id is None,
                not one.is_seen,
                ids.index(one.segment_id) if one.segment_id in ids else 0,
            ),
        )

    def _group(self, place: Place) -> Group:
        if place.segment_id is None:
            key = "migrations_without" if place.is_seen else "migrations_not_seen_yet"
            return Group(self.words.text(key), "plain")
        ids = [one.segment_id for one in self.facts.segments]
        name = self.figures.name_of(place.segment_id)
        return Group(name, segment_colour(ids.index(place.segment_id)))
