"""How many segments there are: who would choose what, and what the rule may claim."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from ml.choice_of_k.criteria import Evaluation
from ml.choice_of_k.gain import Gain
from ml.choice_of_k.selection import verdict
from ml.choice_of_k.stability import Stability
from pipeline.reporting.segment_report.method.facts import current_rows

_EVALUATION = """
select k, criterion, value from marts.model_evaluation
where model_version = ? and isfinite(value)
"""
_JUDGED = (
    "prediction_strength",
    "smallest_jaccard",
    "smallest_share",
    "silhouette_gain",
    "silhouette_gain_error",
    "inertia_gain",
    "inertia_gain_error",
)


@dataclass(frozen=True)
class Choice:
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
    is_stretched: bool = False  # along what customers spend next, see `ml.model.value_axis`


def gather_choice(connection: duckdb.DuckDBPyConnection) -> Choice:
    """Return how the number of segments of the current model was chosen.

    Parameters
    ----------
    connection : duckdb connection
    """
    rows = current_rows(connection)
    first = rows[0]
    is_stretched = first.get("value_axis") is not None
    evaluations: dict[int, dict[str, float]] = {}
    found = connection.execute(_EVALUATION, [first["model_version"]]).fetchall()
    for k, criterion, value in found:
        evaluations.setdefault(k, {})[criterion] = value
    return Choice(
        verdict=first.get("verdict"),
        rule_count=first.get("rule_segment_count"),
        null_error=first.get("null_correlation_error"),
        is_stretched=is_stretched,
        by_criterion={one["criterion"]: one["k"] for one in first.get("choices") or ()},
        verdicts={
            k: verdict(_evaluation(k, figures, is_stretched=is_stretched))
            for k, figures in sorted(evaluations.items())
            if figures.keys() >= set(_JUDGED)
        },
        jaccards={
            row["segment_id"]: row["bootstrap_jaccard"]
            for row in rows
            if row.get("bootstrap_jaccard") is not None
        },
    )


def _evaluation(k: int, figures: dict[str, float], *, is_stretched: bool) -> Evaluation:
    """Return what the verdict rests on; the other figures do not matter to it."""
    nothing = float("nan")
    return Evaluation(
        k=k,
        inertia=nothing,
        silhouette=nothing,
        calinski_harabasz=nothing,
        davies_bouldin=nothing,
        prediction_strength=figures["prediction_strength"],
        stability=Stability(nothing, np.array([figures["smallest_jaccard"]])),
        gain=Gain(
            figures["silhouette_gain"],
            figures["silhouette_gain_error"],
            figures["inertia_gain"],
            figures["inertia_gain_error"],
        ),
        smallest_share=figures["smallest_share"],
        is_stretched=is_stretched,
    )
