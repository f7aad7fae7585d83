"""The jury's stores are what the list says of them."""

from __future__ import annotations

import csv
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from benchmarks.jury import real_stores
from benchmarks.jury.real_stores import MissingStoreError, grocer, real_rows
from benchmarks.jury.store import JuryStore, Written
from benchmarks.jury.stores import HELD_OUT, STORES, store_by_key
from benchmarks.jury.write import main
from tests.conftest import HEADER

pytestmark = pytest.mark.long

_MADE = [store for store in STORES if store.key not in ("h", "i")]
_USERS = 2_000


@pytest.fixture(scope="module", params=_MADE, ids=lambda store: store.key)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[JuryStore, Written]:
    store = request.param
    return store, store.write(tmp_path_factory.mktemp(store.key), 1, _USERS)


def _rows(written: Written, sql: str) -> list[tuple]:
    return _events(written.datasets).execute(sql).fetchall()


@lru_cache(maxsize=1)
def _events(datasets: Path) -> duckdb.DuckDBPyConnection:
    """Read a store once for all that is asked of it."""
    connection = duckdb.connect()
    connection.execute(
        "create table events as select *, event_time[:19]::timestamp as occurred_at,"
        " try_cast(price as double) as paid"
        f" from read_csv('{datasets}/*.csv', all_varchar = true)"
    )
    return connection


def test_keys_are_unique_and_no_two_stores_have_one_name() -> None:
    stores = (*STORES, *HELD_OUT)
    assert len({store.key for store in stores}) == len({store.title for store in stores})
    assert len({store.key for store in stores}) == len(stores)
    assert [store_by_key(store.key) for store in stores] == list(stores)


def test_files_are_in_the_standard_columns_a_month_each(made: tuple[JuryStore, Written]) -> None:
    _, written = made
    for path in sorted(written.datasets.iterdir()):
        with path.open() as lines:
            assert next(lines).strip() == HEADER
            times = [line.split(",", 1)[0] for line in lines]
        assert times == sorted(times)
        assert {time[:7] for time in times} == {path.stem}


def test_the_outcome_lies_in_the_files(made: tuple[JuryStore, Written]) -> None:
    store, written = made
    ((first, last),) = _rows(written, "select min(occurred_at), max(occurred_at) from events")
    for snapshot_date in store.dates:
        assert first.date() + timedelta(days=60) <= snapshot_date
        assert last.date() >= snapshot_date + timedelta(days=store.outcome_days - 1)


def test_the_same_seed_gives_the_same_bytes(
    made: tuple[JuryStore, Written], tmp_path: Path
) -> None:
    store, written = made
    again, other = (store.write(tmp_path / str(seed), seed, _USERS) for seed in (1, 2))
    for path in written.datasets.iterdir():
        assert path.read_bytes() == (again.datasets / path.name).read_bytes()
    assert any(
        path.read_bytes() != (other.datasets / path.name).read_bytes()
        for path in written.datasets.iterdir()
    )


def test_planted_types_cover_every_user(made: tuple[JuryStore, Written]) -> None:
    store, written = made
    users = {user for (user,) in _rows(written, "select distinct user_id from events")} - {None}
    assert len(users) >= 0.95 * _USERS
    if not store.has_planted_types:
        return
    assert written.planted_types is not None
    with written.planted_types.open() as lines:
        planted = {row["user_id"]: row["planted_type"] for row in csv.DictReader(lines)}
    assert users <= planted.keys()
    assert len(set(planted.values())) >= 7


def test_purchases_only_where_that_is_said(made: tuple[JuryStore, Written]) -> None:
    store, written = made
    kinds = {kind for (kind,) in _rows(written, "select distinct event_type from events")}
    assert (kinds == {"purchase"}) == store.purchases_only


def test_half_of_the_customers_order_once(tmp_path: Path) -> None:
    for seed in (1, 2):
        written = store_by_key("c").write(tmp_path / str(seed), seed, 10_000)
        ((share,),) = _rows(
            written,
            "select avg((orders = 1)::int) from"
            " (select count(distinct user_session) as orders from events group by user_id)",
        )
        assert 0.45 < share < 0.55


def test_seasons_are_strong(tmp_path: Path) -> None:
    written = store_by_key("d").write(tmp_path, 1, 10_000)
    counts = dict(
        _rows(written, "select strftime(occurred_at, '%m'), count(*) from events group by 1")
    )
    assert counts["12"] > 3 * counts["03"]
    assert counts["07"] > 1.3 * counts["03"]


def test_wholesalers_are_one_in_a_hundred_and_much_of_the_revenue(tmp_path: Path) -> None:
    written = store_by_key("gp").write(tmp_path, 1, 10_000)
    ((share,),) = _rows(
        written,
        "select sum(spent) filter (place <= 0.01) / sum(spent) from"
        " (select sum(paid) as spent, percent_rank() over (order by sum(paid) desc) as place"
        " from events group by user_id)",
    )
    assert share > 0.4


def test_a_population_without_types_has_heavy_tails(tmp_path: Path) -> None:
    written = store_by_key("f").write(tmp_path, 1, 5_000)
    ((high, middle),) = _rows(
        written,
        "select quantile_cont(n, 0.999), median(n) from"
        " (select count(*) as n from events group by user_id)",
    )
    assert high > 40 * middle


def test_the_grocer_is_whole(tmp_path: Path) -> None:
    try:
        written = grocer(tmp_path)
    except MissingStoreError as error:
        pytest.skip(str(error))
    assert _rows(
        written,
        "select count(*), count(distinct user_id), count(distinct user_session),"
        " count(*) filter (paid = 0) > 0, min(occurred_at)::date::text, count(distinct event_type)"
        " from events",
    ) == [(1_469_307, 2_469, 155_848, True, "2017-01-01", 1)]
    assert len(list(written.datasets.iterdir())) == 13


def test_the_real_rows_are_as_they_are(tmp_path: Path, real_rows: Path) -> None:
    written = real_stores.real_rows(tmp_path)
    lines = (written.datasets / "2019-10.csv").read_bytes().count(b"\n")
    assert lines == 17_435


def test_a_store_that_is_not_there_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_stores, "GROCER", "no_such_package")
    monkeypatch.setattr(real_stores, "REAL_ROWS", tmp_path / "nowhere.csv.gz")
    with pytest.raises(MissingStoreError, match=r"benchmarks/requirements\.txt"):
        grocer(tmp_path)
    with pytest.raises(MissingStoreError, match="shared/data"):
        real_rows(tmp_path)


def test_the_command_writes_a_store_and_never_over_another(tmp_path: Path) -> None:
    arguments = ["--store", "j", "--seed", "2", "--users", "200", str(tmp_path / "store")]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.output
    assert "as of 2021-06-01" in first.output
    assert (tmp_path / "store" / "planted_types.csv").exists()
    second = CliRunner().invoke(main, arguments)
    assert second.exit_code == 1
    assert "is not empty" in second.output
