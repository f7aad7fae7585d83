"""How many segments there are: who would choose what, and what the rule may claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from pipeline.reporting.segment_report.method.facts import current_rows

_VERDICTS = """
select distinct k, verdict from marts.model_evaluation
where model_version = ? and verdict is not null
order by k
"""
_THRESHOLDS = """
select distinct criterion, threshold from marts.model_evaluation
where model_version = ? and threshold is not null
order by criterion
"""


@dataclass(frozen=True)
class NumberOfSegments:
    """What may be claimed of the chosen number, and what each criterion would have chosen.

    An older model has no verdict, and the other fields are empty. `rule_count` is what the rule
    takes of the figures alone: the chosen number may be set by hand, or kept from the former model.
    `null_error` is how far the rank correlations of customers without segments miss the real ones.
    """

    verdict: str | None
    by_criterion: dict[str, int]
    verdicts: dict[int, str]  # of every number that was tried
    jaccards: dict[int, float]  # how well each segment comes back, by its id
    rule_count: int | None = None
    null_error: float | None = None
    is_stretched: bool = False  # along what customers spend next
    # What each criterion has to reach.
    thresholds: Mapping[str, float] = field(default_factory=dict)


def gather_number_of_segments(connection: duckdb.DuckDBPyConnection) -> NumberOfSegments:
    """Return how the number of segments of the current model was chosen.

    Parameters
    ----------
    connection : duckdb connection
    """
    rows = current_rows(connection)
    first = rows[0]
    version = [first["model_version"]]
    return NumberOfSegments(
        verdict=first.get("verdict"),
        rule_count=first.get("rule_segment_count"),
        null_error=first.get("null_correlation_error"),
        is_stretched=first.get("value_axis") is not None,
        by_criterion={one["criterion"]: one["k"] for one in first.get("choices") or ()},
        verdicts=dict(connection.execute(_VERDICTS, version).fetchall()),
        thresholds=dict(connection.execute(_THRESHOLDS, version).fetchall()),
        jaccards={
            row["segment_id"]: row["bootstrap_jaccard"]
            for row in rows
            if row.get("bootstrap_jaccard") is not None
        },
    )
