"""A report as its readers see it: texts, each with the place where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = {
    *("h1", "h2", "h3", "h4", "h5", "p", "li", "th", "td", "dt", "dd", "figcaption", "a", "title"),
}


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
            section, heading = "", ""
        elif line.startswith("### "):
            section, heading = _plain(line[4:]), ""
        elif line.startswith("#### "):
            heading = _plain(line[5:])
        elif line.strip():
            places.append(Place(section, heading, _plain(line)))
    return places


def _plain(line: str) -> str:
    line = re.sub(r"^!\[(.*)\]\([^)]*\)$", r"\1", line.strip())
    line = re.sub(r"^(#+|-|>) ", "", line)
    line = re.sub(r"(?<!\\)\*", "", line)
    return " ".join(re.sub(r"\\(.)", r"\1", line).replace("\u00a0", " ").split())


class _Page(HTMLParser):
    """Reads what stands in blocks; a short number is read twice, as it is and as the exact one."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self.section = self.heading = self.term = ""
        self.block = self.exact = ""
        self.text: list[tuple[str, str]] = []  # as printed, and exactly
        self.rows: list[list[tuple[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag == "svg":
            self._add(dict(attrs)["aria-label"] or "")
        if tag == "abbr":
            self.exact = dict(attrs)["title"] or ""
        if tag in _BLOCKS and not (tag == "a" and self.block):
            self.block, self.text = tag, []

    def handle_data(self, data: str) -> None:
        if self.block:
            self.text.append((data, self.exact or data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "abbr":
            self.exact = ""
        if tag == "table":
            for which in range(2):
                rows = [[cell[which] for cell in row] for row in self.rows]
                # The headings tell the places of the exact figures, too.
                found = _cells(self.section, self.heading, rows)
                self.places += [one for one in found if which == 0 or one not in self.places]
            self.rows = []
        if tag != self.block:
            return
        printed, exact = (_joined(part[which] for part in self.text) for which in range(2))
        self.block = ""
        if tag in ("td", "th"):
            self.rows[-1].append((printed, exact))
        elif tag in ("h2", "h3"):
            self.section, self.heading = printed if tag == "h3" else "", ""
        elif tag == "h4":
            self.heading = printed
        elif tag == "dt":
            self.term = printed
        else:
            for text in dict.fromkeys((printed, exact)):
                self._add(text, is_term=tag == "dd")

    def _add(self, text: str, *, is_term: bool = False) -> None:
        where = (self.heading, self.term) if is_term else ("", "")
        self.places.append(Place(self.section, self.heading, text, *where))


def _joined(texts: Iterable[str]) -> str:
    return " ".join("".join(texts).replace("\u00a0", " ").split())


def read_page(text: str) -> list[Place]:
    """Return the texts of a report that is one HTML file, from top to bottom."""
    page = _Page()
    page.feed(text)
    return page.places
