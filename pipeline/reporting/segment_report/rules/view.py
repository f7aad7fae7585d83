"""The rules, in words and tables."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.profiles.facts import Segment
from pipeline.reporting.segment_report.rules.disclosure import told_rules
from pipeline.reporting.segment_report.rules.facts import Rules, SegmentRule, gather_rules
from pipeline.reporting.segment_report.section import Section, Store

_HEAVIEST = 3


class View(Section):
    """Writes the rules of the tree, and the features that set each segment apart."""

    key = "rules"
    own: Rules

    @classmethod
    def gather(cls, store: Store, /) -> Rules:
        """Return the rules of the segments."""
        return gather_rules(store.connection)

    @classmethod
    def disclose(cls, exact: Rules, store: Store, /) -> Rules:
        """Return them without what tells of few people."""
        return told_rules(exact, store.parts, store.policy)

    def blocks(self) -> list[Block]:
        """Return the section; one sentence for a model that has no rules."""
        rules = self.own
        return [*self._rules(rules), *self._importance(rules)]

    def _rules(self, rules: Rules) -> list[Block]:
        if not any(one.texts for one in rules.segments):
            return [self.paragraph("missing")]
        lead = (
            self.paragraph("lead_unmeasured")
            if rules.fidelity is None
            else self.paragraph("lead", fidelity=self.numbers.percent(rules.fidelity))
        )
        rows = tuple(self._rule(segment, one) for segment, one in self._ordered(rules))
        headings = self.headings("rule", "precision", "recall")
        note = "note_public" if self.facts.policy.is_public else "note"
        remark = self.remark(note, minimum=self.facts.min_group_size)
        return [lead, Table(headings, rows, text_columns=2), remark]

    def _ordered(self, rules: Rules) -> list[tuple[Segment, SegmentRule]]:
        found = {one.segment_id: one for one in rules.segments}
        return [
            (one, found[one.segment_id]) for one in self.facts.segments if one.segment_id in found
        ]

    def _rule(self, segment: Segment, one: SegmentRule) -> tuple[str, ...]:
        name = self.figures.name(segment)
        if segment.is_small:
            hidden = self.text("hidden", minimum=self.facts.min_group_size)
            return name, hidden, NOTHING, NOTHING
        percent = self.numbers.percent
        if not one.texts:
            return name, self.text("none"), NOTHING, NOTHING
        rule = one.texts[self.words.language]
        return name, rule, percent(one.precision), percent(one.recall)

    def _importance(self, rules: Rules) -> list[Block]:
        heading = self.heading("importance")
        if not any(one.importances for one in rules.segments):
            return [heading, self.paragraph("no_importance")]
        rows = tuple(
            (self.figures.name(segment), *self._weights(one))
            for segment, one in self._ordered(rules)
            if not segment.is_small
        )
        headings = self.headings("first", "second", "third")
        heaviest = Table(headings, rows, text_columns=4)
        text = self.paragraph("importance_text")
        return [heading, text, heaviest, self.heading("matrix"), *self._matrix(rules)]

    def _matrix(self, rules: Rules) -> list[Block]:
        """Return every feature as a row, every segment as a column."""
        shown = [
            (segment, dict(one.importances))
            for segment, one in self._ordered(rules)
            if not segment.is_small and one.importances
        ]
        names = [self.figures.name(segment) for segment, _ in shown]
        rows = tuple(
            (self.words.input(feature)[0], *(self._share(shares[feature]) for _, shares in shown))
            for feature in self.facts.model.feature_names
            if all(feature in shares for _, shares in shown)
        )
        return [self.paragraph("matrix_text"), Table((self.words.text("feature"), *names), rows)]

    def _share(self, share: float) -> str:
        return self.numbers.short_percent(round(share, 2))

    def _weights(self, one: SegmentRule) -> list[str]:
        weights = [
            self.text(
                "weight",
                feature=self.words.input(feature)[0],
                share=self._share(share),
            )
            for feature, share in one.importances[:_HEAVIEST]
        ]
        return weights + [NOTHING] * (_HEAVIEST - len(weights))
