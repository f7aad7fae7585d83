"""Which segments came and went with the current model, by name."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.reporting.segment_report.texts import gather_texts
from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class Registry:
    """The segments that the current model added, and those that it no longer has.

    Names by language. The first version has no former one, and none of its segments is new.
    """

    version: int
    former_version: int | None
    new: tuple[dict[str, str], ...]
    retired: tuple[dict[str, str], ...]


_SEGMENTS = """
select segment_id, first_model_version, last_model_version
from marts.segment_registry
order by segment_id
"""
_VERSIONS = "select distinct model_version from marts.segment_model order by model_version desc"


def gather_registry(connection: duckdb.DuckDBPyConnection) -> Registry | None:
    """Return what the current model added and lost; None where nothing is known of it.

    Parameters
    ----------
    connection : duckdb connection
    """
    if not relation_exists(connection, "marts", "segment_registry"):
        return None
    versions = [version for (version,) in connection.execute(_VERSIONS).fetchall()]
    if not versions:
        return None
    current, former = versions[0], versions[1] if len(versions) > 1 else None
    new, retired = [], []
    texts = gather_texts(connection)
    for segment, first, last in connection.execute(_SEGMENTS).fetchall():
        names = texts[last, segment].names
        if former is not None and first == current:
            new.append(names)
        if last == former:
            retired.append(names)
    return Registry(current, former, tuple(new), tuple(retired))
