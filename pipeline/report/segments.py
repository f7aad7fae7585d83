"""The segments as the report shows them: figures, medians, and in what they differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from ml.vocabulary import rule_of
from pipeline.report.audience import Audience, Part, hidden_count
from pipeline.report.features import in_order, topic
from pipeline.report.privacy import coarse_money, coarse_share, is_small

# A median nearer to everyone's than this share of everyone's spread distinguishes nobody.
NOTABLE_DEVIATION = 0.1
TRAIT_COUNT = 5


@dataclass(frozen=True)
class Trait:
    """One feature by which a segment differs; the deviation is in units of everyone's spread."""

    feature: str
    median: float
    everyone: float
    deviation: float


@dataclass(frozen=True)
class Segment:
    """One segment. A small one keeps its name and action; every figure is None.

    `user_share` is of the customers with a segment, `revenue_share` of all revenue. Revenue, orders
    and buyers are None as well where too few of the members bought; so is the share of buyers where
    too few did not.
    """

    segment_id: int
    names: dict[str, str]  # by language, like the next two
    rules: dict[str, str]
    actions: dict[str, str]
    is_small: bool
    user_count: int | None
    user_share: float | None
    revenue: Decimal | None
    revenue_share: float | None
    order_count: int | None
    buyer_rate: float | None
    deviations: dict[str, float]
    traits: tuple[Trait, ...]

    @property
    def lift(self) -> float | None:
        """How many times its share of the customers its share of the revenue is."""
        if not self.user_share or self.revenue_share is None:
            return None
        return self.revenue_share / self.user_share

    @property
    def revenue_per_user(self) -> Decimal | None:
        """Revenue divided by members, bought or not."""
        return (
            self.revenue / self.user_count if self.revenue is not None and self.user_count else None
        )


def gather_segments(
    connection: duckdb.DuckDBPyConnection,
    parts: dict[int, Part],
    audience: Audience,
    minimum: int,
) -> tuple[Segment, ...]:
    """Return the segments, the one with the most revenue first, small ones last.

    Parameters
    ----------
    connection : duckdb connection
    parts : dict of int to Part
        Exact figures by segment id.
    audience : Audience
    minimum : int
        No group of fewer people is shown.
    """
    found = connection.execute("select * from marts.segment_profiles order by segment_id")
    columns = [column[0] for column in found.description]
    profiles = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    features = in_order(
        {name.removeprefix("deviation_") for name in columns if name.startswith("deviation_")}
    )
    everyone = {feature: everyone_median(profiles, feature) for feature in features}
    nobody = Part(0, 0, Decimal(0))
    labelled = sum(part.user_count for part in parts.values())
    shown = labelled - hidden_count(parts.values(), minimum)
    segments = [
        _segment(row, parts.get(row["segment_id"], nobody), shown, audience, minimum, everyone)
        for row in profiles
    ]
    return tuple(sorted(segments, key=lambda one: (one.is_small, -(one.revenue_share or 0))))


def everyone_median(profiles: list[dict[str, Any]], feature: str) -> float:
    """Return the median of all customers with a segment, from medians and deviations.

    A second pass over all customers would cost more than all the rest of the report, and is not
    needed: a deviation is (median - everyone's) / spread, so two segments determine both unknowns.
    Everyone's median lies between those of the segments, so equal medians are everyone's.

    Examples
    --------
    Everyone's median is 3 and the spread is 4.

    >>> rows = [{"median_x": 1.0, "deviation_x": -0.5}, {"median_x": 5.0, "deviation_x": 0.5}]
    >>> everyone_median(rows, "x")
    3.0
    """
    points = [
        (row[f"median_{feature}"], row[f"deviation_{feature}"])
        for row in profiles
        if row[f"median_{feature}"] is not None
    ]
    if not points:
        return 0.0
    (low, low_deviation), (high, high_deviation) = min(points), max(points)
    if high_deviation == low_deviation:
        return low
    spread = (high - low) / (high_deviation - low_deviation)
    return float(f"{low - low_deviation * spread:.9g}")


def _segment(
    row: dict[str, Any],
    part: Part,
    shown: int,
    audience: Audience,
    minimum: int,
    everyone: dict[str, float],
) -> Segment:
    is_hidden = part.user_count < minimum
    hides_revenue = is_hidden or is_small(part.buyer_count, minimum)
    hides_rate = hides_revenue or is_small(part.user_count - part.buyer_count, minimum)
    user_share = row["user_share"]
    if audience.is_coarse and not is_hidden:
        # Of all, it would tell how many the hidden ones are.
        user_share = coarse_share(part.user_count / shown)
    revenue_share = _share(row["revenue_share"], audience.is_revenue_coarse)
    return Segment(
        segment_id=row["segment_id"],
        names=_by_language(row, "segment_name"),
        rules={} if _hides_rule(row, part, minimum) else _by_language(row, "naming_rule"),
        actions=_by_language(row, "recommended_action"),
        is_small=is_hidden,
        user_count=None if is_hidden else part.user_count,
        user_share=None if is_hidden else user_share,
        revenue=None if hides_revenue else _revenue(part, audience),
        revenue_share=None if hides_revenue else revenue_share,
        order_count=None if hides_revenue else row["order_count"],
        buyer_rate=None if hides_rate else row["buyer_rate"],
        deviations={} if is_hidden else {name: row[f"deviation_{name}"] for name in everyone},
        traits=() if is_hidden else notable_traits(row, everyone),
    )


def _hides_rule(row: dict[str, Any], part: Part, minimum: int) -> bool:
    """Tell whether the rule behind a name tells of too few people.

    It quotes whole percents, so it does where one per cent is fewer people than may be shown.
    """
    if is_small(part.user_count, minimum):
        return True
    counts = [part.buyer_count, part.user_count - part.buyer_count]
    quoted = rule_of(row["segment_name"] or "")
    if "repeated}" in quoted:
        counts += [part.repeater_count, part.buyer_count - part.repeater_count]
    if "{carted}" in quoted:
        counts += [part.carter_count, part.user_count - part.carter_count]
    tells_of_few = any(is_small(count, minimum) for count in counts)
    return tells_of_few and part.user_count < 100 * minimum


def _share(share: float, is_coarse: bool) -> float:
    return coarse_share(share) if is_coarse else share


def _revenue(part: Part, audience: Audience) -> Decimal:
    return coarse_money(part.revenue) if audience.is_revenue_coarse else part.revenue


def _by_language(row: dict[str, Any], column: str) -> dict[str, str]:
    english = row[column] or ""
    return {"en": english, "fr": row[f"{column}_fr"] or english}


def notable_traits(row: dict[str, Any], everyone: dict[str, float]) -> tuple[Trait, ...]:
    """Return the features that distinguish a segment most, one for each topic.

    Five features of one topic would say five times that the segment is active.

    Parameters
    ----------
    row : dict
        The segment's profile: `median_<feature>` and `deviation_<feature>`.
    everyone : dict of str to float
        Everyone's median by feature.
    """
    traits = [
        Trait(name, row[f"median_{name}"], median, row[f"deviation_{name}"])
        for name, median in everyone.items()
        if abs(row[f"deviation_{name}"]) >= NOTABLE_DEVIATION
    ]
    chosen: dict[str, Trait] = {}
    for trait in sorted(traits, key=lambda one: -abs(one.deviation)):
        chosen.setdefault(topic(trait.feature), trait)
    return tuple(chosen.values())[:TRAIT_COUNT]
