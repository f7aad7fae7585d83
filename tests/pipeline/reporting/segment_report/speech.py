"""What a section says: its sentences and its table, as a reader sees them."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Bullets, Paragraph, Table
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.segment_report.document import sections
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.figures import Figures

LANGUAGES = ("en", "fr")


def figures_in(facts: Facts, language: str = "en") -> Figures:
    return Figures(facts, Catalogue(language, "report"), NumberFormat(language))


def blocks(facts: Facts, key: str, language: str = "en") -> list[Block]:
    return sections(figures_in(facts, language))[key].blocks()


def said(found: list[Block]) -> str:
    """Return all sentences, with plain spaces."""
    parts = [
        text
        for block in found
        if isinstance(block, Paragraph | Bullets)
        for text in (block.items if isinstance(block, Bullets) else (block.text,))
    ]
    return plain(" ".join(parts))


def table(found: list[Block], place: int = 0) -> Table:
    return [block for block in found if isinstance(block, Table)][place]


def rows(found: list[Block], place: int = 0) -> list[tuple[str, ...]]:
    """Return the rows of one table, the first by default, with plain spaces."""
    return [tuple(map(plain, row)) for row in table(found, place).rows]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
