"""A new month is added to the totals that are there; whatever else happens, they are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.conftest import HEADER
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

# Of user 2, who comes in October only: what no count of the events could give.
MARK = 1_000_000


@pytest.fixture
def october(tmp_path: Path) -> Iterator[Workbench]:
    """Users 1 and 2 in October; the totals of user 2 carry a mark."""
    with workbench(tmp_path) as bench:
        bench.clear()
        _write(bench, "2019-10", users=(1, 2))
        bench.run()
        with duckdb.connect(str(bench.warehouse)) as connection:
            connection.execute(
                "update core.int_user_totals set product_count = ? where user_id = 2", [MARK]
            )
        yield bench


def _write(bench: Workbench, month: str, *, users: tuple[int, ...], products: int = 1) -> None:
    lines = [
        f"{month}-0{product} 10:00:00 UTC,view,{month[-1]}{product},5,,acme,2.50,{user},s{user}"
        for user in users
        for product in range(1, products + 1)
    ]
    (bench.datasets / f"{month}.csv").write_text("\n".join([HEADER, *lines]) + "\n")


def _products(bench: Workbench) -> dict[int, int]:
    with duckdb.connect(str(bench.warehouse), read_only=True) as connection:
        query = "select user_id, product_count from marts.user_features"
        return dict(connection.execute(query).fetchall())


def test_a_month_is_added_to_what_is_known(october: Workbench) -> None:
    _write(october, "2019-11", users=(1, 3))
    october.run()
    assert _products(october) == {1: 2, 2: MARK, 3: 1}


def test_an_earlier_month_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-09", users=(1, 3))
    october.run()
    assert _products(october) == {1: 2, 2: 1, 3: 1}


def test_a_month_that_changed_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-10", users=(1, 2), products=2)
    october.run()
    assert _products(october) == {1: 2, 2: 2}


def test_a_month_that_changed_beside_a_new_one_makes_all_totals_anew(october: Workbench) -> None:
    _write(october, "2019-10", users=(1, 2), products=2)
    _write(october, "2019-11", users=(1, 3))
    october.run()
    assert _products(october) == {1: 3, 2: 2, 3: 1}
