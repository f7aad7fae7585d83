"""The two files that people read: a page that asks for no other file, and Markdown."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel.numbers import get_decimal_symbol
from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.document import Document
from pipeline.reporting.kit.svg import Chart, chart_style

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


def as_page(document: Document, charts: Mapping[str, Chart]) -> str:
    """Return a report as one HTML file that asks for no other.

    Its policy allows one style and one script, those that it holds, by their hashes: nothing that
    a file of events brought along could run.

    Parameters
    ----------
    document : Document
    charts : mapping of str to Chart
        Those that were drawn, by name.
    """
    style, script = chart_style() + _stored("style.css"), _stored("page.js")
    return _HTML.get_template("document.html.j2").render(
        document=document,
        charts=charts,
        words=Catalogue(document.language, "page"),
        decimal=get_decimal_symbol(document.language),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'",
    )


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
        document=document, charts=charts, sources=pictures, m=_as_it_is, e=_exact, table=_table
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


@cache
def _stored(name: str) -> str:
    path = files("pipeline.reporting.kit") / "templates" / name
    return path.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return what a policy names a text by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _exact(text: str) -> str:
    """Return a number as it is: nothing in Markdown shows it when a pointer rests there."""
    return str(getattr(text, "exact", text))


def _as_it_is(text: str) -> str:
    """Return text that Markdown shows as it is."""
    # A line that ends within a name would begin another block.
    return _MARKDOWN_MARKS.sub(r"\\\1", re.sub(r"[\r\n\v\f]+", " ", str(text)))


def _table(table: Table) -> str:
    marks = [":--" if place < table.text_columns else "--:" for place in range(len(table.headings))]
    lines = [[_as_it_is(_exact(cell)) for cell in row] for row in (table.headings, *table.rows)]
    if table.has_total:
        lines[-1] = [_bold(cell) for cell in lines[-1]]
    if table.marked_row is not None:
        place = table.marked_row + 1
        lines[place] = [_bold(cell) for cell in lines[place]]
    rows = [lines[0], marks, *lines[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _bold(cell: str) -> str:
    return f"**{cell}**" if cell else ""
