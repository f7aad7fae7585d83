"""Redshift: manifests, tables with distribution and sort keys, COPY, and an exchange."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pipeline.databases.bundle.parts import Part
from pipeline.databases.bundle.scripts import Load, is_by_user, listed, quoted, sql_type
from pipeline.databases.deliveries import DescribedDelivery

_TYPES = {
    "BIGINT": "bigint",
    "INTEGER": "integer",
    "DOUBLE": "double precision",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}


def manifest(location: str, parts: Sequence[Part]) -> str:
    """Return the manifest of a table: COPY of Parquet wants the size of each part."""
    entries = [
        {
            "url": f"{location}/{part.path}",
            "mandatory": True,
            "meta": {"content_length": part.size_bytes},
        }
        for part in parts
    ]
    return json.dumps({"entries": entries}, indent=2) + "\n"


def redshift_script(load: Load, *, iam_role: str) -> str:
    """Return the statements that load all tables: new ones take the place of the former.

    Parameters
    ----------
    load : Load
    iam_role : str
        `default`, or the name (ARN) of the role that may read the files.
    """
    role = "default" if iam_role == "default" else quoted(iam_role)
    statements = [f"create schema if not exists {load.schema}", "begin"]
    for table in load.tables:
        name = f"{load.schema}.{table.name}__new"
        source = quoted(f"{load.location}/{table.name}.manifest")
        statements += [
            f"drop table if exists {name}",
            _create(table, name),
            f"copy {name} from {source} iam_role {role} format as parquet manifest",
        ]
    for table in reversed(list(load.tables)):
        statements.append(f"drop table if exists {load.schema}.{table.name}")
    for table in load.tables:
        statements.append(f"alter table {load.schema}.{table.name}__new rename to {table.name}")
    for table in load.tables:
        statements += _describe(load.schema, table)
    statements.append("commit")
    statements += [f"analyze {load.schema}.{table.name}" for table in load.tables]
    return ";\n\n".join(statements) + ";\n"


def _create(table: DescribedDelivery, name: str) -> str:
    # A text of an id has at most 255 letters; words of models and lists are longer.
    text = "varchar(1024)" if is_by_user(table) else "varchar(65535)"
    key = table.delivery.key
    definitions = [
        f"{column.name} {sql_type(column, _TYPES, decimal='decimal', text=text)}"
        + (" not null" if column.name in key else "")
        for column in table.columns
    ]
    definitions.append(f"primary key ({', '.join(key)})")
    # Customers lie together on a slice and in one order, so that a join of their tables moves
    # nothing and sorts nothing; small tables are on every node.
    place = "diststyle key distkey (user_id)" if is_by_user(table) else "diststyle all"
    return f"create table {name} {listed(definitions)}\n{place} sortkey ({', '.join(key)})"


def _describe(schema: str, table: DescribedDelivery) -> list[str]:
    name = f"{schema}.{table.name}"
    return [f"comment on table {name} is {quoted(table.comment)}"] + [
        f"comment on column {name}.{column.name} is {quoted(column.comment)}"
        for column in table.columns
        if column.comment
    ]
