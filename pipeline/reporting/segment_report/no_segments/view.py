"""What a report says where nobody has a segment: why, and what was read."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.segment_report.words import Words

_REASONS = """
    select unsegmented_reason, count(*) as user_count
    from marts.user_segments
    group by unsegmented_reason
    order by user_count desc, unsegmented_reason
"""
_LEDGER = """
    select sum(line_count)::bigint, sum(kept_count)::bigint, sum(duplicate_count)::bigint,
        sum(rejected_count)::bigint, sum(kept_revenue)
    from core.loaded_files
"""


@dataclass(frozen=True)
class Nobody:
    """The whole report, in one language."""

    language: str
    title: str
    notice: str  # that the customers are made up; empty where they are not
    lead: str
    reasons: tuple[str, ...]
    lines: str
    advice: str


def has_model(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether any segment was ever trained."""
    return connection.execute("select count(*) from marts.segment_model").fetchall() != [(0,)]


def nobody(
    connection: duckdb.DuckDBPyConnection, words: Words, policy: Policy, *, is_synthetic: bool
) -> Nobody:
    """Read why nobody has a segment; no group of fewer people than the policy allows is counted."""
    numbers = NumberFormat(words.language)
    lines, kept, repeated, refused, revenue = (
        value or 0 for value in connection.execute(_LEDGER).fetchall()[0]
    )
    return Nobody(
        words.language,
        words.text("title"),
        words.text("synthetic") if is_synthetic else "",
        words.text("nobody_lead"),
        tuple(
            _reason(reason, count, words, numbers, policy)
            for reason, count in connection.execute(_REASONS).fetchall()
        ),
        words.text(
            "nobody_lines",
            lines=numbers.integer(lines),
            kept=numbers.integer(kept),
            repeated=numbers.integer(repeated),
            refused=numbers.integer(refused),
            revenue=numbers.decimal(float(revenue), 2),
        ),
        words.text("nobody_advice"),
    )


def _reason(reason: str, count: int, words: Words, numbers: NumberFormat, policy: Policy) -> str:
    shown = numbers.integer(count)
    if policy.hides(count):
        shown = words.text("fewer", minimum=policy.minimum)
    known = words.known("nobody", reason, count=shown)
    is_known = known != reason.replace("_", " ")
    return known if is_known else words.text("nobody_other", count=shown, reason=known)
