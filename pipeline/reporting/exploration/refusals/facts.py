"""What cleaning would refuse, and why, in lines and in money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.reporting.exploration.compact_rows import EVENTS
from pipeline.reporting.exploration.section import Rows, share
from pipeline.runtime.masking import masked

LONGEST_EXAMPLE = 240


@dataclass(frozen=True)
class Refusal:
    """The rows that cleaning would refuse for one reason, with one of them, ids masked.

    `revenue` is the sum of the prices of purchases among them that can be read.
    """

    reason: str
    count: int
    share: float
    revenue: Decimal
    example: str


@dataclass(frozen=True)
class Refusals:
    """All of them, and the prices of all purchases in the files, refused or not."""

    refused_count: int
    refused_share: float
    refused_revenue: Decimal
    read_revenue: Decimal
    refusals: list[Refusal]


# In the place of the price of a torn line may stand an id.
_REVENUE = """coalesce(sum(price) filter (
    kind = 'purchase'
    and coalesce(rejection_reason, '') not in ('wrong_column_count', 'below_other_header')
), 0)::decimal(38, 2)"""
_REASONS = f"""
select
    rejection_reason,
    count(*) as row_count,
    {_REVENUE} as revenue,
    arg_min(
        struct_pack(
            line := refused_line,
            user_text := refused_user,
            session_text := refused_session
        ),
        refused_line
    ) as example
from {EVENTS}
group by rejection_reason
order by row_count desc, rejection_reason
"""


def gather_refusals(rows: Rows) -> Refusals:
    """Return the reasons, the most frequent first, each with its first line in text order."""
    reasons = rows.connection.execute(_REASONS).fetchall()
    found = [
        Refusal(masked(reason), count, share(count, rows.row_count), revenue, _example(example))
        for reason, count, revenue, example in reasons
        if reason is not None
    ]
    count = sum(one.count for one in found)
    return Refusals(
        count,
        share(count, rows.row_count),
        sum((one.revenue for one in found), Decimal("0.00")),
        sum((revenue for _, _, revenue, _ in reasons), Decimal("0.00")),
        found,
    )


def _example(found: Mapping[str, str | None] | None) -> str:
    if not found or not found["line"]:
        return ""
    text = masked(found["line"], (found["user_text"], found["session_text"]))
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return text if len(text) <= LONGEST_EXAMPLE else text[:LONGEST_EXAMPLE] + "…"
