"""A whole report as plain data: chapters of parts, each of which says something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pipeline.reporting.kit.blocks import Block


class Display(Enum):
    """How a part appears: at once, folded until it is opened, or as a page of its own."""

    OPEN = "open"
    FOLDED = "folded"
    PAGE = "page"


@dataclass(frozen=True)
class Part:
    """One section: its place in the page, its heading, and what it says from top to bottom."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    display: Display = Display.OPEN
    colour: str = ""


@dataclass(frozen=True)
class Chapter:
    """Parts that are read together, below one heading; without a title there is none."""

    key: str
    title: str
    parts: tuple[Part, ...]
    lead: str = ""


@dataclass(frozen=True)
class Document:
    """What a report consists of, in one language; what is empty is left out.

    `notice` stands above everything, `tiles` are figures with their labels, and `links` lead to
    files beside it, by what they are called. The page has links
    to the chapters that have a title.
    """

    language: str
    title: str
    chapters: tuple[Chapter, ...]
    window_title: str = ""
    notice: str = ""
    lead: str = ""
    tiles: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    links: tuple[tuple[str, str], ...] = ()
