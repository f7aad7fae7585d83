"""Relations of a few rows, written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pyarrow as pa

from ml.features.redundancy import REDUNDANCY_SCHEMA, feature_redundancy

LANGUAGES = ("en", "fr")
CURRENT_MODEL = """
    create or replace view marts.current_segment_model as
    select * from marts.segment_model
    where model_version = (select max(model_version) from marts.segment_model)
"""


def write(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    *rows: dict[str, Any],
    schema: pa.Schema | None = None,
) -> None:
    """Make `marts.<name>` of these rows."""
    found = pa.Table.from_pylist(list(rows), schema=schema)
    connection.register("by_hand", found)
    connection.execute(f"create or replace table marts.{name} as from by_hand")
    connection.unregister("by_hand")
    if name == "segment_model":
        connection.execute(CURRENT_MODEL)


def segment_value(at: object, group: object, users: int, **figures: Any) -> dict[str, Any]:
    """Return one row of `segment_value`: how many there were, and what they did."""
    buyers, returners = figures.get("buyers", 0), figures.get("returners", 0)
    mean = figures.get("mean", 0.0)
    return {
        "snapshot_date": at,
        "scheme": "all" if group == "all" else "segment",
        "group_id": str(group),
        "user_count": users,
        "buyer_count": buyers,
        "buyer_rate": buyers / users,
        "buyer_rate_lower": figures.get("lower", 0.0),
        "buyer_rate_upper": figures.get("upper", 1.0),
        "mean_revenue": mean,
        "mean_revenue_lower": mean / 2,
        "mean_revenue_upper": mean * 2,
        "returner_count": returners,
        "return_rate": returners / users,
        "return_rate_lower": 0.0,
        "return_rate_upper": 1.0,
    }


def value_share(at: object, scheme: str, users: int, share: float | None) -> dict[str, Any]:
    """Return one row of `value_shares`; other customers would show half of it."""
    return {
        "snapshot_date": at,
        "scheme": scheme,
        "user_count": users,
        "variance_share": share,
        "held_out_share": None if share is None else share / 2,
    }


def unanswered(segment_id: int, users: int) -> dict[str, Any]:
    """Return one row of `experiment_sizes`: nobody of the segment bought in a month."""
    return {
        "experiment": "segment",
        "segment_id": segment_id,
        "segment_count": 1,
        "pool_place": None,
        "month_count": 1,
        "snapshot_date": dt.date(2019, 11, 1),
        "customer_count": users,
        "responder_count": 0,
        "measured_count": users,
        "base_rate": 0.0,
        "effect": 0.1,
        "state": "nobody_responds",
        "customers_per_arm": None,
        "smallest_effect": None,
    }


def write_redundancy(connection: duckdb.DuckDBPyConnection, *read: str) -> None:
    """Compare the columns of `marts.segment_inputs`, as the warehouse does, with those read."""
    inputs = connection.sql(
        "select columns(lambda c: c not in ('user_id', 'is_eligible', 'is_automatic'))::double"
        " from marts.segment_inputs where is_eligible"
    ).df()
    found = feature_redundancy(inputs, read, sample_size=20_000)
    write(connection, "feature_redundancy", *found.to_pylist(), schema=REDUNDANCY_SCHEMA)


def model_row(segment_id: int, **columns: Any) -> dict[str, Any]:
    """Return one row of `segment_model`, with the columns that matter."""
    names = ["activity", "log_order_count", "log_recency_days"]
    return {"model_version": 2, "segment_id": segment_id, "feature_names": names, **columns}


def write_texts(connection: duckdb.DuckDBPyConnection, *rows: dict[str, Any]) -> None:
    """Make `marts.segment_texts`, of rows that say something in `en`, and perhaps in `fr`."""
    nothing = dict.fromkeys(("segment_name", "naming_rule", "recommended_action", "tree_rule"))
    told = [
        {"model_version": 2, "language": language, "quoted_figures": [""], **nothing}
        | {name: value for name, value in row.items() if name not in LANGUAGES}
        | row[language]
        for row in rows
        for language in LANGUAGES
        if language in row
    ]
    write(connection, "segment_texts", *told)
