"""A list of erased people that cannot be read is refused; one without anybody says nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.privacy.suppression import know_the_erased
from pipeline.runtime.errors import InputError


def test_a_list_of_former_hashes_is_refused_where_somebody_is_on_it(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema ops")
        connection.execute(
            "create table ops.suppressed (person_hash ubigint, suppressed_at timestamp)"
        )
        know_the_erased(connection, tmp_path / "shop.duckdb")
        connection.execute("insert into ops.suppressed values (7, now()::timestamp)")
        with pytest.raises(InputError, match=r"shop\.duckdb was made by a former version"):
            know_the_erased(connection, tmp_path / "shop.duckdb")
