"""The exploration in one language, as a document of its sections; and its pictures."""

from __future__ import annotations

from pipeline.reporting.exploration.section import Facts, Section
from pipeline.reporting.exploration.sections import CHAPTERS, section_in
from pipeline.reporting.exploration.summary import summary
from pipeline.reporting.kit.blocks import Bullets, Paragraph
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.document import Chapter, Document, Part
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.kit.svg import Chart


class Exploration:
    """Writes all sections in one language.

    Parameters
    ----------
    facts : Facts
    language : str
    """

    def __init__(self, facts: Facts, language: str) -> None:
        self.facts = facts
        self.words, self.numbers = Catalogue(language, "exploration"), NumberFormat(language)

    def charts(self) -> dict[str, Chart]:
        """Return the pictures of all sections by name; one with nothing to show is left out."""
        found = [self._section(folder) for chapter in CHAPTERS for folder in chapter.folders]
        drawn = [section.charts() for section in found if self._has_to_say(section)]
        return {name: chart for charts in drawn for name, chart in charts.items() if chart}

    def document(self) -> Document:
        """Return the exploration; without rows, only what is known of the files."""
        text = self.words.text
        return Document(
            language=self.words.language,
            title=text("title"),
            notice=text("synthetic") if self.facts.is_synthetic else "",
            lead=text("introduction", minimum=self.facts.min_group_size),
            chapters=(self._in_brief(), *self._chapters()),
        )

    def _in_brief(self) -> Chapter:
        sentences = summary(self.facts, self.words, self.numbers)
        block = Bullets(tuple(sentences))
        if not sentences:
            block = Paragraph(self.words.text("no_rows"), is_strong=True)  # type: ignore[assignment]
        part = Part("in_brief", "", (block,))
        return Chapter("chapter_brief", self.words.text("in_brief"), (part,))

    def _chapters(self) -> list[Chapter]:
        found = []
        for plan in CHAPTERS:
            parts = [self._part(self._section(folder)) for folder in plan.folders]
            told = tuple(part for part in parts if part is not None)
            if told:
                found.append(Chapter(plan.key, self.words.text(plan.key), told))
        return found

    def _part(self, section: Section) -> Part | None:
        blocks = section.blocks() if self._has_to_say(section) else []
        return Part(section.key, self.words.text(section.key), tuple(blocks)) if blocks else None

    def _section(self, folder: str) -> Section:
        return section_in(folder)(self.facts, self.words, self.numbers)

    def _has_to_say(self, section: Section) -> bool:
        return bool(self.facts.row_count) or not section.needs_rows
