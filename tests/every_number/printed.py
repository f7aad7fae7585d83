"""A report as its readers see it: texts, each with the place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "th", "td", "dt", "dd", "figcaption", "a", "title"}


@dataclass(frozen=True)
class Place:
    """One text: below which headings, and in which row and column if it is a cell."""

    section: str
    heading: str
    text: str
    row: str = ""
    column: str = ""


def _numbered(headings: list[str]) -> list[str]:
    """Tell columns of one name apart: "Lift", "Lift #2"."""
    seen: Counter[str] = Counter()
    found = []
    for heading in headings:
        seen[heading] += 1
        found.append(heading if seen[heading] == 1 else f"{heading} #{seen[heading]}")
    return found


def _cells(section: str, heading: str, rows: list[list[str]]) -> list[Place]:
    columns = _numbered(rows[0])
    places = [Place(section, heading, text) for text in rows[0]]
    for row in rows[1:]:
        cells = zip(columns, row, strict=True)
        places += [Place(section, heading, text, row[0], column) for column, text in cells]
    return places


def read_markdown(text: str) -> list[Place]:
    """Return the texts of a report in Markdown, from top to bottom."""
    section, heading, rows, places = "", "", [], []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            cells = re.split(r"(?<!\\)\|", line[1:-1])
            rows.append([_plain(cell) for cell in cells])
            continue
        if rows:
            places += _cells(section, heading, [rows[0], *rows[2:]])
            rows = []
        if line.startswith("## "):
            section, heading = _plain(line[3:]), ""
        elif line.startswith("### "):
            heading = _plain(line[4:])
        elif line.strip():
            places.append(Place(section, heading, _plain(line)))
    return places


def _plain(line: str) -> str:
    line = re.sub(r"^!\[(.*)\]\([^)]*\)$", r"\1", line.strip())
    line = re.sub(r"^(#+|-|>) ", "", line)
    line = re.sub(r"(?<!\\)\*", "", line)
    return " ".join(re.sub(r"\\(.)", r"\1", line).replace("\u00a0", " ").split())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.section = self.heading = self.term = ""
        self.text: list[str] | None = None
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag == "img":
            self._add(dict(attrs)["alt"] or "")
        if tag in _BLOCKS:
            self.text = []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.places += _cells(self.section, self.heading, self.rows)
            self.rows = []
        if tag not in _BLOCKS or self.text is None:
            return
        text, self.text = " ".join("".join(self.text).replace("\u00a0", " ").split()), None
        if tag in ("td", "th"):
            self.rows[-1].append(text)
        elif tag == "h2":
            self.section, self.heading = text, ""
        elif tag == "h3":
            self.heading = text
        elif tag == "dt":
            self.term = text
        elif tag == "dd":
            self.places.append(Place(self.section, self.heading, text, self.heading, self.term))
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        self.places.append(Place(self.section, self.heading, text))


def read_page(text: str) -> list[Place]:
    """Return the texts of a report that is one HTML file, from top to bottom."""
    page = _Page()
    page.feed(text)
    return page.places
