"""What readers see: the last good run, whole, at any time."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.publication import Publication, publish, published_path, published_state
from tests.conftest import Store, run_dbt

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, demo_store: Store) -> Store:
    """A copy of the synthetic store as it was published."""
    folder = tmp_path_factory.mktemp("publication")
    copy = Store(folder / "datasets", folder / "w" / "copy.duckdb", folder / "reports")
    copy.datasets.mkdir()
    for path in sorted(demo_store.datasets.iterdir())[:2]:
        (copy.datasets / path.name).write_bytes(path.read_bytes())
    assert copy.run().code == 0
    return copy


def _published(store: Store, sql: str) -> list[tuple]:
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_run_with_nothing_new_says_so_and_touches_nothing(store: Store) -> None:
    paths = [store.warehouse, published_path(store.warehouse), *store.reports.rglob("*")]
    before = [path.stat().st_mtime_ns for path in paths]
    finished = store.run()
    assert finished.code == 0
    assert "Nothing new" in finished.errors
    assert [path.stat().st_mtime_ns for path in paths] == before


def test_a_touched_file_is_read_once_and_the_publication_stays(store: Store) -> None:
    path, published = store.datasets / "2019-10.csv", published_path(store.warehouse)
    content, before = path.read_bytes(), published.read_bytes()
    touched_at = path.stat().st_mtime_ns + 1_000
    os.utime(path, ns=(touched_at, touched_at))
    assert "Nothing new" in store.run().errors
    changed_at = "select modified_at_ns from core.loaded_files where source_file = '2019-10.csv'"
    assert store.query(changed_at) == [(touched_at,)]
    # Whoever opened it now would find something else.
    path.write_bytes(content.replace(b",view,", b",VIEW,"))
    os.utime(path, ns=(touched_at, touched_at))
    assert "Nothing new" in store.run().errors
    assert published.read_bytes() == before
    path.write_bytes(content)
    os.utime(path, ns=(touched_at, touched_at))


def test_another_language_is_a_report_and_no_new_model(store: Store) -> None:
    finished = store.run("run", "--lang", "fr")
    assert finished.code == 0
    assert (store.reports / "report.fr.html").is_file()
    assert store.query("select max(model_version) from marts.segment_model") == [(1,)]


def test_readers_do_not_block_a_run_and_keep_what_they_read(store: Store) -> None:
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as reader:
        before = reader.execute("select count(*) from marts.user_segments").fetchall()
        late = "2019-11-30 10:00:00 UTC,view,10,500,,acme,10.00,999999998,late"
        store.write("late.csv", late)
        assert store.run().code == 0
        assert reader.execute("select count(*) from marts.user_segments").fetchall() == before
    assert _published(store, "select count(*) from marts.user_segments") == [(before[0][0] + 1,)]


def test_a_failed_data_test_leaves_the_publication_and_ends_with_3(
    store: Store, tmp_path: Path
) -> None:
    published, report = published_path(store.warehouse), store.reports / "report.html"
    before = published.read_bytes(), report.read_bytes()
    with duckdb.connect(str(store.warehouse)) as connection:
        connection.execute(
            "update core.int_sessions set revenue = revenue + 0.01 where revenue > 0"
        )
    store.write("later.csv", "2019-11-30 11:00:00 UTC,view,10,500,,acme,10.00,999999998,late")
    finished = store.run("run", "--quiet")
    assert finished.code == 3
    assert "assert_revenue_is_the_same_everywhere" in finished.errors
    assert finished.errors.count("\n") == 1
    assert (published.read_bytes(), report.read_bytes()) == before
    # Computing everything again mends it.
    assert store.run("run", "--full-refresh").code == 0
    assert _published(store, "select count(*) from core.loaded_files") == [(4,)]


def test_a_mostly_refused_file_stops_the_run(store: Store) -> None:
    published = published_path(store.warehouse)
    before = published.read_bytes()
    ledger = store.query("select * from core.loaded_files order by source_file")
    good = "2019-11-30 12:00:00 UTC,view,10,500,,acme,10.00,7,s"
    refused = (
        (4, good.replace("10.00", "free")),
        *((1, good.replace("view", f"look{number}")) for number in range(3)),
        (2, good.replace(",7,s", ",,s")),
        (1, good.replace("10.00", "0.00")),
    )
    bad = [line for count, line in refused for _ in range(count)]
    path = store.write("bad.csv", good, *bad, good.replace("12:00", "12:01"))
    finished = store.run("run", "--quiet")
    assert finished.code == 1
    assert "bad.csv was not loaded: 10 of its 12 lines are refused" in finished.errors
    # Of four reasons the three most frequent.
    assert "(4 invalid_price, 3 unknown_event_type, 2 missing_user)" in finished.errors
    assert "price_not_positive" not in finished.errors
    assert published.read_bytes() == before
    assert store.query("select * from core.loaded_files order by source_file") == ledger
    path.unlink()


@pytest.mark.long
def test_forgetting_a_file_removes_its_events_and_frees_their_copies(store: Store) -> None:
    again = store.datasets / "2019-10-again.csv"
    again.write_bytes((store.datasets / "2019-10.csv").read_bytes())
    assert store.run("etl").code == 0
    features = "select * from marts.user_features order by user_id"
    before = store.query(features)
    finished = store.run("etl", "--quiet", "--forget-file", "2019-10.csv")
    assert finished.code == 2
    assert "remove it first" in finished.errors
    (store.datasets / "2019-10.csv").unlink()
    assert store.run("etl", "--forget-file", "2019-10.csv").code == 0
    assert store.query(features) == before
    again.unlink()
    assert store.run("etl").code == 0
    assert store.query(features) == before
    assert store.run("etl", "--forget-file", "2019-10-again.csv").code == 0
    assert store.query("select count(*) from core.events where occurred_at < '2019-11-01'") == [
        (0,)
    ]
    finished = store.run("etl", "--quiet", "--forget-file", "nobody.csv")
    assert finished.code == 2
    assert "No file nobody.csv is loaded" in finished.errors


def test_status_shows_why_lines_were_refused(store: Store) -> None:
    status = store.run("status", "--file", "2019-11.csv")
    assert status.code == 0
    assert "price_not_positive" in status.output
    users = {str(user) for (user,) in store.query("select user_id from marts.user_features")}
    assert not any(user in status.output for user in users)


@pytest.mark.long
def test_no_segment_is_made_of_features_that_are_not_whole(store: Store, demo_store: Store) -> None:
    """As a run leaves them that was killed between the months and the totals."""
    last = max(demo_store.datasets.iterdir())
    (store.datasets / last.name).write_bytes(last.read_bytes())
    begun = run_dbt(
        "run", "--select", "+int_user_months",
        datasets=store.datasets,
        warehouse=store.warehouse,
    )  # fmt: skip
    assert begun.code == 0, begun.output
    before = published_path(store.warehouse).read_bytes()
    finished = store.run("model")
    assert finished.code == 2
    assert "ended before its features were whole: run `python run_pipeline.py etl` first." in (
        finished.errors
    )
    assert published_path(store.warehouse).read_bytes() == before
    assert store.run("etl").code == 0
    assert store.run("model").code == 0
    # The two have done what a whole run does.
    assert "Nothing new since the last run: the report is" in store.run().errors


@pytest.mark.long
def test_a_run_that_died_with_nothing_new_to_load_is_made_up_for(store: Store) -> None:
    assert store.run().code == 0
    begun = run_dbt(
        "run", "--select", "+event_lines", datasets=store.datasets, warehouse=store.warehouse
    )
    assert begun.code == 0, begun.output
    finished = store.run()
    assert finished.code == 0
    assert "Nothing new" not in finished.errors
    assert "Nothing new" in store.run().errors


def test_a_publication_that_cannot_be_read_is_replaced(demo_store: Store, tmp_path: Path) -> None:
    """As a client leaves it that wrote into it and died."""
    warehouse = Path(shutil.copy(demo_store.warehouse, tmp_path / "w.duckdb"))
    published = publish(warehouse, Publication("former"))
    log = published.with_name(published.name + ".wal")
    with duckdb.connect(str(published)) as connection:
        connection.execute("set checkpoint_threshold = '1GB'")
        connection.execute("create table note as select 1")
        left = log.read_bytes()
    assert publish(warehouse, Publication("next")) == published
    log.write_bytes(left)
    assert published_state(warehouse) is None
    publish(warehouse, Publication("last"))
    assert published_state(warehouse) == "last"
    assert not log.exists()
