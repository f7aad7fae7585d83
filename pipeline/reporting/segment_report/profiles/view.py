"""The segments side by side, and each by itself."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Card, Cards, Paragraph, Table
from pipeline.reporting.kit.svg import segment_colour
from pipeline.reporting.segment_report.pages.view import page_key
from pipeline.reporting.segment_report.profiles.facts import Segment
from pipeline.reporting.segment_report.section import Section

_GREY = "plain"


class View(Section):
    """Writes what the segments are, and what to do about each."""

    key = "segments"

    def blocks(self) -> list[Block]:
        """Return the section."""
        return [
            Paragraph(self.words.text("segments_lead")),
            self._table(),
            *(Paragraph(note, is_small=True) for note in self._rounding()),
            Cards(tuple(self._card(at, one) for at, one in enumerate(self.facts.segments))),
            Paragraph(self.words.text("traits_note"), is_small=True),
        ]

    def _card(self, place: int, segment: Segment) -> Card:
        words, language = self.words, self.words.language
        rule, told = segment.rules.get(language), not segment.is_small
        return Card(
            title=self.figures.name(segment),
            colour=_GREY if segment.is_small else segment_colour(place),
            lead=self.figures.headline(segment),
            link=page_key(segment) if told else "",
            link_text=words.text("segments_open", name=self.figures.name(segment)),
            figures=self._key_figures(segment) if told else (),
            list_heading=words.text("traits") if told else "",
            items=tuple(self.figures.trait(one) for one in segment.traits),
            no_items=words.text("no_traits"),
            rule_heading=words.text("rule"),
            rule=rule or "",
            action_heading=words.text("action"),
            action=segment.actions[language],
            remark=self.figures.response(segment) if told else "",
        )

    def _key_figures(self, segment: Segment) -> tuple[tuple[str, str], ...]:
        found = [("customers", self.figures.short_people(segment.user_count))]
        if segment.lift is not None:
            found.append(("lift", self.figures.lift(segment)))
        if segment.buyer_rate is not None:
            found.append(("buyer_rate", self.numbers.percent(segment.buyer_rate)))
        return tuple((self.words.text(key), value) for key, value in found)

    def _table(self) -> Table:
        """Return all segments side by side."""
        keys = (
            "segment",
            "customers",
            "customer_share",
            "revenue",
            "revenue_share",
            "lift",
            "buyer_rate",
            "revenue_per_customer",
        )
        rows = [*(self._segment(one) for one in self.facts.segments), self._labelled()]
        return Table(tuple(map(self.words.text, keys)), tuple(rows), has_total=True)

    def _segment(self, segment: Segment) -> tuple[str, ...]:
        figures = self.figures
        return (
            figures.name(segment),
            figures.people(segment.user_count),
            self.numbers.percent(segment.user_share),
            figures.part_money(segment.revenue),
            self.numbers.percent(segment.revenue_share),
            figures.lift(segment),
            self.numbers.percent(segment.buyer_rate),
            figures.part_money(segment.revenue_per_user),
        )

    def _labelled(self) -> tuple[str, ...]:
        labelled, percent = self.facts.audience.labelled, self.numbers.percent
        is_told = labelled.user_count.count is not None
        return (
            self.words.text("all_labelled"),
            self.figures.total(labelled.user_count),
            percent(1.0 if is_told else None),
            self.figures.part_money(labelled.revenue),
            percent(None if labelled.revenue is None else 1.0),
            self.numbers.decimal(1.0 if labelled.revenue else None),
            percent(labelled.buyer_rate),
            self.figures.part_money(labelled.revenue_per_user),
        )

    def _rounding(self) -> list[str]:
        """Return what is rounded to protect a small group; empty when nothing is."""
        minimum, audience = self.facts.min_group_size, self.facts.audience
        notes = []
        if audience.is_tiny:
            notes.append(self.words.text("tiny_store", minimum=minimum))
        if audience.is_coarse:
            notes.append(self.words.text("rounded_people", minimum=minimum))
        if audience.is_money_coarse:
            notes.append(self.words.text("rounded_revenue", minimum=minimum))
        return notes
