"""The synthetic store behaves like the real one and never gives its secret away."""

from __future__ import annotations

import csv
import stat
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from pipeline.demo_store import DemoStore, write_demo_store
from pipeline.runtime.errors import InputError
from tests.conftest import HEADER


def _write(folder: Path, **options) -> DemoStore:
    return write_demo_store(
        folder / "events", planted_types_file=folder / "planted_types.csv", **options
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> DemoStore:
    return _write(tmp_path_factory.mktemp("store"), user_count=8_000, seed=3)


@pytest.fixture(scope="module")
def events(store: DemoStore) -> duckdb.DuckDBPyRelation:
    files = [str(path) for path in store.event_files]
    connection = duckdb.connect()
    connection.read_csv(files, all_varchar=True).create("read")
    return connection.table("read")


def _one(events: duckdb.DuckDBPyRelation, sql: str) -> tuple:
    return events.query("events", sql).fetchall()[0]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first = _write(tmp_path / "a", user_count=500, seed=5)
    second = _write(tmp_path / "b", user_count=500, seed=5)
    third = _write(tmp_path / "c", user_count=500, seed=6)
    for one, two, three in zip(
        first.event_files, second.event_files, third.event_files, strict=True
    ):
        assert one.read_bytes() == two.read_bytes()
        assert one.read_bytes() != three.read_bytes()
    assert first.planted_types_file.read_bytes() == second.planted_types_file.read_bytes()


def test_there_is_a_file_a_month_in_the_order_of_time(store: DemoStore) -> None:
    assert [path.name for path in store.event_files] == [
        "2019-10.csv",
        "2019-11.csv",
        "2019-12.csv",
    ]
    for path in store.event_files:
        with path.open() as lines:
            assert next(lines).strip() == HEADER
            times = [line.split(",", 1)[0] for line in lines]
        assert times == sorted(times)
        assert {time[:7] for time in times} == {path.stem}


def test_the_count_is_that_of_the_lines(store: DemoStore) -> None:
    lines = sum(path.read_bytes().count(b"\n") - 1 for path in store.event_files)
    assert lines == store.event_count


def test_planted_types_stand_beside_the_events_and_cover_every_user(
    store: DemoStore, events: duckdb.DuckDBPyRelation
) -> None:
    assert store.planted_types_file.parent != store.event_files[0].parent
    with store.planted_types_file.open() as lines:
        planted = {row["user_id"]: row["planted_type"] for row in csv.DictReader(lines)}
    users = events.query("events", "select distinct user_id from events where user_id is not null")
    seen = {user for (user,) in users.fetchall()}
    assert seen <= set(planted)
    assert Counter(planted.values())["automatic"] == 2
    assert events.columns == HEADER.split(",")


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("avg((event_type = 'view')::int)", 0.91, 0.97),
        ("avg((event_type = 'purchase')::int)", 0.012, 0.022),
        ("avg((price = '0.00')::int)", 0.0020, 0.0036),
        ("avg((category_code is null)::int)", 0.27, 0.37),
        ("avg((brand is null)::int)", 0.11, 0.17),
        ("quantile_cont(try_cast(price as double), 0.25)", 58, 74),
        ("median(try_cast(price as double))", 150, 176),
        ("quantile_cont(try_cast(price as double), 0.75)", 330, 390),
        ("avg(try_cast(price as double))", 275, 305),
        ("avg((hour(event_time[:19]::timestamp) between 8 and 15)::int)", 0.45, 0.55),
        ("avg((hour(event_time[:19]::timestamp) in (19, 20, 21, 22, 23, 0))::int)", 0.03, 0.1),
        ("avg((event_type = 'remove_from_cart')::int)", 0, 0),
        ("max(try_cast(price as double))", 2_574.07, 2_574.07),
    ],
)
def test_figures_are_near_those_of_the_real_store(
    events: duckdb.DuckDBPyRelation, figure: str, low: float, high: float
) -> None:
    assert low <= _one(events, f"select {figure} from events")[0] <= high


_WITHOUT_CART = """
    select
        event_time[:7] as month,
        count(*) filter (event_type = 'cart') as carts,
        count(*) filter (event_type = 'purchase') as purchases,
        count(*) filter (
            event_type = 'purchase' and not exists (
                from events as carts
                where
                    carts.event_type = 'cart'
                    and carts.user_session = events.user_session
                    and carts.product_id = events.product_id
            )
        ) as without_cart
    from events
    group by month
    order by month
"""


def test_carts_are_missing_in_the_first_month_and_of_a_tenth_of_the_purchases(
    events: duckdb.DuckDBPyRelation,
) -> None:
    (_, first, bought, bare), *later = events.query("events", _WITHOUT_CART).fetchall()
    assert 0.4 < bare / bought < 0.65
    for _, carts, purchases, without_cart in later:
        # A product that is put into the cart twice in a visit hides a missing cart.
        assert 0.07 < without_cart / purchases < 0.13
        assert first < 0.8 * carts


def test_a_store_that_records_everything_is_an_option(tmp_path: Path) -> None:
    files = _write(tmp_path, user_count=2_000, like_real=False).event_files
    everything = duckdb.connect().read_csv([str(path) for path in files], all_varchar=True)
    rows = everything.query("events", _WITHOUT_CART).fetchall()
    assert {without_cart for *_, without_cart in rows} == {0}
    removed = "select avg((event_type = 'remove_from_cart')::int) from events"
    assert 0.005 < _one(everything, removed)[0] < 0.015


def test_sessions_are_short_and_few_buy(events: duckdb.DuckDBPyRelation) -> None:
    single, middle, long, buying = _one(
        events,
        "select avg((n = 1)::int), median(n), quantile_cont(n, 0.9), avg(buys::int) from ("
        " select count(*) as n, bool_or(event_type = 'purchase') as buys"
        " from events group by user_session)",
    )
    assert 0.3 < single < 0.5
    assert middle == 2
    assert 8 <= long <= 14
    assert 0.04 < buying < 0.09


def test_products_keep_brand_category_and_price(events: duckdb.DuckDBPyRelation) -> None:
    changing = _one(
        events,
        "select count(*) from (select product_id from events"
        " where price not in ('0.00', 'n/a') group by product_id"
        " having count(distinct price) > 1 or count(distinct category_id) > 1"
        " or count(distinct coalesce(brand, '')) > 1)",
    )
    assert changing == (0,)


def test_accidents_happen(events: duckdb.DuckDBPyRelation, store: DemoStore) -> None:
    distinct = _one(events, "select count(*) from (select distinct * from events)")[0]
    assert 0.0001 < 1 - distinct / store.event_count < 0.0006
    longest = _one(
        events, "select max(n) from (select count(*) n from events group by user_session)"
    )
    assert longest[0] > 500


def test_without_types_there_is_nothing_planted(tmp_path: Path) -> None:
    store = _write(tmp_path, user_count=300, planted_types=False)
    types = store.planted_types_file.read_text().splitlines()[1:]
    assert {line.split(",")[1] for line in types} == {"none"}


def test_wholesalers_are_a_type_of_their_own(tmp_path: Path) -> None:
    store = _write(tmp_path, user_count=300, wholesaler_share=0.1)
    types = store.planted_types_file.read_text().splitlines()[1:]
    count = sum(line.endswith(",wholesaler") for line in types)
    # 30 are expected, with a standard deviation of 5.2.
    assert 10 < count < 50


def test_one_user_is_a_store(tmp_path: Path) -> None:
    store = _write(tmp_path, user_count=1, month_count=1)
    assert store.event_count >= 1
    assert [path.name for path in store.event_files] == ["2019-10.csv"]


def test_a_long_period_with_less_activity_has_as_many_events_of_each_customer(
    tmp_path: Path,
) -> None:
    three = _write(tmp_path / "three", user_count=1_000, month_count=3)
    six = _write(tmp_path / "six", user_count=1_000, month_count=6, activity=0.5)
    assert six.event_count == pytest.approx(three.event_count, rel=0.1)


def test_files_belong_to_their_owner(store: DemoStore) -> None:
    for path in (*store.event_files, store.planted_types_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.event_files[0].parent.stat().st_mode) == 0o700
    assert sorted(path.name for path in store.event_files[0].parent.iterdir()) == sorted(
        path.name for path in store.event_files
    )


@pytest.mark.parametrize(
    "options",
    [
        {"user_count": 0},
        {"month_count": 0},
        {"overlap": 1.5},
        {"wholesaler_share": -1},
        {"drift": -1},
        {"activity": 0},
    ],
)
def test_arguments_out_of_range_are_refused(tmp_path: Path, options: dict) -> None:
    with pytest.raises(InputError, match=str(next(iter(options.values())))):
        _write(tmp_path, **options)
    assert not (tmp_path / "events").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "events").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        _write(tmp_path, user_count=1)
