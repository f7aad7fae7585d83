"""Which of several lines with one key is kept, and that the order of arrival does not decide it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Store

pytestmark = pytest.mark.slow

KEPT = "select price, brand, source_file from core.events order by occurred_at, price"
LEDGER = (
    "select source_file, kept_count, duplicate_count from core.loaded_files order by source_file"
)


def _line(price: str, brand: str = "acme", *, session: str = "s1", minute: int = 0) -> str:
    return f"2019-10-01 10:{minute:02d}:00 UTC,view,10,500,,{brand},{price},1,{session}"


@pytest.mark.long
def test_the_cheaper_line_is_kept_in_whatever_order_they_arrive(tmp_path: Path) -> None:
    kept = []
    for order in ("ab", "ba"):
        folder = tmp_path / order
        store = Store(folder / "datasets", folder / "w.duckdb", folder / "reports")
        for name in order:
            price = {"a": "12.00", "b": "9.00"}[name]
            store.write(f"{name}.csv", _line(price))
            assert store.run("etl").code == 0
        kept.append(store.query(KEPT))
        assert store.query(LEDGER) == [("a.csv", 0, 1), ("b.csv", 1, 0)]
    assert kept == [[(Decimal("9.00"), "acme", "b.csv")]] * 2


def test_of_equal_lines_the_first_is_kept_and_a_null_session_is_a_value(store: Store) -> None:
    store.write(
        "a.csv",
        _line("9.00"),
        _line("9.00"),
        _line("9.00", session=""),
        _line("9.00", session=""),
        _line("9.00", session="s2"),
        _line("9.00", minute=1),
    )
    store.write("b.csv", _line("9.00"))
    assert store.run("etl").code == 0
    assert store.query(LEDGER) == [("a.csv", 4, 2), ("b.csv", 0, 1)]


def test_a_replaced_file_gives_way_to_its_successor(store: Store) -> None:
    store.write("a.csv", _line("9.00"), _line("5.00", minute=1))
    store.write("b.csv", _line("9.00"))
    assert store.run("etl").code == 0
    store.write("a.csv", _line("7.00", minute=2), _line("8.00", minute=3))
    assert store.run("etl").code == 0
    # The copy in b.csv, a duplicate until now, is the only one left.
    assert store.query(KEPT) == [
        (Decimal("9.00"), "acme", "b.csv"),
        (Decimal("7.00"), "acme", "a.csv"),
        (Decimal("8.00"), "acme", "a.csv"),
    ]
    assert store.query("select event_count from core.sessions") == [(3,)]


@pytest.mark.long
def test_a_run_that_died_before_lines_were_marked_is_made_up_for(store: Store) -> None:
    """Its lines are in, but in no ledger; the copy of a line that left is still marked."""
    store.write("a.csv", _line("9.00"), _line("5.00", minute=1))
    store.write("b.csv", _line("9.00"))
    assert store.run("etl").code == 0
    store.write("a.csv", _line("7.00", minute=2), _line("8.00", minute=3))
    assert store.run("etl").code == 0
    undisturbed = store.query(KEPT), store.query(LEDGER)
    with duckdb.connect(str(store.warehouse)) as connection:
        for statement in (
            "update core.event_lines set is_duplicate = true where source_file = 'b.csv'",
            "update ops.event_lines_by_day set marked_version = version - 1",
            "update core.loaded_files set size_bytes = 0, fingerprint = 'of the former a.csv'"
            " where source_file = 'a.csv'",
        ):
            connection.execute(statement)
    assert store.run("etl").code == 0
    assert (store.query(KEPT), store.query(LEDGER)) == undisturbed
    assert undisturbed[1] == [("a.csv", 2, 0), ("b.csv", 1, 0)]
