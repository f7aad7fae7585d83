"""What every section of the report has: its facts in one language, as blocks and as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import duckdb

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.document import Display, Part
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.audience import Parts
from pipeline.reporting.segment_report.figures import Figures


@dataclass(frozen=True)
class Store:
    """What a section gathers its facts from.

    `sections` are the exact facts of the sections before it, by their keys; `policy` says what may
    be shown.
    """

    connection: duckdb.DuckDBPyConnection
    parts: Parts
    policy: Policy
    sections: Mapping[str, Any]


class Section:
    """One section: what it reads, what of that may be shown, and what it says in one language.

    `key` is the text with the heading of the section; its other texts begin with it. A folder with
    this class as `SECTION` in its module `view`, with its texts in a catalogue for each language,
    and its name in the list of `sections`, is a section of the report.
    """

    key: ClassVar[str]

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers
        self.own: Any = self.facts.sections.get(self.key)

    @classmethod
    def gather(cls, _: Store, /) -> Any:
        """Return the exact facts that are of this section alone; None where there are none."""
        return None

    @classmethod
    def disclose(cls, exact: Any, _: Store, /) -> Any:
        """Return what of the exact facts may be shown."""
        return exact

    def blocks(self) -> list[Block]:
        """Return what the section says, from top to bottom."""
        raise NotImplementedError

    def parts(self, *, is_folded: bool) -> list[Part]:
        """Return the section as a part of its chapter, or as several."""
        display = Display.FOLDED if is_folded else Display.OPEN
        return [Part(self.key, self.words.text(self.key), tuple(self.blocks()), display)]

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures by name; one with nothing to show is None."""
        return {}

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
