"""A search for one person in everything below some folders: by bytes, and by SQL in databases.

Databases pack numbers into as few bits as they need, so bytes alone would prove too little: every
column of every table of every DuckDB file is asked as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipeline.privacy.people import Person

_COLUMNS = """
    select schema_name, table_name, list(column_name order by column_name) from duckdb_columns()
    where database_name = 'searched' and (schema_name, table_name) in (
        select (schema_name, table_name) from duckdb_tables() where database_name = 'searched'
    )
    group by all order by all
"""


def traces(folders: Sequence[Path], person: Person) -> set[str]:
    """Return where a person is: files, and columns of databases as `file: schema.table.column`."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    found = {
        path.name for path in paths if any(form in path.read_bytes() for form in bytes_of(person))
    }
    for path in paths:
        if path.suffix == ".duckdb":
            found |= {f"{path.name}: {column}" for column in columns_with(path, person)}
    return found


def texts_of(person: Person) -> list[str]:
    """Return the id, its key in the tables, and the hashes that need no key."""
    forms = sorted(person.forms)
    return forms + [
        hashlib.new(name, form.encode()).hexdigest() for name in ("md5", "sha256") for form in forms
    ]


def bytes_of(person: Person) -> list[bytes]:
    """Return all forms of an id as bytes: text, numbers of both byte orders, raw hashes."""
    forms = [text.encode() for text in texts_of(person)]
    number = person.user_id
    # As narrow as databases store it.
    for width in (8, 4) if 0 <= number < 1 << 31 else (8,):
        forms += [number.to_bytes(width, order) for order in ("little", "big")]
    return [*forms, hashlib.md5(person.text.encode()).digest()]


def columns_with(path: Path, person: Person) -> set[str]:
    """Return the columns of a database in which any form of an id stands."""
    words = "|".join(text.replace(".", "[.]") for text in texts_of(person))
    any_form = " or ".join(f"contains({{held}}, '{form}')" for form in texts_of(person))
    holds = f"({any_form}) and regexp_matches({{held}}, '(^|\\W)({words})(\\W|$)')"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{path}' as searched (read_only)")
        found = set()
        for schema, table, columns in connection.execute(_COLUMNS).fetchall():
            held = [holds.format(held=f'"{column}"::text') for column in columns]
            query = ", ".join(f"coalesce(bool_or({each}), false)" for each in held)
            answers = connection.execute(f'select {query} from searched.{schema}."{table}"')
            found |= {
                f"{schema}.{table}.{column}"
                for column, is_there in zip(columns, answers.fetchall()[0], strict=True)
                if is_there
            }
    return found
