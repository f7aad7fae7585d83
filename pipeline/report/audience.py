"""How many customers there are, and how many have no segment, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.report.privacy import coarse_count, coarse_share, is_small

# Below this, a customer lies nearly as close to the next segment as to the own.
BETWEEN_CONFIDENCE = 0.1


@dataclass(frozen=True)
class Unsegmented:
    """The customers without a segment for one reason; counts are None for a group too small."""

    reason: str
    user_count: int | None
    user_share: float | None  # of all customers
    revenue_share: float | None  # of all revenue; None where it would give away a small group


@dataclass(frozen=True)
class Audience:
    """Everybody; `is_coarse` says that totals of people are rounded, to protect a small group.

    `is_revenue_coarse` says so of the revenue of the parts; the revenue of all is always exact.
    `is_buyer_count_coarse` says so of the buyers. A rounded total, and a share of it, leaves the
    small groups out: at 150 a single one of them would decide whether it is 100 or 200.
    """

    user_count: int
    labelled_count: int
    between_count: int | None  # near the next segment as well; None for a small group
    between_share: float | None  # of the customers with a segment
    buyer_count: int
    order_count: int
    revenue: Decimal
    unsegmented: tuple[Unsegmented, ...]
    is_tiny: bool  # the whole store is a group too small
    is_coarse: bool
    is_revenue_coarse: bool
    is_buyer_count_coarse: bool


@dataclass(frozen=True)
class Part:
    """The exact figures of one part of the customers; they never leave the queries."""

    user_count: int
    buyer_count: int
    revenue: Decimal
    between_count: int = 0
    repeater_count: int = 0  # who bought at least twice
    carter_count: int = 0  # who put something into the cart

    def shows_buyers(self, minimum: int) -> bool:
        """Tell whether neither those who bought nor those who did not are too few."""
        counts = (self.user_count, self.buyer_count, self.user_count - self.buyer_count)
        return not any(is_small(count, minimum) for count in counts)


_PARTS = """
select
    segments.segment_id,
    segments.unsegmented_reason,
    count(*) as user_count,
    count(*) filter (where features.order_count > 0) as buyer_count,
    sum(features.revenue)::decimal(38, 2) as revenue,
    sum(features.order_count)::bigint as order_count,
    count(*) filter (where segments.confidence < ?) as between_count,
    count(*) filter (where features.order_count > 1) as repeater_count,
    count(*) filter (where features.cart_count > 0) as carter_count
from marts.user_segments as segments
inner join marts.user_features as features on segments.user_id = features.user_id
group by all
order by segments.segment_id nulls last, segments.unsegmented_reason
"""


def gather_audience(
    connection: duckdb.DuckDBPyConnection,
    minimum: int,
    *,
    between_confidence: float = BETWEEN_CONFIDENCE,
) -> tuple[Audience, dict[int, Part]]:
    """Return the customers as a whole, and the exact figures of each segment by its id.

    Parameters
    ----------
    connection : duckdb connection
    minimum : int
        No group of fewer people is shown.
    between_confidence : float
        Below this, a customer lies between two segments.
    """
    rows = connection.execute(_PARTS, [between_confidence]).fetchall()
    parts = {row[0]: Part(*row[2:5], *row[6:9]) for row in rows if row[0] is not None}
    reasons = {row[1]: Part(row[2], row[3], row[4]) for row in rows if row[0] is None}
    each = [*parts.values(), *reasons.values()]
    everybody = _together(each)
    shown, labelled = _shown(each, minimum), _shown(parts.values(), minimum)
    is_coarse = any(is_small(part.user_count, minimum) for part in each)
    is_revenue_coarse = any(is_small(part.buyer_count, minimum) for part in each)
    telling = [part for part in each if part.shows_buyers(minimum)]
    is_buyer_count_coarse = len(telling) < len(each)
    between = sum(row[6] for row in rows)
    hides_between = is_small(between, minimum)
    between_share = _share(labelled.between_count, labelled.user_count, is_coarse)
    audience = Audience(
        user_count=_total(shown.user_count, is_coarse),
        labelled_count=_total(labelled.user_count, is_coarse),
        between_count=None if hides_between else between,
        between_share=None if hides_between else between_share,
        buyer_count=_total(_together(telling).buyer_count, is_buyer_count_coarse),
        order_count=sum(row[5] for row in rows),
        revenue=everybody.revenue,
        unsegmented=tuple(
            _unsegmented(
                reason,
                None if is_small(part.user_count, minimum) else part.user_count,
                _share(part.user_count, shown.user_count, is_coarse),
                # What is left when all others are subtracted is that of the small group.
                None if is_revenue_coarse else _share(part.revenue, everybody.revenue, False),
            )
            for reason, part in reasons.items()
        ),
        is_tiny=is_small(everybody.user_count, minimum),
        is_coarse=is_coarse,
        is_revenue_coarse=is_revenue_coarse,
        is_buyer_count_coarse=is_buyer_count_coarse,
    )
    return audience, parts


def hidden_count(parts: Iterable[Part], minimum: int) -> int:
    """Return how many people are in groups that are too small to be shown."""
    counts = [part.user_count for part in parts]
    return sum(count for count in counts if is_small(count, minimum))


def _shown(parts: Iterable[Part], minimum: int) -> Part:
    return _together(part for part in parts if not is_small(part.user_count, minimum))


def _together(parts: Iterable[Part]) -> Part:
    found = list(parts)
    return Part(
        sum(part.user_count for part in found),
        sum(part.buyer_count for part in found),
        sum((part.revenue for part in found), Decimal(0)),
        sum(part.between_count for part in found),
    )


def _unsegmented(
    reason: str, count: int | None, share: float, revenue_share: float | None
) -> Unsegmented:
    if count is None:
        return Unsegmented(reason, None, None, None)
    return Unsegmented(reason, count, share, revenue_share)


def _total(count: int, is_coarse: bool) -> int:
    return coarse_count(count) if is_coarse else count


def _share(amount: int | Decimal, total: int | Decimal, is_coarse: bool) -> float:
    share = float(amount / total) if total else 0.0
    return coarse_share(share) if is_coarse else share
