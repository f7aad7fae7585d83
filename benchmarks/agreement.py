"""How far the segments agree with the customer types that were planted in a synthetic store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score


@dataclass(frozen=True)
class Agreement:
    """Over the users with a segment, whose number is `user_count`.

    The adjusted Rand index, the Jaccard index of the segment that is least like its type, and the
    two numbers of groups.
    """

    adjusted_rand: float
    worst_jaccard: float
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
    planted, found = labels["planted_type"], labels["segment_id"]
    return Agreement(
        float(adjusted_rand_score(planted, found)),
        _worst_jaccard(planted, found),
        len(labels),
        int(found.nunique()),
        int(planted.nunique()),
    )


def _worst_jaccard(planted: pd.Series, found: pd.Series) -> float:
    """Return the Jaccard index, with its most similar type, of the segment that has the lowest."""
    shared = pd.crosstab(found, planted).to_numpy()
    either = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    return float(np.max(shared / either, axis=1).min())
