"""How many customers there are, and how many have no segment, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from pipeline.reporting.kit.disclosure import Total


@dataclass(frozen=True)
class Part:
    """The exact figures of one part of the customers; they never leave the facts that are exact."""

    user_count: int
    buyer_count: int
    revenue: Decimal
    order_count: int = 0
    between_count: int = 0
    repeater_count: int = 0  # who bought at least twice
    carter_count: int = 0  # who put something into the cart


@dataclass(frozen=True)
class Parts:
    """All customers, each in one part: a segment, by its id, or a reason why there is none."""

    segments: dict[int, Part]
    reasons: dict[str, Part] = field(default_factory=dict)

    @property
    def each(self) -> list[Part]:
        """All parts."""
        return [*self.segments.values(), *self.reasons.values()]

    @property
    def labelled(self) -> Part:
        """All with a segment."""
        return together(self.segments.values())

    @property
    def everybody(self) -> Part:
        """All customers."""
        return together(self.each)


@dataclass(frozen=True)
class Unsegmented:
    """The customers without a segment for one reason; what is hidden is None.

    The shares are of all customers and of all revenue.
    """

    reason: str
    user_count: int | None
    user_share: float | None
    revenue_share: float | None


@dataclass(frozen=True)
class Labelled:
    """All with a segment together: whom the shares and lifts of segments are measured by."""

    user_count: Total
    revenue: Decimal | None
    buyer_rate: float | None
    revenue_per_user: float | None


@dataclass(frozen=True)
class Audience:
    """Everybody."""

    user_count: Total
    buyer_count: Total
    order_count: int
    revenue: Decimal
    labelled: Labelled
    between: Total  # near the next segment as well
    between_share: float | None  # of the customers with a segment
    unsegmented: tuple[Unsegmented, ...]
    is_tiny: bool = False  # the whole store is a group too small
    is_money_coarse: bool = False  # of the parts; that of everybody is exact

    @property
    def is_coarse(self) -> bool:
        """Whether a total of people is not exact."""
        totals = (self.user_count, self.buyer_count, self.labelled.user_count)
        return not all(total.is_exact for total in totals)


_PARTS = """
select
    segment_id,
    unsegmented_reason,
    user_count,
    buyer_count,
    revenue,
    order_count,
    between_count,
    repeater_count,
    carter_count
from marts.segment_totals
order by segment_id nulls last, unsegmented_reason
"""
_BETWEEN = "select any_value(between_confidence) from marts.segment_totals"


def gather_parts(connection: duckdb.DuckDBPyConnection) -> Parts:
    """Return the exact figures of every part of the customers."""
    rows = connection.execute(_PARTS).fetchall()
    return Parts(
        {row[0]: Part(*row[2:]) for row in rows if row[0] is not None},
        {row[1]: Part(*row[2:]) for row in rows if row[0] is None},
    )


def gather_between_confidence(connection: duckdb.DuckDBPyConnection) -> float:
    """Return below which confidence a customer lies between two segments."""
    return connection.execute(_BETWEEN).fetchall()[0][0]


def exact_audience(parts: Parts) -> Audience:
    """Return the customers as a whole.

    Parameters
    ----------
    parts : Parts
    """
    everybody, labelled = parts.everybody, parts.labelled
    return Audience(
        user_count=Total(everybody.user_count),
        buyer_count=Total(everybody.buyer_count),
        order_count=everybody.order_count,
        revenue=everybody.revenue,
        labelled=Labelled(
            user_count=Total(labelled.user_count),
            revenue=labelled.revenue,
            buyer_rate=share(labelled.buyer_count, labelled.user_count),
            revenue_per_user=share(labelled.revenue, labelled.user_count),
        ),
        between=Total(labelled.between_count),
        between_share=share(labelled.between_count, labelled.user_count),
        unsegmented=tuple(
            Unsegmented(
                reason,
                part.user_count,
                share(part.user_count, everybody.user_count),
                share(part.revenue, everybody.revenue),
            )
            for reason, part in parts.reasons.items()
        ),
    )


def together(parts: Iterable[Part]) -> Part:
    """Return several parts as one."""
    found = list(parts)
    return Part(
        user_count=sum(part.user_count for part in found),
        buyer_count=sum(part.buyer_count for part in found),
        revenue=sum((part.revenue for part in found), Decimal(0)),
        order_count=sum(part.order_count for part in found),
        between_count=sum(part.between_count for part in found),
    )


def share(amount: int | Decimal, total: int | Decimal) -> float:
    """Return one amount divided by another; 0 where there is nothing to share.

    Examples
    --------
    >>> share(1, 4), share(Decimal("1.50"), 3), share(0, 0)
    (0.25, 0.5, 0.0)
    """
    return float(amount / total) if total else 0.0
