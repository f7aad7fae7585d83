"""The rules of the tree that explains the segments, and the features that set each apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.reporting.segment_report.method.facts import current_rows
from pipeline.reporting.segment_report.texts import SegmentTexts, gather_texts


@dataclass(frozen=True)
class SegmentRule:
    """One segment: its rule by language, how well it finds members, its features by weight."""

    segment_id: int
    texts: dict[str, str]  # empty where the tree never names the segment
    precision: float | None
    recall: float | None
    importances: tuple[tuple[str, float], ...]  # the largest first


@dataclass(frozen=True)
class Rules:
    """The whole tree; `fidelity` is None for a model that has none."""

    fidelity: float | None
    segments: tuple[SegmentRule, ...]


def gather_rules(connection: duckdb.DuckDBPyConnection) -> Rules:
    """Return the rules of the current model.

    Parameters
    ----------
    connection : duckdb connection
    """
    rows = current_rows(connection)
    texts = gather_texts(connection)
    rules = (_rule(row, texts[row["model_version"], row["segment_id"]]) for row in rows)
    return Rules(rows[0].get("tree_fidelity"), tuple(rules))


def _rule(row: dict[str, Any], texts: SegmentTexts) -> SegmentRule:
    weights = zip(row["feature_names"], row.get("feature_importances") or (), strict=False)
    ordered = sorted(weights, key=lambda pair: (-pair[1], pair[0]))
    return SegmentRule(
        segment_id=row["segment_id"],
        texts=texts.tree_rules,
        precision=row.get("tree_precision"),
        recall=row.get("tree_recall"),
        importances=tuple(ordered),
    )
