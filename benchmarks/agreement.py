"""How far the segments agree with the customer types that were planted in a synthetic store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
from sklearn.metrics import adjusted_rand_score


@dataclass(frozen=True)
class Agreement:
    """The adjusted Rand index over the users with a segment, and the two numbers of groups."""

    adjusted_rand: float
    user_count: int
    segment_count: int
    type_count: int


def measure_agreement(warehouse: Path, planted_types: Path) -> Agreement:
    """Compare `marts.user_segments` with the planted types, over the users that have a segment."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        labels = connection.execute(
            f"""
            select user_segments.segment_id, planted.planted_type
            from marts.user_segments
            inner join read_csv('{planted_types}') as planted
                on user_segments.user_id = planted.user_id
            where user_segments.segment_id is not null
            order by user_segments.user_id
            """
        ).df()
    return Agreement(
        float(adjusted_rand_score(labels["planted_type"], labels["segment_id"])),
        len(labels),
        int(labels["segment_id"].nunique()),
        int(labels["planted_type"].nunique()),
    )
