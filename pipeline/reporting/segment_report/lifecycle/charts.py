"""The states of customers at the end of each month, as columns."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.charts.columns import Layer, draw_columns
from pipeline.reporting.kit.svg import Canvas, Chart
from pipeline.reporting.segment_report.drawing import Drawing
from pipeline.reporting.segment_report.lifecycle.facts import STATES, Snapshot

# Not those of segments: a state is none.
_COLOURS = ("ink", "third", "main", "second", "fourth", "plain")


class LifecycleCharts(Drawing):
    """Draws who bought, by state; prospects, who are most, stand in the table alone."""

    def months(self, snapshots: tuple[Snapshot, ...]) -> Chart | None:
        """Return the states at each snapshot; None where there is but one, or nobody bought."""
        buyers = [one for one in STATES if one != "prospect"]
        layers = [
            Layer(
                self.words.text(f"lifecycle_{state}"),
                _COLOURS[STATES.index(state)],
                tuple(one.counts[STATES.index(state)] for one in snapshots),
            )
            for state in buyers
        ]
        if len(snapshots) < 2 or not any(value for one in layers for value in one.values):
            return None
        dates = [self.numbers.date(one.snapshot_date) for one in snapshots]
        canvas = Canvas(self.words.text("lifecycle_chart"), note=self.note)
        height = draw_columns(canvas, layers, dates, write=self.plain_tick)
        alt = self.words.text("lifecycle_chart_alt")
        return canvas.finished(height, alt, table=self._table(snapshots, dates))

    def _table(self, snapshots: tuple[Snapshot, ...], dates: list[str]) -> Table:
        headings = (
            self.words.text("lifecycle_snapshot"),
            *(self.words.text(f"lifecycle_{state}") for state in STATES),
        )
        rows = tuple(
            (date, *map(self._people, one.counts))
            for date, one in zip(dates, snapshots, strict=True)
        )
        return Table(headings, rows)

    def _people(self, count: int | None) -> str:
        if count is None and self.facts.policy.is_public:
            return self.words.text("untold")
        return self.figures.people(count)
