"""`--where`: an expression over published columns, and nothing else that SQL can do."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pipeline.runtime.errors import InputError

_LONGEST = 10_000
# What compares, combines and computes. Whatever is not listed is refused, so that a version of the
# parser that knows more cannot let more through: statements, queries, functions of files, of the
# environment, of the clock.
_ALLOWED = frozenset(
    {
        exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE,
        exp.Between, exp.In, exp.Is, exp.Like, exp.ILike, exp.NullSafeEQ, exp.NullSafeNEQ,
        exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg,
        exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Least, exp.Greatest, exp.Coalesce, exp.Nullif,
        exp.Lower, exp.Upper, exp.Length, exp.StartsWith, exp.Case, exp.If,
        exp.Cast, exp.DataType, exp.DataTypeParam,
    }
)  # fmt: skip
# Both sides of a comparison of truth; without one of these a condition tells nothing of anybody.
_TELLS = (exp.Connector, exp.Predicate, exp.Not, exp.Boolean, exp.Column, exp.Paren, exp.Case)


def checked_condition(text: str, columns: Collection[str]) -> str:
    """Return a condition in DuckDB's SQL, made again from what was understood of it.

    Parameters
    ----------
    text : str
        An expression that is true or false of a customer.
    columns : collection of str
        The names that it may use, in lower case.

    Raises
    ------
    InputError
        When it cannot be understood, does more than compare and compute, or names another column.

    Examples
    --------
    >>> checked_condition("Revenue > 100 or order_count = 2", ["revenue", "order_count"])
    '"revenue" > 100 OR "order_count" = 2'
    """
    expression = _parsed(text)
    for node in expression.walk():
        if type(node) not in _ALLOWED:
            what = node.sql(dialect="duckdb", comments=False)[:60]
            raise InputError(
                f"--where cannot use {what}: only comparisons and calculations with the columns of"
                " marts.customers are possible."
            )
        if isinstance(node, exp.Column):
            _require_column(node, columns)
    if not isinstance(expression, _TELLS):
        raise InputError(
            f"--where {text!r} is neither true nor false: write a comparison, such as"
            ' "revenue_90d > 100".'
        )
    return expression.sql(dialect="duckdb", comments=False)


def _parsed(text: str) -> exp.Expr:
    try:
        found = sqlglot.parse(text, dialect="duckdb") if len(text) <= _LONGEST else []
    except (SqlglotError, RecursionError, ValueError):
        found = []
    if len(found) != 1 or found[0] is None:
        raise InputError(
            f"--where {text[:60]!r} cannot be understood: write one comparison, such as"
            ' "revenue_90d > 100 and order_count >= 2".'
        )
    return found[0]


def _require_column(node: exp.Column, columns: Collection[str]) -> None:
    """Quote the name of a column, which has to be one of `columns`, of no other table."""
    name = node.name.lower()
    if name not in columns or len(node.parts) > 1:
        raise InputError(f"--where names {node.sql(dialect='duckdb')}, {no_column(name, columns)}")
    node.this.replace(exp.to_identifier(name, quoted=True))


def no_column(name: str, columns: Collection[str]) -> str:
    """Say that there is no such column, and which one may be meant."""
    close = get_close_matches(name, columns, n=1)
    meant = f"; is {close[0]} meant?" if close else ": docs/activation.md says which there are."
    return f"which is not a column of marts.customers{meant}"
