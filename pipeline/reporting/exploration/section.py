"""What every section of the exploration has: its facts in one language, as blocks and as pictures.

The same as in the report on segments: a folder with this class as `View` in its module `view`, its
facts beside it, its texts in a catalogue for each language, and its name in the list of `sections`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import duckdb

from pipeline.reporting.exploration.explored_file import ExploredFile
from pipeline.reporting.kit.blocks import Block, Heading, Paragraph
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.kit.svg import Chart


@dataclass(frozen=True)
class Rows:
    """What a section gathers its facts from: the compact copy of all rows, behind a connection.

    `users` are the users with any event (key `all`) and with one of each type; `sections` are the
    facts of the sections before, by their keys.
    """

    connection: duckdb.DuckDBPyConnection
    files: tuple[ExploredFile, ...]
    row_count: int
    min_group_size: int
    users: Mapping[str, int]
    sections: Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """All that the exploration says, before any word. Nothing in it names a user or a session."""

    is_synthetic: bool
    min_group_size: int
    row_count: int
    user_count: int | None
    sections: Mapping[str, Any]


class Section:
    """One section; `needs_rows` leaves it out where the files hold no row."""

    key: ClassVar[str]
    needs_rows: ClassVar[bool] = True

    def __init__(self, facts: Facts, words: Catalogue, numbers: NumberFormat) -> None:
        self.facts, self.words, self.numbers = facts, words, numbers
        self.own: Any = facts.sections[self.key]
        self.note = words.text("synthetic_short") if facts.is_synthetic else ""

    @classmethod
    def gather(cls, rows: Rows, /) -> Any:
        """Return the facts of this section, without what is that of few people."""
        raise NotImplementedError

    @classmethod
    def data(cls, own: Any, /) -> dict[str, Any]:
        """Return the facts as keys of the JSON file; see docs/json.md."""
        return {cls.key: asdict(own)}

    def blocks(self) -> list[Block]:
        """Return what the section says, from top to bottom."""
        raise NotImplementedError

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures by name; one with nothing to show is None."""
        return {}

    def text(self, key: str, /, **values: object) -> str:
        """Return one text of the exploration."""
        return self.words.text(key, **values)

    def texts(self, keys: str) -> tuple[str, ...]:
        """Return several texts, such as the headings of a table."""
        return tuple(map(self.words.text, keys.split()))

    def paragraph(self, key: str, /, **values: object) -> Paragraph:
        """Return one text as a paragraph."""
        return Paragraph(self.text(key, **values))

    def remark(self, key: str, /, **values: object) -> Paragraph:
        """Return one text as a remark."""
        return Paragraph(self.text(key, **values), is_small=True)

    @staticmethod
    def remark_of(text: str) -> Paragraph:
        """Return a sentence as a remark."""
        return Paragraph(text, is_small=True)

    def heading(self, key: str) -> Heading:
        """Return one text as a heading."""
        return Heading(self.text(key))

    def people(self, count: int | None) -> str:
        """Return a number of people, or that they are too few to be counted."""
        if count is None:
            return self.text("too_few", minimum=self.facts.min_group_size)
        return self.numbers.integer(count)

    def counted(self, name: str, count: int, total: int) -> tuple[str, str, str]:
        """Return a row of a table: what is counted, how many, and their share."""
        return name, self.numbers.integer(count), self.numbers.percent(share(count, total))


def share(part: float, whole: float) -> float:
    """Return part / whole, and 0 of nothing."""
    return part / whole if whole else 0.0


def shown(count: int, minimum: int) -> int | None:
    """Return a number of people; None for a group that is too small to be counted."""
    return None if 0 < count < minimum else count
