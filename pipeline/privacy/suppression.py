"""The list of erased people: keyed hashes, by which their lines are known when they come again."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from duckdb.func import ARROW

from pipeline.privacy.keyed_hash import KeyedHash
from pipeline.privacy.keys import erasure_key
from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import relation_exists

PURPOSE = "erased"
# What stands between the fields of any line.
_EDGES = re.compile(r'[,;|\t"\s]+')


def know_the_erased(connection: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """Let the database tell who is on the list, where there is one.

    The functions are those that `macros/rules/erased_people.sql` calls: `is_erased(id)`, and
    `without_erased(line)`, which is null where the id of an erased person stands in the line.

    Raises
    ------
    InputError
        There is such a list, and its key is gone; or a former version made it.
    """
    if not relation_exists(connection, "ops", "suppressed"):
        return
    rows = connection.execute("select * from ops.suppressed").fetchall()
    if not rows:
        return
    assert connection.description is not None
    if connection.description[0][0] != "person_code":
        raise InputError(
            f"{warehouse.name} was made by a former version, whose list of erased people cannot be"
            " read: name a new warehouse, and erase them there before it is used."
        )
    key = erasure_key(warehouse, is_needed=True)
    assert key is not None
    erased = _Erased(KeyedHash(key, PURPOSE), [int(code) for code, _ in rows])
    for name, function, result in (
        ("is_erased", erased.are, "boolean"),
        ("without_erased", erased.without, "varchar"),
    ):
        connection.create_function(
            name,
            function,
            ["varchar"],
            result,
            type=ARROW,
        )


class _Erased:
    """Who is on the list."""

    def __init__(self, hash_: KeyedHash, erased: list[int]) -> None:
        self._hash = hash_
        self._erased = np.array(sorted(erased), dtype=np.uint64)

    def are(self, ids: pa.Array) -> pa.Array:
        """Tell of each id whether it is that of an erased person."""
        found = self._hash.of(ids)
        return pa.array(np.isin(found, self._erased))

    def without(self, lines: pa.Array) -> pa.Array:
        """Return each line, or nothing where an erased person's id stands in it."""
        return pa.array([self._line_without(line) for line in lines.to_pylist()], pa.string())

    def _line_without(self, line: str | None) -> str | None:
        if line is None:
            return None
        fields = [field for field in {*_EDGES.split(line), line.strip()} if field]
        # A number is also written as `7.0`.
        fields += [field.partition(".")[0] for field in fields if "." in field]
        is_there = fields and np.isin(self._hash.of(fields), self._erased).any()
        return None if is_there else line
