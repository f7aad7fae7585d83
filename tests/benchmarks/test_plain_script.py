"""The plain script is a fair yardstick: it makes the same events and the same features."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from benchmarks import plain_script
from tests.conftest import Store

pytestmark = pytest.mark.slow

# A running mean of doubles there, whole numbers here: the last bits may differ.
INEXACT = {"mean_days_between_orders", "stddev_days_between_orders"}


@pytest.fixture(scope="module")
def both(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The tables of the script, and the warehouse as `warehouse`."""
    made: Path = tmp_path_factory.mktemp("plain") / "plain.duckdb"
    plain_script.main(str(demo_store.datasets), str(made))
    connection = duckdb.connect(str(made), read_only=True)
    connection.execute(f"attach '{demo_store.warehouse}' as warehouse (read_only)")
    yield connection
    connection.close()


def test_the_events_are_the_same(both: duckdb.DuckDBPyConnection) -> None:
    columns = (
        "user_id, session_id, occurred_at, event_type, product_id, category_id, category_code,"
        " brand, price"
    )
    for one, other in (("events", "warehouse.core.events"), ("warehouse.core.events", "events")):
        missing = both.execute(
            f"select count(*) from (select {columns} from {one} except all"
            f" select {columns} from {other})"
        )
        assert missing.fetchone() == (0,)


def test_the_features_are_the_same(both: duckdb.DuckDBPyConnection) -> None:
    columns = [
        name
        for (name,) in both.execute(
            "select column_name from (describe warehouse.marts.user_features)"
        ).fetchall()
    ]
    assert set(columns) == {
        name
        for (name,) in both.execute("select column_name from (describe user_features)").fetchall()
    }
    differences = ", ".join(
        f"count(*) filter (where abs(plain.{name} - ours.{name}) > 1e-9"
        f" or (plain.{name} is null) <> (ours.{name} is null))"
        if name in INEXACT
        else f"count(*) filter (where plain.{name} is distinct from ours.{name})"
        for name in columns
    )
    counts = both.execute(
        f"select {differences} from user_features as plain"
        " full join warehouse.marts.user_features as ours using (user_id)"
    ).fetchone()
    assert dict(zip(columns, counts, strict=True)) == dict.fromkeys(columns, 0)
