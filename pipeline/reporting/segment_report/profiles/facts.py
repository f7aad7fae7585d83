"""The segments as the report shows them: figures, medians, and in what they differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.reporting.segment_report.audience import Part, Parts, share
from pipeline.reporting.segment_report.features import in_order, topic
from pipeline.reporting.segment_report.texts import SegmentTexts, gather_texts

# A median nearer to everyone's than this share of everyone's spread distinguishes nobody.
NOTABLE_DEVIATION = 0.1
TRAIT_COUNT = 5

_SEGMENTS = "select segment_id, model_version from marts.segment_profiles order by segment_id"
_FEATURES = """
select segment_id, feature_name, median_value, everyone_median, deviation
from marts.segment_feature_profiles
"""


@dataclass(frozen=True)
class Trait:
    """One feature by which a segment differs; the deviation is in units of everyone's spread."""

    feature: str
    median: float
    everyone: float
    deviation: float


@dataclass(frozen=True)
class Segment:
    """One segment. A small one keeps its name and action; every figure that is hidden is None.

    Shares are of all with a segment and of their revenue; the lift is the revenue per customer of
    the segment divided by theirs. A deviation is None where nobody of the segment has the feature.
    """

    segment_id: int
    names: dict[str, str]  # by language, like the next two
    rules: dict[str, str]
    actions: dict[str, str]
    quoted: frozenset[str]  # figures that the rules quote
    is_small: bool
    user_count: int | None
    user_share: float | None
    buyer_rate: float | None
    revenue: Decimal | None
    revenue_share: float | None
    revenue_per_user: float | None
    lift: float | None
    deviations: dict[str, float | None]
    traits: tuple[Trait, ...]


def gather_segments(connection: duckdb.DuckDBPyConnection, parts: Parts) -> tuple[Segment, ...]:
    """Return the exact figures of the segments, by id.

    Parameters
    ----------
    connection : duckdb connection
    parts : Parts
    """
    profiles = connection.execute(_SEGMENTS).fetchall()
    features = _features(connection)
    nobody, texts = Part(0, 0, Decimal(0)), gather_texts(connection)
    return tuple(
        _segment(
            segment_id,
            texts[model_version, segment_id],
            parts.segments.get(segment_id, nobody),
            parts.labelled,
            features.get(segment_id, {}),
        )
        for segment_id, model_version in profiles
    )


def _features(connection: duckdb.DuckDBPyConnection) -> dict[int, dict[str, tuple]]:
    """Return what is said of the features of each segment, in the order of the report."""
    found: dict[int, dict[str, tuple]] = {}
    for segment_id, name, *values in connection.execute(_FEATURES).fetchall():
        found.setdefault(segment_id, {})[name] = tuple(values)
    return {
        segment_id: {name: features[name] for name in in_order(set(features))}
        for segment_id, features in found.items()
    }


def _segment(
    segment_id: int,
    texts: SegmentTexts,
    part: Part,
    labelled: Part,
    features: dict[str, tuple],
) -> Segment:
    per_user = share(part.revenue, part.user_count)
    average = share(labelled.revenue, labelled.user_count)
    return Segment(
        segment_id=segment_id,
        names=texts.names,
        rules=texts.rules,
        actions=texts.actions,
        quoted=texts.quoted,
        is_small=False,
        user_count=part.user_count,
        user_share=share(part.user_count, labelled.user_count),
        buyer_rate=share(part.buyer_count, part.user_count),
        revenue=part.revenue,
        revenue_share=share(part.revenue, labelled.revenue),
        revenue_per_user=per_user,
        lift=per_user / average if average and part.user_count else None,
        deviations={name: deviation for name, (_, _, deviation) in features.items()},
        traits=_notable_traits(features),
    )


def _notable_traits(features: dict[str, tuple]) -> tuple[Trait, ...]:
    """Return the features that distinguish a segment most, one for each topic.

    Five features of one topic would say five times that the segment is active.
    """
    traits = [
        Trait(name, *values)
        for name, values in features.items()
        if abs(values[-1] or 0.0) >= NOTABLE_DEVIATION
    ]
    chosen: dict[str, Trait] = {}
    for trait in sorted(traits, key=lambda one: -abs(one.deviation)):
        chosen.setdefault(topic(trait.feature), trait)
    return tuple(chosen.values())[:TRAIT_COUNT]
