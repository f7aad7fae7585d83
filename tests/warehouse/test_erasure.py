"""Who is erased is nowhere any more, to the last byte, and does not come back."""

from __future__ import annotations

import gzip
import html
import json
import shutil
import signal
from pathlib import Path

import duckdb
import pytest

from pipeline.databases.deliveries import DELIVERIES
from pipeline.privacy.people import people
from pipeline.warehouse.publication import published_path
from tests import traces as search
from tests.conftest import Store, run_pipeline

pytestmark = pytest.mark.slow


def traces(store: Store, text: str) -> set[str]:
    """Return where a person is below warehouse and reports."""
    return search.traces([store.warehouse.parent, store.reports], people([text])[0])


def _columns_of_customers(path: Path, text: str) -> set[str]:
    """Return where a database has rows of a customer by the key that its tables have."""
    with duckdb.connect(str(path), read_only=True) as reader:
        tables = reader.execute(
            "select schema_name, table_name from duckdb_columns() where column_name = 'user_id'"
            " and (schema_name, table_name) in"
            " (select (schema_name, table_name) from duckdb_tables())"
        ).fetchall()
        return {
            f"{path.name}: {schema}.{table}.user_id"
            for schema, table in tables
            if reader.execute(f"from {schema}.{table} where user_id = {text} limit 1").fetchall()
        }


def _leave_traces(store: Store, text: str) -> set[str]:
    """Leave the person in an answer, a list and what killed processes leave; return some names."""
    assert store.run("privacy export", text).code == 0
    lists, spilt = store.reports / "lists", store.warehouse.with_name("store.duckdb.tmp")
    lists.mkdir()
    # Drawn for a campaign, and written as a list and as a workbook.
    drawing = ("--campaign", "autumn", "--control", "10%")
    _export(store, *drawing, "--group", "both", "--output", lists / "autumn.csv")
    _export(store, "--campaign", "autumn", "--group", "both", "--output", lists / "autumn.xlsx")
    (lists / "best.csv").write_text(f"user_id,segment\n{text},best\n1,other\n")
    (lists / "best.csv.gz").write_bytes(gzip.compress(f"user_id\n1\n{text}\n".encode()))
    spilt.mkdir()
    (spilt / "block").write_bytes(b"\0" + int(text).to_bytes(4, "little"))
    copied = store.warehouse.with_name("store.duckdb.records")
    copied.mkdir()
    (copied / "lines.txt").write_text(f"view,{text}")
    unfinished = published_path(store.warehouse).with_name("store_marts.duckdb.unfinished")
    unfinished.write_bytes(int(text).to_bytes(8, "big"))
    return {"best.csv", "autumn.csv", "block", "lines.txt", unfinished.name}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, demo_store: Store) -> Store:
    """The synthetic store, whose last month is gzipped, with lists that were made from it."""
    folder = tmp_path_factory.mktemp("erasure")
    copy = Store(folder / "datasets", folder / "w" / "store.duckdb", folder / "reports")
    shutil.copytree(demo_store.datasets, copy.datasets)
    shutil.copytree(demo_store.reports, copy.reports)
    copy.warehouse.parent.mkdir()
    shutil.copy(demo_store.warehouse, copy.warehouse)
    shutil.copy(published_path(demo_store.warehouse), published_path(copy.warehouse))
    return copy


def _somebody(store: Store) -> str:
    """Return a customer with a segment who came in every month, as text."""
    return str(
        store.query(
            "select user_id from marts.user_segments"
            " inner join marts.user_features using (user_id)"
            " where segment_id is not null and month(first_event_at) < month(last_event_at)"
            " and order_count > 0 order by user_id limit 1"
        )[0][0]
    )


def test_a_person_is_told_everything_in_words_and_as_data(store: Store) -> None:
    text = _somebody(store)
    finished = store.run("privacy export", text)
    assert finished.code == 0, finished.errors
    answers = sorted((store.reports / "privacy").iterdir())
    assert [path.name.partition(".")[2] for path in answers] == ["en.html", "fr.html", "json"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in answers)
    assert not any(text in path.name for path in answers)
    found = json.loads(answers[2].read_text())
    assert (found["id"], found["objects_to_profiling"]) == (text, False)
    counts = {name: len(rows) for name, rows in found["held"].items()}
    for relation in ("core.events", "core.int_sessions", "marts.user_features"):
        assert store.query(f"select count(*) from {relation} where user_id = {text}") == [
            (counts[relation],)
        ]
    name = store.query(f"select segment_name from marts.user_segments where user_id = {text}")[0][0]
    assert found["segment"]["names"]["en"] == name
    page, french = answers[0].read_text(), answers[1].read_text()
    assert html.escape(name) in page
    assert html.escape(found["segment"]["rules"]["fr"], quote=False)[:20] in html.unescape(french)
    assert "object to profiling" in page
    assert "opposez au profilage" in french
    assert store.query("select command, people_count from ops.privacy_log") == [("export", 1)]


def test_the_record_says_what_settings_and_warehouse_say(store: Store) -> None:
    finished = store.run("privacy record")
    assert finished.code == 0, finished.errors
    users = store.query("select count(*) from marts.user_features")[0][0]
    page = (store.reports / "record" / "record.en.md").read_text()
    assert f"Customers: {users:,}." in page
    assert "Ids are those of the shop" in page
    assert "kept without a limit" in page
    assert (store.reports / "record" / "record.fr.html").is_file()


@pytest.mark.long
def test_who_is_erased_is_nowhere_and_stays_away(store: Store) -> None:
    text = _somebody(store)
    left = _leave_traces(store, text)
    # The search finds them in every table that has them, and in every file.
    for path in (store.warehouse, published_path(store.warehouse)):
        left |= _columns_of_customers(path, text)
    assert {
        "store.duckdb: core.event_lines.user_id", "store.duckdb: core.int_sessions.user_id",
        "store.duckdb: marts.user_segments.user_id", "store.duckdb: ops.campaign_members.user_id",
        "store_marts.duckdb: marts.user_features.user_id",
    } <= left  # fmt: skip
    assert left <= traces(store, text)
    lines = store.query("select source_file, line_count from core.loaded_files order by all")
    finished = store.run("privacy forget", text)
    assert finished.code == 0, finished.errors
    assert "store.duckdb: core.event_lines:" in finished.errors
    assert "store_marts.duckdb: marts.user_features: 1 removed." in finished.errors
    assert "best.csv: 1 removed." in finished.errors
    assert "autumn.csv: 1 removed." in finished.errors
    assert "autumn.xlsx: removed." in finished.errors
    assert "still holds" in finished.errors
    assert text not in finished.errors
    assert traces(store, text) == set()
    packed = store.reports / "lists" / "best.csv.gz"
    assert gzip.decompress(packed.read_bytes()) == b"user_id\n1\n"
    # Their lines are counted, and nothing of them is known.
    assert lines == store.query(
        "select source_file, kept_count + duplicate_count + rejected_count"
        " from core.loaded_files order by all"
    )
    features = "select * from marts.user_features order by user_id"
    without = store.query(features)
    emptied = "select distinct columns(* exclude source_file) from core.event_lines where {}"
    is_erased = "rejection_reason = 'erased'"
    before = store.query(emptied.format(is_erased))
    assert len(before) == 1
    # The same files again, a model of everybody who is left, and all files read anew.
    for options in ((), ("--retrain",), ("--full-refresh",)):
        finished = store.run("run", *options)
        assert finished.code == 0, finished.errors
        assert traces(store, text) == set()
    assert store.query(emptied.format(is_erased)) == before
    assert store.query(features) == without
    assert store.query("select count(*) from core.rejected_events where " + is_erased)[0][0] > 0
    log = store.query("select command, people_count, outcome from ops.privacy_log")
    assert ("forget", 1) in {row[:2] for row in log}
    assert not any(text in row[2] for row in log)
    # The answer to them, and the record of all.
    assert not list((store.reports / "privacy").iterdir())


@pytest.mark.long
def test_an_erasure_that_was_killed_is_ended_by_the_next_call(store: Store) -> None:
    text = _somebody(store)
    last = max(path for path in store.datasets.iterdir())
    packed = last.with_name(last.name + ".gz")
    packed.write_bytes(gzip.compress(last.read_bytes()))
    last.unlink()
    lines = gzip.decompress(packed.read_bytes()).splitlines()
    process = store.start("privacy forget", text, "--rewrite-raw")
    store.wait_until_begun(process)
    while not store.warehouse.with_name(store.warehouse.name + ".anew").exists():
        assert process.poll() is None, "it ended before it was killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert store.query("select count(*) from ops.erasures_under_way") == [(1,)]
    finished = store.run("run")
    assert finished.code == 0, finished.errors
    assert traces(store, text) == set()
    assert store.query("select count(*) from ops.erasures_under_way") == [(0,)]
    # The raw files as well, compressed as they were.
    staying = [line for line in lines if f",{text},".encode() not in line]
    assert len(staying) < len(lines)
    assert gzip.decompress(packed.read_bytes()).splitlines() == staying
    for path in store.datasets.glob("*.csv"):
        assert text not in path.read_text()


def _export(store: Store, *options: str | Path) -> None:
    finished = run_pipeline("export", "--warehouse", store.warehouse, *options)
    assert finished.code == 0, finished.errors


@pytest.mark.long
def test_who_objects_has_no_segment_until_they_withdraw(store: Store, tmp_path: Path) -> None:
    text = _somebody(store)
    totals = "select * from marts.user_features order by user_id"
    before = store.query(totals)
    first, again, everybody = (tmp_path / name for name in ("first.csv", "again.csv", "all.csv"))
    drawing = ("--campaign", "spring", "--control", "50%")
    _export(store, *drawing, "--group", "both", "--output", first)
    finished = store.run("privacy object", text)
    assert finished.code == 0, finished.errors
    _export(store, "--campaign", "spring", "--group", "both", "--output", again)
    _export(store, "--output", everybody)
    assert f"\n{text}," in first.read_text()
    assert f"\n{text}," not in again.read_text() + everybody.read_text()
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as reader:
        for delivery in DELIVERIES:
            if "user_id" in delivery.key:
                rows = reader.sql(delivery.query)
                assert rows.filter(f"user_id = {text}").fetchall() == []
                assert rows.limit(1).fetchall()
    of_them = f"from marts.user_segments where user_id = {text}"
    assert store.query(f"select unsegmented_reason, segment_id {of_them}") == [("objected", None)]
    assert store.query(totals) == before
    for relation in ("int_training_users", "int_past_outcomes", "int_history_segments"):
        assert store.query(f"select count(*) from marts.{relation} where user_id = {text}") == [
            (0,)
        ]
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as reader:
        assert reader.execute(f"select unsegmented_reason {of_them}").fetchall() == [("objected",)]
    finished = store.run("privacy object", text, "--withdraw")
    assert finished.code == 0, finished.errors
    assert store.query(f"select unsegmented_reason {of_them}") == [(None,)]
