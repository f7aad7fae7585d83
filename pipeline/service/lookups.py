"""Questions to a publication: one customer, the segments, the customers of a segment."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from pipeline.service.errors import RequestError

# Two simple queries take two thirds of the time of a join.
_LABEL = "select * exclude (user_id) from published.marts.user_segments where user_id = $1"
_FEATURES = "select * exclude (user_id) from published.marts.user_features where user_id = $1"
# Far below the first key that stands for a text.
_PLAIN_NUMBER = re.compile(r"-?[1-9][0-9]{0,17}")
_SEGMENTS = """
    select segment_id, segment_name, segment_name_fr, naming_rule, recommended_action,
        recommended_action_fr, user_count, user_share, revenue, revenue_share, buyer_rate,
        model_version
    from published.marts.segment_profiles order by segment_id
"""
_MEMBERS = """
    select labels.user_id, coalesce(texts.id_text, labels.user_id::text) as customer_id,
        labels.lifecycle_state, labels.confidence
    from (
        select user_id, lifecycle_state, confidence from published.marts.user_segments
        where segment_id = $1 and user_id > $2
        order by user_id limit $3
    ) as labels
    left join published.core.id_texts as texts on texts.kind = 'user' and texts.id = labels.user_id
    order by labels.user_id
"""
_BEFORE_ALL = -(2**63)


@dataclass(frozen=True)
class Keys:
    """How an id becomes the key of a customer: by a query, and whether a number is its own key."""

    query: str
    are_numbers_keys: bool


def customer(cursor: duckdb.DuckDBPyConnection, customer_id: str, keys: Keys) -> Mapping[str, Any]:
    """Return label and features of a customer, by the id as the files have it.

    Raises
    ------
    RequestError
        404 when the publication does not know the id.
    """
    key = _key(cursor, customer_id, keys)
    label = _records(cursor, _LABEL, [key])
    features = _records(cursor, _FEATURES, [key])
    if not (label and features):
        raise RequestError(404, "No customer of the publication has this id.")
    return {"customer_id": customer_id, **label[0], **features[0]}


def segments(cursor: duckdb.DuckDBPyConnection) -> list[Mapping[str, Any]]:
    """Return the segments of the current model."""
    return _records(cursor, _SEGMENTS, [])


def members(
    cursor: duckdb.DuckDBPyConnection, segment_id: int, after: str | None, limit: int
) -> tuple[list[Mapping[str, Any]], str | None]:
    """Return customers of a segment in the order of their keys, and the cursor of the next ones.

    Raises
    ------
    RequestError
        404 when there is no such segment, 422 when the cursor is none of ours.
    """
    known = [row["segment_id"] for row in segments(cursor)]
    if segment_id not in known:
        raise RequestError(
            404, f"There is no segment {segment_id}: there are {', '.join(map(str, known))}."
        )
    rows = _records(cursor, _MEMBERS, [segment_id, _key_after(after), limit + 1])
    following = _cursor_of(rows[limit - 1]["user_id"]) if len(rows) > limit else None
    shown: list[Mapping[str, Any]] = [
        {name: row[name] for name in row if name != "user_id"} for row in rows[:limit]
    ]
    return shown, following


def _key(cursor: duckdb.DuckDBPyConnection, customer_id: str, keys: Keys) -> int | None:
    """Return the key of an id; planning the query of all rules takes longer than both lookups."""
    if keys.are_numbers_keys and _PLAIN_NUMBER.fullmatch(customer_id):
        return int(customer_id)
    key: int | None = cursor.execute(keys.query, [customer_id]).fetchall()[0][0]
    return key


def _records(
    cursor: duckdb.DuckDBPyConnection, query: str, values: list[Any]
) -> list[Mapping[str, Any]]:
    done = cursor.execute(query, values)
    names = [name for name, *_ in done.description or ()]
    return [
        {name: _plain(value) for name, value in zip(names, row, strict=True)}
        for row in done.fetchall()
    ]


def _plain(value: Any) -> Any:
    """Return a value that JSON has: money as a number with its two decimals, a time as a text."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _cursor_of(key: int) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def _key_after(cursor: str | None) -> int:
    if cursor is None:
        return _BEFORE_ALL
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = int(base64.urlsafe_b64decode(padded.encode("ascii")).decode("ascii"))
    except (ValueError, binascii.Error) as error:
        raise RequestError(422, "The cursor is none that this service gave.") from error
    if not _BEFORE_ALL <= key < 2**63 or _cursor_of(key) != cursor:
        raise RequestError(422, "The cursor is none that this service gave.")
    return key
