"""The search for a person finds every form in which one may be held."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from pipeline.privacy.people import people
from tests.traces import traces

PERSON = people(["587654320"])[0]


@pytest.mark.parametrize(
    "content",
    [
        b"a,587654320,b",
        (587654320).to_bytes(4, "little"),
        (587654320).to_bytes(8, "big"),
        hashlib.md5(b"587654320").hexdigest().encode(),
        hashlib.md5(b"587654320").digest(),
    ],
)
def test_bytes_of_every_form_are_found(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(b"before" + content + b"after")
    assert traces([tmp_path], PERSON) == {"file"}


@pytest.mark.parametrize(
    "value",
    ["587654320", "[587654320]", "{'of': 'line,587654320,view'}", "md5('587654320')"],
)
def test_values_in_any_column_are_found_however_they_are_packed(tmp_path: Path, value: str) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute(f"create table t as select {value} as held from range(5000)")
        connection.execute("create table other as select 5876543201 as held")
    found = traces([tmp_path], PERSON)
    assert "x.duckdb: main.t.held" in found
    assert "x.duckdb: main.other.held" not in found
