"""A stand-in for dbt's `adapter`: macros are linted as DuckDB gets them."""

from collections.abc import Callable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str) -> Callable[..., Any]:
    """Return DuckDB's macro of a name."""
    return context.resolve(f"duckdb__{name}")
