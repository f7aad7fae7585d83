"""What a section of the report consists of, whatever it is written in: Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.report.figures import Figures


@dataclass(frozen=True)
class Heading:
    """A heading below that of the section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; a small one is a remark."""

    kind: ClassVar[str] = "paragraph"
    text: str
    is_small: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Pictures:
    """Charts by name, side by side where there is room; one that was not drawn is left out."""

    kind: ClassVar[str] = "pictures"
    names: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table; the first `text_columns` are aligned left. The last row may be a total."""

    kind: ClassVar[str] = "table"
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1
    has_total: bool = False
    marked_row: int | None = None


Block = Heading | Paragraph | Bullets | Pictures | Table


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
