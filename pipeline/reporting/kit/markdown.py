"""Pieces of Markdown that raw text cannot break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def code(text: str) -> str:
    """Return text from the files as a code span, safe inside a table.

    Examples
    --------
    >>> code("a|b`c")
    "`a\\\\|b'c`"
    """
    flat = " ".join(text.split()).replace("`", "'").replace("|", "\\|")
    return f"`{flat}`" if flat else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], texts: int = 1) -> str:
    r"""Return a table; the first `texts` columns are aligned left, the others right.

    Examples
    --------
    >>> print(table(["day", "events"], [["Monday", "12"]]))
    | day | events |
    | :-- | --: |
    | Monday | 12 |
    """
    marks = [":--" if place < texts else "--:" for place in range(len(headings))]
    lines = [headings, marks, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
