"""Opening the warehouse: once for many questions, and never two ways at the same time."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import kept_open, open_warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table numbers as select 1 as number")
    return path


def _numbers(path: Path) -> list[tuple]:
    with open_warehouse(path) as connection:
        return connection.execute("from numbers order by all").fetchall()


def _settings_of_time(path: Path) -> tuple:
    with open_warehouse(path) as connection:
        return connection.execute("select current_setting('TimeZone')").fetchall()[0]


def test_a_warehouse_is_opened_once_for_all_questions(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    connect = duckdb.connect

    def counted(*arguments: object, **options: object) -> duckdb.DuckDBPyConnection:
        opened.append(arguments)
        return connect(*arguments, **options)

    monkeypatch.setattr(duckdb, "connect", counted)
    with kept_open(warehouse, read_only=False):
        assert _numbers(warehouse) == [(1,)]
        with open_warehouse(warehouse, read_only=False) as connection:
            connection.execute("insert into numbers values (2)")
        assert _numbers(warehouse) == [(1,), (2,)]
        assert _settings_of_time(warehouse) == ("UTC",)
    assert len(opened) == 1
    assert _numbers(warehouse) == [(1,), (2,)]
    assert len(opened) == 2


def test_it_is_let_go_of_after_the_block_and_after_an_error(warehouse: Path) -> None:
    with pytest.raises(ZeroDivisionError), kept_open(warehouse):
        1 / 0  # noqa: B018
    # Another configuration is refused as long as one connection is open.
    duckdb.connect(str(warehouse), config={"threads": 1}).close()


def test_what_is_kept_to_read_is_not_written_to(warehouse: Path) -> None:
    with (
        kept_open(warehouse),
        open_warehouse(warehouse, read_only=False) as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("insert into numbers values (2)")


def test_what_is_not_there_is_told_by_who_asks(tmp_path: Path) -> None:
    absent = tmp_path / "absent.duckdb"
    with kept_open(absent), pytest.raises(InputError, match="There is no warehouse"):
        _numbers(absent)
    assert not absent.exists()
