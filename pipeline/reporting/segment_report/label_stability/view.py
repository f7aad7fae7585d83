"""How sure a label is, in words and a table."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Paragraph, Pictures, Table
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.label_stability.charts import LabelStabilityCharts
from pipeline.reporting.segment_report.label_stability.disclosure import told_label_stability
from pipeline.reporting.segment_report.label_stability.facts import (
    Agreement,
    LabelStability,
    gather_label_stability,
)
from pipeline.reporting.segment_report.section import Section, Store

_MOST = 0.8


class View(Section):
    """Writes who gets a segment, how soon it is the final one, and who lies between two."""

    key = "label_stability"
    own: LabelStability

    @classmethod
    def gather(cls, store: Store, /) -> LabelStability:
        """Return how sure labels are."""
        return gather_label_stability(store.connection, store.parts)

    @classmethod
    def disclose(cls, exact: LabelStability, store: Store, /) -> LabelStability:
        """Return them without what may not be shown."""
        return told_label_stability(exact, store.parts, store.policy)

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        return {"label_stability": LabelStabilityCharts(self.figures).curve()}

    def blocks(self) -> list[Block]:
        """Return the section."""
        return [
            self.heading("threshold"),
            self._threshold(),
            self.heading("curve"),
            *self._curve(self.own),
            self.heading("between"),
            *self._between(self.own),
        ]

    def _threshold(self) -> Block:
        least = self.facts.min_events
        step = self.numbers.short_percent(round(1 / least, 3))
        reason = self.text("threshold_text", min_events=least, step=step)
        return Paragraph(f"{reason} {self._below()}")

    def _below(self) -> str:
        groups = [
            group for group in self.facts.audience.unsegmented if group.reason == "too_few_events"
        ]
        if not groups:
            return self.text("below_none")
        below = groups[0]
        if below.user_count is None:
            return self.text("below_small", minimum=self.facts.min_group_size)
        return self.text(
            "below" if below.revenue_share is not None else "below_few",
            customers=self.figures.people(below.user_count),
            share=self.numbers.percent(below.user_share),
            revenue=self.numbers.percent(below.revenue_share),
        )

    def _curve(self, label_stability: LabelStability) -> list[Block]:
        if not label_stability.agreements:
            return [self.paragraph("curve_missing")]
        sentences = [self._soon(label_stability)]
        point = label_stability.at(self.facts.min_events)
        if point:
            sentences.insert(0, self._at_threshold(label_stability, point))
            if point.share < 0.5:
                history = self.numbers.integer(label_stability.history_event_count)
                sentences.append(self.text("low", history=history))
            elif point.share >= _MOST:
                sentences.append(self.text("high"))
        most = label_stability.first_reaching(_MOST)
        if most is not None and most > self.facts.min_events:
            sentences.append(self.text("advice", events=most))
        return [Paragraph(" ".join(sentences)), Pictures(("label_stability",))]

    def _at_threshold(self, label_stability: LabelStability, point: Agreement) -> str:
        percent = self.numbers.percent
        is_exact = point.event_count == self.facts.min_events
        return self.text(
            "curve_text" if is_exact else "curve_before",
            count=self.numbers.integer(point.user_count),
            history=self.numbers.integer(label_stability.history_event_count),
            min_events=self.facts.min_events,
            event_count=point.event_count,
            share=percent(point.share),
            lower=percent(point.lower),
            upper=percent(point.upper),
        )

    def _soon(self, label_stability: LabelStability) -> str:
        half, most = label_stability.first_reaching(0.5), label_stability.first_reaching(_MOST)
        if half is None:
            return self.text("never")
        return self.text("half" if most is None else "most", half=half, most=most)

    def _between(self, label_stability: LabelStability) -> list[Block]:
        audience, bound = self.facts.audience, self.facts.between_confidence
        values = {
            "confidence": self.numbers.short(bound),
            "nearer": self.numbers.short_percent(bound),
            "minimum": self.facts.min_group_size,
        }
        if audience.between.count is None:
            key = "between_small" if audience.between.is_exact else "between_untold"
            return [self.paragraph(key, **values)]
        if not audience.between.count:
            return [self.paragraph("between_none", **values)]
        text = self.paragraph(
            "between_text",
            customers=self.figures.total(audience.between),
            share=self.numbers.percent(audience.between_share),
            **values,
        )
        blocks: list[Block] = [text, self._between_table(label_stability)]
        if any(one.user_count is None for one in label_stability.between):
            blocks.append(self.hidden())
        return blocks

    def _between_table(self, label_stability: LabelStability) -> Table:
        found = {one.segment_id: one for one in label_stability.between}
        rows = tuple(
            (
                self.figures.name(segment),
                self.numbers.integer(found[segment.segment_id].user_count),
                self.numbers.percent(found[segment.segment_id].user_share),
            )
            for segment in self.facts.segments
            if segment.segment_id in found
        )
        return Table(self.headings("between_count", "between_share"), rows)
