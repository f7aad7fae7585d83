"""What a section of the report consists of, whatever it is written in: Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
    is_strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """One chart by name, over the whole width; one that was not drawn is left out."""

    kind: ClassVar[str] = "picture"
    name: str


@dataclass(frozen=True)
class Pictures:
    """Charts by name, side by side where there is room; one that was not drawn is left out."""

    kind: ClassVar[str] = "pictures"
    names: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table; the first `text_columns` are aligned left. The last row may be a total.

    One that repeats exactly what stands above it in short is folded.
    """

    kind: ClassVar[str] = "table"
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1
    has_total: bool = False
    marked_row: int | None = None
    is_folded: bool = False


@dataclass(frozen=True)
class Card:
    """One thing of several, such as a segment: what it is, and what to do about it.

    What is empty is left out; a list with a heading and without items says `no_items`. `figures`
    are labels with their values. `colour` is a class of the style, and `link` the key of the part
    that says more, with `link_text`.
    """

    title: str
    colour: str
    lead: str
    action_heading: str
    action: str
    link: str = ""
    link_text: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    list_heading: str = ""
    items: tuple[str, ...] = ()
    no_items: str = ""
    rule_heading: str = ""
    rule: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Cards:
    """Cards side by side."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Tile:
    """One figure that is read first: what it is, and how it changed."""

    value: str
    label: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tiles:
    """Figures side by side."""

    kind: ClassVar[str] = "tiles"
    tiles: tuple[Tile, ...]


Block = Heading | Paragraph | Bullets | Picture | Pictures | Table | Cards | Tiles
