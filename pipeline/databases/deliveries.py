"""What other databases get of a publication: a few tables, their columns, keys and descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb

from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import relation_exists

_CUSTOMER_ID = "The customer as the files name them: a number, an e-mail address, a UUID."


@dataclass(frozen=True)
class Delivery:
    """A table to deliver.

    Attributes
    ----------
    name : what it is called in the other database
    query : its rows, from the published file
    described_by : the published relations, `schema.name`, whose descriptions hold for it; the first
        one describes the table
    key : columns that tell its rows apart
    sought_by : columns that it is often searched by
    belongs_to : a column and the table, with its key of one column, that it points to
    """

    name: str
    query: str
    described_by: tuple[str, ...]
    key: tuple[str, ...]
    sought_by: tuple[str, ...] = ()
    belongs_to: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a delivery; `type` is DuckDB's name of it."""

    name: str
    type: str
    comment: str

    @property
    def is_nested(self) -> bool:
        """Tell whether the values are more than a list of plain ones: they travel as JSON.

        Examples
        --------
        >>> Column("shares", "DOUBLE[]", "").is_nested
        False
        >>> Column("bins", "DOUBLE[][]", "").is_nested
        True
        """
        return self.type.endswith("[][]") or self.type.startswith(("STRUCT", "MAP"))


@dataclass(frozen=True)
class DescribedDelivery:
    """A delivery with what the published file says of it."""

    delivery: Delivery
    comment: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """What the table is called."""
        return self.delivery.name


# Who objects to being profiled goes to no other database (Art. 21).
_NO_OBJECTION = "users.unsegmented_reason is distinct from 'objected'"
_WITH_CUSTOMER_ID = """
    left join core.id_texts as texts
        on texts.kind = 'user' and texts.id = users.user_id
"""

DELIVERIES = (
    Delivery(
        "segment_profiles",
        "select * from marts.segment_profiles order by segment_id",
        ("marts.segment_profiles",),
        key=("segment_id",),
    ),
    Delivery(
        "user_segments",
        "select users.user_id, coalesce(texts.id_text, users.user_id::text) as customer_id,"
        " users.* exclude (user_id)"
        f" from marts.user_segments as users {_WITH_CUSTOMER_ID}"
        f" where {_NO_OBJECTION} order by users.user_id",
        ("marts.user_segments",),
        key=("user_id",),
        sought_by=("customer_id", "segment_id", "lifecycle_state"),
        belongs_to=(("segment_id", "segment_profiles"),),
    ),
    Delivery(
        "user_features",
        "select features.* from marts.user_features as features"
        " inner join marts.user_segments as users on features.user_id = users.user_id"
        f" where {_NO_OBJECTION} order by features.user_id",
        ("marts.user_features",),
        key=("user_id",),
        belongs_to=(("user_id", "user_segments"),),
    ),
    Delivery(
        "user_lifecycle",
        "select users.user_id, users.lifecycle_state, features.order_count, features.revenue,"
        " features.purchase_recency_days, features.mean_days_between_orders,"
        " features.first_event_at, features.last_event_at"
        " from marts.user_segments as users"
        " inner join marts.user_features as features on features.user_id = users.user_id"
        f" where {_NO_OBJECTION} order by users.user_id",
        ("marts.user_segments", "marts.user_features"),
        key=("user_id",),
        sought_by=("lifecycle_state",),
        belongs_to=(("user_id", "user_segments"),),
    ),
    Delivery(
        "segment_model",
        "select * from marts.segment_model order by model_version, segment_id",
        ("marts.segment_model",),
        key=("model_version", "segment_id"),
    ),
    Delivery(
        "loaded_files",
        "select * from core.loaded_files order by source_file",
        ("core.loaded_files",),
        key=("source_file",),
    ),
)
_COMMENTS_OF_OUR_OWN = {
    "user_lifecycle": "Where every customer is in their life with the store, and the days that"
    " decide it. One row per user.",
}


def described_deliveries(connection: duckdb.DuckDBPyConnection) -> tuple[DescribedDelivery, ...]:
    """Read what a published file has to deliver, in an order in which tables can point back.

    Raises
    ------
    InputError
        When an earlier version published the file, and it lacks one of the relations.
    """
    return tuple(_described(connection, delivery) for delivery in DELIVERIES)


def rows_of(table: DescribedDelivery, *, are_lists_json: bool = False) -> str:
    """Return a query of the rows in types that every database has: what is nested as JSON.

    `are_lists_json` says that lists of plain values are JSON as well.
    """
    columns = ", ".join(
        f"to_json({_quoted(column.name)})::varchar as {_quoted(column.name)}"
        if column.is_nested or (are_lists_json and column.type.endswith("[]"))
        else _quoted(column.name)
        for column in table.columns
    )
    return f"select {columns} from ({table.delivery.query})"


def _described(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> DescribedDelivery:
    comments = {"customer_id": _CUSTOMER_ID}
    about = _COMMENTS_OF_OUR_OWN.get(delivery.name, "")
    for relation in delivery.described_by:
        schema, name = relation.split(".")
        if not relation_exists(connection, schema, name):
            raise InputError(
                f"The publication has no {relation}, so an earlier version made it:"
                " run `python run_pipeline.py run` first."
            )
        about = about or _comment_of_table(connection, schema, name)
        comments = _comments_of_columns(connection, schema, name) | comments
    columns = connection.execute(f"describe {delivery.query}").fetchall()
    return DescribedDelivery(
        delivery,
        about,
        tuple(Column(name, kind, comments.get(name, "")) for name, kind, *_ in columns),
    )


def _comment_of_table(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> str:
    rows = connection.execute(
        "select comment from duckdb_tables() where schema_name = ? and table_name = ?",
        [schema, name],
    ).fetchall()
    return _one_line(rows[0][0]) if rows else ""


def _comments_of_columns(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str
) -> dict[str, str]:
    rows = connection.execute(
        "select column_name, comment from duckdb_columns()"
        " where schema_name = ? and table_name = ?",
        [schema, name],
    ).fetchall()
    return {column: _one_line(comment) for column, comment in rows}


def _one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
