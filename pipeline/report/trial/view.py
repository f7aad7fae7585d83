"""What a fair test needs, in words and a table."""

from __future__ import annotations

from pipeline.number_format import NOTHING
from pipeline.report.blocks import Block, SectionView, Table
from pipeline.report.trial.facts import SegmentTrial, Trial


class TrialView(SectionView):
    """Writes how large a test has to be, segment by segment."""

    key = "trial"

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where no response was measured."""
        trial = self.facts.trial
        if trial is None:
            return [self.paragraph("missing")]
        effect = self.numbers.short_percent(trial.effect)
        moment = self.numbers.date(trial.moment)
        return [
            self.paragraph("lead", effect=effect, moment=moment),
            self._table(trial),
            self._enough(trial, effect),
            self.remark("note"),
        ]

    def _enough(self, trial: Trial, effect: str) -> Block:
        names = [
            self.figures.name_of(one.segment_id)
            for one in self._ordered(trial)
            if one.plan and one.plan.state == "feasible"
        ]
        states = {one.plan.state if one.plan else None for one in trial.segments}
        if states == {"nobody_responds"}:
            return self.paragraph("nobody", moment=self.numbers.date(trial.moment))
        if not names:
            return self.paragraph("none", effect=effect)
        return self.paragraph("some", effect=effect, names=", ".join(names))

    def _ordered(self, trial: Trial) -> list[SegmentTrial]:
        found = {one.segment_id: one for one in trial.segments}
        return [found[one.segment_id] for one in self.facts.segments if one.segment_id in found]

    def _table(self, trial: Trial) -> Table:
        headings = list(self.headings("base", "arm", "detectable", "enough"))
        headings.insert(1, self.words.text("customers"))
        return Table(tuple(headings), tuple(self._row(one) for one in self._ordered(trial)))

    def _row(self, one: SegmentTrial) -> tuple[str, ...]:
        name, plan = self.figures.name_of(one.segment_id), one.plan
        segment = next(at for at in self.facts.segments if at.segment_id == one.segment_id)
        customers = self.figures.people(segment.user_count)
        if plan is None:
            return name, customers, NOTHING, NOTHING, NOTHING, self.text("hidden")
        effect = plan.detectable_effect
        return (
            name,
            customers,
            self.numbers.percent(plan.base_rate),
            self.numbers.integer(plan.arm_size),
            NOTHING if effect is None else "+" + self.numbers.short_percent(round(effect, 2)),
            self.text(plan.state),
        )
