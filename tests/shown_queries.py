"""The queries that the documentation shows, with what they answer for the demo.

`make queries` writes the answers again: `python -m tests.shown_queries PUBLISHED_FILE`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "queries.md")
_SHOWN = re.compile(r"```sql\n(.*?)\n```\n(?:\n```text\n(.*?)\n```\n)?", flags=re.DOTALL)


def shown_queries(page: Path) -> list[tuple[str, str]]:
    """Return every query of a page with the answer that is shown below it."""
    return _SHOWN.findall(page.read_text(encoding="utf-8"))


def answer(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Return the answer to a query as DuckDB draws it."""
    return str(connection.sql(query)).rstrip()


def with_answers(page: Path, connection: duckdb.DuckDBPyConnection) -> str:
    """Return a page with the answers that its queries have now."""

    def answered(found: re.Match[str]) -> str:
        query = found[1]
        return f"```sql\n{query}\n```\n\n```text\n{answer(connection, query)}\n```\n"

    return _SHOWN.sub(answered, page.read_text(encoding="utf-8"))


if __name__ == "__main__":
    with duckdb.connect(sys.argv[1], read_only=True) as marts:
        for each in PAGES:
            each.write_text(with_answers(each, marts), encoding="utf-8")
