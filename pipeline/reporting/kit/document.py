"""A whole report as plain data, and the two files that people read: Markdown and HTML."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.reporting.kit.blocks import Block, Table
from pipeline.reporting.kit.chart_files import Chart

_OPTIONS = {
    "loader": PackageLoader("pipeline.reporting.kit"),
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}
_HTML = Environment(autoescape=True, **_OPTIONS)  # type: ignore[arg-type]
_MARKDOWN = Environment(autoescape=False, **_OPTIONS)  # type: ignore[arg-type]
_MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True)
class Part:
    """One section: its place in the page, its heading, and what it says from top to bottom."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """What a report consists of, in one language; what is empty is left out.

    `notice` stands above everything, `tiles` are figures with their labels, and with a
    `contents_label` the page has links to its parts.
    """

    language: str
    title: str
    parts: tuple[Part, ...]
    window_title: str = ""
    notice: str = ""
    lead: str = ""
    tiles: tuple[tuple[str, str], ...] = ()
    contents_label: str = ""
    footer: str = ""


def as_page(document: Document, charts: Mapping[str, Chart]) -> str:
    """Return a report as one HTML file that asks for no other.

    Parameters
    ----------
    document : Document
    charts : mapping of str to Chart
        Those that were drawn, by name.
    """
    sources = {
        name: "data:image/svg+xml;base64," + base64.b64encode(chart.svg).decode()
        for name, chart in charts.items()
    }
    template = _HTML.get_template("document.html.j2")
    return template.render(document=document, charts=charts, sources=sources)


def as_markdown(
    document: Document, charts: Mapping[str, Chart], pictures: Mapping[str, str]
) -> str:
    """Return a report as Markdown.

    Parameters
    ----------
    document : Document
    charts : mapping of str to Chart
        Those that were drawn, by name.
    pictures : mapping of str to str
        Where each chart lies, relative to the report.
    """
    text = _MARKDOWN.get_template("document.md.j2").render(
        document=document, charts=charts, sources=pictures, m=_as_it_is, table=_table
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _as_it_is(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKDOWN_MARKS.sub(r"\\\1", " ".join(str(text).split(" ")))


def _table(table: Table) -> str:
    marks = [":--" if place < table.text_columns else "--:" for place in range(len(table.headings))]
    lines = [[_as_it_is(cell) for cell in row] for row in (table.headings, *table.rows)]
    if table.has_total:
        lines[-1] = [_bold(cell) for cell in lines[-1]]
    if table.marked_row is not None:
        place = table.marked_row + 1
        lines[place] = [_bold(cell) for cell in lines[place]]
    rows = [lines[0], marks, *lines[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _bold(cell: str) -> str:
    return f"**{cell}**" if cell else ""
