"""Customers of a publication with pseudonyms, by the ids that the files have."""

from __future__ import annotations

import duckdb

from pipeline.privacy.functions import register_pseudonyms
from pipeline.privacy.keys import secret_keys
from pipeline.privacy.pseudonyms import Pseudonyms
from pipeline.runtime.errors import InputError


def know_pseudonyms(connection: duckdb.DuckDBPyConnection) -> bool:
    """Let a database make the pseudonyms of the attached publication; tell whether it has any.

    Raises
    ------
    InputError
        The key that it was made with is not set: who objects could not be told.
    """
    try:
        rows = connection.execute("select marks from published.ops.key_marks").fetchall()
    except duckdb.CatalogException:
        rows = []
    if not rows:
        return False
    pseudonyms = Pseudonyms(secret_keys(), remembers=False)
    if pseudonyms.marks != rows[0][0].split():
        raise InputError(
            "The publication has pseudonyms in place of ids: start the service with the"
            " AMAZING_KEY that it was made with."
        )
    register_pseudonyms(connection, pseudonyms)
    return True
