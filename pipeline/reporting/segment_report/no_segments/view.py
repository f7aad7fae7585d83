"""What a report says where nobody has a segment: why, and what was read."""

from __future__ import annotations

import duckdb

from pipeline.reporting.kit.blocks import Bullets, Paragraph
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.document import Chapter, Document, Part
from pipeline.reporting.kit.numbers import NumberFormat

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


def has_model(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether any segment was ever trained."""
    return connection.execute("select count(*) from marts.segment_model").fetchall() != [(0,)]


def without_segments(
    connection: duckdb.DuckDBPyConnection, words: Catalogue, policy: Policy, *, is_synthetic: bool
) -> Document:
    """Say why nobody has a segment; no group of fewer people than the policy allows is counted."""
    numbers, text = NumberFormat(words.language), words.text
    lines, kept, repeated, refused, revenue = (
        value or 0 for value in connection.execute(_LEDGER).fetchall()[0]
    )
    reasons = connection.execute(_REASONS).fetchall()
    said = Part(
        "",
        "",
        (
            Paragraph(text("nobody_lead"), is_strong=True),
            Bullets(tuple(_reason(code, count, words, numbers, policy) for code, count in reasons)),
            Paragraph(
                text(
                    "nobody_lines",
                    lines=numbers.integer(lines),
                    kept=numbers.integer(kept),
                    repeated=numbers.integer(repeated),
                    refused=numbers.integer(refused),
                    revenue=numbers.decimal(float(revenue), 2),
                )
            ),
            Paragraph(text("nobody_advice")),
        ),
    )
    notice = text("synthetic") if is_synthetic else ""
    return Document(words.language, text("title"), (Chapter("", "", (said,)),), notice=notice)


def _reason(
    reason: str, count: int, words: Catalogue, numbers: NumberFormat, policy: Policy
) -> str:
    shown = numbers.integer(count)
    if policy.hides(count):
        shown = words.text("fewer", minimum=policy.minimum)
    known = words.known("nobody", reason, count=shown)
    is_known = known != reason.replace("_", " ")
    return known if is_known else words.text("nobody_other", count=shown, reason=known)
