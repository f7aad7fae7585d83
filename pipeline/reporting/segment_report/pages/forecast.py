"""What the members of a segment did in the month that followed, and what a fair test needs."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.profiles.facts import Segment
from pipeline.reporting.segment_report.value.facts import Estimate


class Forecast:
    """Writes the next month of one segment."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.words, self.numbers = figures, figures.words, figures.numbers

    def blocks(self, segment: Segment) -> list[Block]:
        """Return next month's behaviour with its intervals; one sentence where none was seen."""
        text, values = self.words.text, self.figures.facts.sections["value"]
        heading = Heading(text("pages_next"))
        latest = values.latest if values else None
        found = {one.segment_id: one for one in latest.segments} if latest else {}
        one = found.get(segment.segment_id)
        if latest is None or one is None:
            return [heading, Paragraph(text("pages_next_missing"))]
        measures = (("buying", one.buying), ("revenue", one.revenue), ("returning", one.returning))
        rows = tuple(
            (text(f"pages_{name}"), *self._estimate(name, estimate), self._average(name))
            for name, estimate in measures
        )
        keys = ("pages_measure", "pages_value", "pages_interval", "pages_average")
        lead = text(
            "pages_next_lead",
            snapshot_date=self.numbers.date(latest.snapshot_date),
            customers=self._people(one.user_count),
        )
        return [heading, Paragraph(lead), Table(tuple(map(text, keys)), rows)]

    def _people(self, count: int | None) -> str:
        # In public not only what is small is hidden.
        if count is None and self.figures.facts.policy.is_public:
            return self.words.text("untold")
        return self.figures.people(count)

    def _average(self, name: str) -> str:
        return self._written(name, self.figures.facts.sections["value"].latest.average[name])

    def _estimate(self, name: str, one: Estimate | None) -> tuple[str, str]:
        if one is None:
            return NOTHING, NOTHING
        if not one.has_interval:
            return self._written(name, one.value), NOTHING
        ends = {"lower": self._written(name, one.lower), "upper": self._written(name, one.upper)}
        return self._written(name, one.value), self.words.text("value_range", **ends)

    def _written(self, name: str, value: float | None) -> str:
        write = self.numbers.decimal if name == "revenue" else self.numbers.percent
        return write(value)

    def experiment(self, segment: Segment) -> str:
        """Return how many a fair test needs in each of its two groups."""
        experiment = self.figures.facts.sections["experiment"]
        found = {one.segment_id: one for one in experiment.segments} if experiment else {}
        one = found.get(segment.segment_id)
        plan = one.plan if one else None
        if experiment is None or plan is None or plan.arm_size is None:
            return self.words.text("pages_experiment_unknown")
        key = "pages_experiment" if plan.state == "feasible" else "pages_experiment_small"
        return self.words.text(
            key,
            effect=self.numbers.short_percent(experiment.effect),
            arm=self.numbers.integer(plan.arm_size),
            rate=self.numbers.percent(plan.base_rate),
        )
