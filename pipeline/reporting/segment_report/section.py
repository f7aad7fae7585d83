"""What every section of the report has: its facts in one language, as blocks and as pictures."""

from __future__ import annotations

from typing import ClassVar

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph
from pipeline.reporting.segment_report.figures import Figures


class SectionView:
    """Writes the facts of one section in one language.

    `key` is the text with the heading of the section; its other texts begin with it.
    """

    key: ClassVar[str]

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers

    def blocks(self) -> list[Block]:
        """Return what the section says, from top to bottom."""
        raise NotImplementedError

    def text(self, key: str, /, **values: object) -> str:
        """Return one text of the section."""
        return self.words.text(f"{self.key}_{key}", **values)

    def paragraph(self, key: str, /, **values: object) -> Paragraph:
        """Return one text of the section as a paragraph."""
        return Paragraph(self.text(key, **values))

    def remark(self, key: str, /, **values: object) -> Paragraph:
        """Return one text of the section as a remark."""
        return Paragraph(self.text(key, **values), is_small=True)

    def hidden(self, **values: object) -> Paragraph:
        """Say what is hidden: more in public than inside the company."""
        key = "hidden_public" if self.facts.policy.is_public else "hidden"
        return self.remark(key, minimum=self.facts.min_group_size, **values)

    def heading(self, key: str) -> Heading:
        """Return one heading of the section."""
        return Heading(self.text(key))

    def headings(self, *keys: str) -> tuple[str, ...]:
        """Return the headings of a table whose rows are segments."""
        return (self.words.text("segment"), *(self.text(key) for key in keys))


class Drawing:
    """What every set of charts needs: the figures in one language, and how axes are written."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers
        self.note = self.words.text("synthetic_short") if self.facts.is_synthetic else ""

    def percent_tick(self, value: float, _: int) -> str:
        """Return the label of a tick on an axis of shares."""
        return self.numbers.short_percent(round(value, 6))

    def plain_tick(self, value: float, _: int) -> str:
        """Return the label of a tick on any other axis."""
        return self.numbers.short(round(value, 6)).replace("-", "\u2212")
