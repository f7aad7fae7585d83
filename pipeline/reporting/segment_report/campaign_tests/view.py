"""What a fair test needs, in words and tables."""

from __future__ import annotations

from math import ceil

from pipeline.reporting.kit.blocks import Block, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.campaign_tests.disclosure import told_experiments
from pipeline.reporting.segment_report.campaign_tests.facts import (
    Experiments,
    Plan,
    SegmentExperiment,
    gather_experiments,
)
from pipeline.reporting.segment_report.section import Section, Store

_LARGEST_EFFECT = 9.0


class View(Section):
    """Writes how large a test has to be, and what to do where a segment is too small for one."""

    key = "experiment"
    own: Experiments | None

    @classmethod
    def gather(cls, store: Store, /) -> Experiments | None:
        """Return how large a fair test in each segment is."""
        return gather_experiments(store.connection)

    @classmethod
    def disclose(cls, exact: Experiments | None, store: Store, /) -> Experiments | None:
        """Return them without what may not be shown."""
        return told_experiments(exact, store.policy) if exact else None

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where no response was measured."""
        experiment = self.own
        if experiment is None:
            return [self.paragraph("missing")]
        values = {
            "effect": self.numbers.short_percent(experiment.effect),
            "snapshot_date": self.numbers.date(experiment.snapshot_date),
        }
        blocks: list[Block] = [self.paragraph("lead", **values), self._table(experiment)]
        if {one.plan.state if one.plan else None for one in experiment.segments} == {
            "nobody_responds"
        }:
            blocks.append(self.paragraph("nobody", **values))
        small = [one for one in self._ordered(experiment) if self._state(one) == "too_small"]
        if small:
            blocks.append(self.heading("small"))
            blocks += [*self._pooled(experiment), *self._alone(small)]
        return [*blocks, self.remark("note")]

    def _ordered(self, experiment: Experiments) -> list[SegmentExperiment]:
        found = {one.segment_id: one for one in experiment.segments}
        return [found[one.segment_id] for one in self.facts.segments if one.segment_id in found]

    def _state(self, one: SegmentExperiment) -> str:
        return one.plan.state if one.plan else "hidden"

    def _table(self, experiment: Experiments) -> Table:
        headings = list(self.headings("base", "arm", "how"))
        headings.insert(1, self.words.text("customers"))
        pool = experiment.pool
        pooled = pool.groups if pool and pool.plan.state == "feasible" else ()
        rows = tuple(self._row(one, one.segment_id in pooled) for one in self._ordered(experiment))
        return Table(tuple(headings), rows)

    def _row(self, one: SegmentExperiment, is_pooled: bool) -> tuple[str, ...]:
        name, plan = self.figures.name_of(one.segment_id), one.plan
        segment = next(at for at in self.facts.segments if at.segment_id == one.segment_id)
        customers = self.figures.people(segment.user_count)
        if plan is None:
            return name, customers, NOTHING, NOTHING, self.text("hidden")
        return (
            name,
            customers,
            self.numbers.percent(plan.base_rate),
            self.numbers.integer(plan.arm_size),
            self._how(one, plan, is_pooled),
        )

    def _how(self, one: SegmentExperiment, plan: Plan, is_pooled: bool) -> str:
        """Return the first way to test a segment that is open: alone, with others, longer, or what
        it can show alone."""
        window = one.window
        if plan.state != "too_small":
            return self.text(plan.state)
        if is_pooled:
            return self.text("with_others")
        if window and window.plan.state == "feasible":
            return self.text("in_months", months=window.months)
        effect = self._effect(plan)
        return (
            self.text("too_small") if effect == NOTHING else self.text("from_effect", effect=effect)
        )

    def _effect(self, plan: Plan) -> str:
        """Return the smallest effect that a test can show, as an increase, rounded up: what is
        less cannot be shown. No campaign makes ten of one."""
        if plan.detectable_effect is None or plan.detectable_effect > _LARGEST_EFFECT:
            return NOTHING
        percents = ceil(round(100 * plan.detectable_effect, 6))
        return "+" + self.numbers.short_percent(percents / 100)

    def _pooled(self, experiment: Experiments) -> list[Block]:
        pool = experiment.pool
        if pool is None:
            return []
        plan = pool.plan
        key = "together" if plan.state == "feasible" else "together_too_small"
        if self._effect(plan) == NOTHING:
            key = "together_nothing"
        values = {
            "effect": self.numbers.short_percent(experiment.effect),
            "names": self.words.text("separator").join(map(self.figures.name_of, pool.groups)),
            "customers": self.numbers.integer(plan.segment_size),
            "rate": self.numbers.percent(plan.base_rate),
            "arm": self.numbers.integer(plan.arm_size),
            "smallest": self._effect(plan),
        }
        return [self.paragraph(key, **values)]

    def _alone(self, small: list[SegmentExperiment]) -> list[Block]:
        """Return how long a test of each small segment takes, then what a month of it can show."""
        measured = any(one.window for one in small)
        text = self.paragraph("alone" if measured else "alone_unmeasured")
        headings = self.headings("months", "base_months", "arm", "detectable")
        rows = tuple(self._longer(one, one.plan) for one in small if one.plan)
        return [text, Table(headings, rows)]

    def _longer(self, one: SegmentExperiment, plan: Plan) -> tuple[str, ...]:
        name, window = self.figures.name_of(one.segment_id), one.window
        if window is None:
            return name, NOTHING, NOTHING, NOTHING, self._effect(plan)
        key = "months_enough" if window.plan.state == "feasible" else "months_too_few"
        rate = self.numbers.percent(window.plan.base_rate)
        return (
            name,
            self.text(key, months=window.months),
            self.text(
                "rate_from", rate=rate, snapshot_date=self.numbers.date(window.snapshot_date)
            ),
            self.numbers.integer(window.plan.arm_size),
            self._effect(plan),
        )
