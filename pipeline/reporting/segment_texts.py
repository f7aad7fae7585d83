"""What is said of every segment, in every language: a relation made of codes and catalogues.

`marts.segment_texts` is made when the warehouse is built. `refresh_texts` makes it again where a
catalogue says something else by now, which takes neither a training nor a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.reporting.kit.languages import languages
from pipeline.reporting.kit.segment_words import SegmentWords
from pipeline.warehouse.connection import open_warehouse

SCHEMA = pa.schema(
    [
        ("model_version", pa.int32()),
        ("segment_id", pa.int32()),
        ("language", pa.string()),
        ("segment_name", pa.string()),
        ("naming_rule", pa.string()),
        ("quoted_figures", pa.list_(pa.string())),
        ("recommended_action", pa.string()),
        ("tree_rule", pa.string()),
    ]
)
_CODES = """
    select model_version, segment_id, archetype, distinction, profile_figures, tree_rules
    from marts.trained_segments
    order by model_version, segment_id
"""
# Tables in which names stand beside the ids, for whoever reads them by SQL.
_COPIES = (
    "user_segments as told set segment_name = model.segment_name"
    " from marts.segment_model as model"
    " where told.segment_id = model.segment_id and told.model_version = model.model_version"
    " and told.segment_name <> model.segment_name",
    "segment_profiles as told set segment_name = model.segment_name,"
    " segment_name_fr = model.segment_name_fr, naming_rule = model.naming_rule,"
    " naming_rule_fr = model.naming_rule_fr, recommended_action = model.recommended_action,"
    " recommended_action_fr = model.recommended_action_fr"
    " from marts.segment_model as model"
    " where told.segment_id = model.segment_id and told.model_version = model.model_version",
    *(
        f"segment_migrations as told set {end}_segment_name = model.segment_name"
        " from marts.segment_model as model"
        f" where told.{end}_segment_id = model.segment_id"
        f" and told.{end}_version = model.model_version"
        f" and told.{end}_segment_name <> model.segment_name"
        for end in ("from", "to")
    ),
)


def texts_of(segments: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return what is said of segments, a row for each and each language.

    Parameters
    ----------
    segments : iterable of dict
        Rows of `trained_segments`.
    """
    rows = list(segments)
    found = [
        {
            "model_version": row["model_version"],
            "segment_id": row["segment_id"],
            "language": language,
            **words.texts(row),
        }
        for language in languages()
        for words in [SegmentWords(language)]
        for row in rows
    ]
    return pa.Table.from_pylist(found, schema=SCHEMA)


def refresh_texts(warehouse: Path) -> bool:
    """Make the texts again from the catalogues of today; tell whether any differs.

    Parameters
    ----------
    warehouse : Path
        Built before.
    """
    with open_warehouse(warehouse, read_only=False) as connection:
        texts = texts_of(connection.sql(_CODES).to_arrow_table().to_pylist())
        before = connection.sql(
            f"select {', '.join(SCHEMA.names)} from marts.segment_texts"
        ).to_arrow_table()
        if sorted(map(str, before.to_pylist())) == sorted(map(str, texts.to_pylist())):
            return False
        _replace(connection, texts)
    return True


def _replace(connection: duckdb.DuckDBPyConnection, texts: pa.Table) -> None:
    """Replace all texts, and the names that stand in other tables, or nothing."""
    connection.register("texts_of_today", texts)
    connection.execute("begin")
    connection.execute("delete from marts.segment_texts")
    connection.execute("insert into marts.segment_texts by name select * from texts_of_today")
    for copy in _COPIES:
        connection.execute(f"update marts.{copy}")
    connection.execute("commit")
    connection.unregister("texts_of_today")
