"""Every feature with its unit and meaning."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Paragraph, Table
from pipeline.reporting.segment_report.features import OTHER_FEATURES, in_order
from pipeline.reporting.segment_report.section import Section


class View(Section):
    """Writes what the features mean."""

    key = "glossary"

    def blocks(self) -> list[Block]:
        """Return the section."""
        as_of = self.numbers.date(self.facts.as_of)
        return [Paragraph(self.words.text("glossary_lead", as_of=as_of)), self._features()]

    def _features(self) -> Table:
        profiled = {name for segment in self.facts.segments for name in segment.deviations}
        rows = []
        for name in (*in_order(profiled), *OTHER_FEATURES):
            label, unit, meaning = self.words.entry(name)
            rows.append((label, meaning, unit, name))
        keys = ("feature", "meaning", "unit", "name_in_data")
        return Table(tuple(map(self.words.text, keys)), tuple(rows), text_columns=4)
