"""Bad input ends with the right exit code and one sentence that says what and where."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.warehouse.connection import work_folder
from tests.conftest import HEADER, ROOT, Store, run_pipeline

pytestmark = pytest.mark.slow

GOOD = "2019-10-01 10:00:00 UTC,view,10,500,,acme,10.00,1,s1"


def _empty(store: Store) -> None:
    (store.datasets / "a.csv").write_bytes(b"")


def _header_alone(store: Store) -> None:
    store.write("a.csv")


def _no_csv(store: Store) -> None:
    (store.datasets / "a.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def _cut_gz(store: Store) -> None:
    whole = gzip.compress("\n".join([HEADER, *[GOOD] * 1000]).encode())
    (store.datasets / "a.csv.gz").write_bytes(whole[: len(whole) // 2])


def _page_of_zeros(store: Store) -> None:
    columns = {name: ["7"] * 10_000 for name in HEADER.split(",")}
    columns["user_session"] = [str(number) for number in range(10_000)]
    path = store.datasets / "a.parquet"
    pq.write_table(pa.table(columns), path)
    content = path.read_bytes()
    path.write_bytes(content[:-20_000] + bytes(10_000) + content[-10_000:])


def _cut_archive(store: Store) -> None:
    (store.datasets / "a.zip").write_bytes(b"PK\x03\x04 and then nothing")


def _unreadable(store: Store) -> None:
    (store.datasets / "a.csv").symlink_to(store.datasets / "gone.csv")


def _missing_column(store: Store) -> None:
    store.write("a.csv", GOOD, header=HEADER.replace("price", "cost"))


@pytest.mark.parametrize(
    ("prepare", "file", "words"),
    [
        (_empty, "a.csv", "empty"),
        (_header_alone, "a.csv", "header"),
        (_no_csv, "a.csv", "no header"),
        (_cut_gz, "a.csv.gz", "too early"),
        (_page_of_zeros, "a.parquet", "damaged"),
        (_cut_archive, "a.zip", "damaged"),
        (_unreadable, "a.csv", "link"),
        (_missing_column, "a.csv", "price"),
    ],
)
def test_a_bad_file_is_named_and_nothing_is_touched(
    store: Store, prepare: Callable[[Store], None], file: str, words: str
) -> None:
    prepare(store)
    finished = store.run("etl", "--quiet")
    assert finished.code == 2
    assert finished.errors.startswith("Error: ")
    assert finished.errors.count("\n") == 1
    assert file in finished.errors
    assert words in finished.errors
    assert not store.warehouse.exists()


def test_folders_of_another_user_in_the_project_are_left_alone(tmp_path: Path) -> None:
    """A file in the place of a folder can be written into by nobody, not even by root."""
    project = tmp_path / "project"
    for name in ("pipeline", "ml", "dbt_project", "presets"):
        shutil.copytree(ROOT / name, project / name)
    for name in ("dbt_project.yml", "profiles.yml", "run_pipeline.py"):
        shutil.copy(ROOT / name, project / name)
    for name in ("target", "logs"):
        (project / name).write_text("not ours")
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "a.csv").write_text(f"{HEADER}\n{GOOD}\n")
    warehouse = tmp_path / "w" / "w.duckdb"
    finished = subprocess.run(
        [sys.executable, project / "run_pipeline.py", "etl", "--quiet",
         "--datasets", tmp_path / "datasets", "--warehouse", warehouse],
        capture_output=True, text=True, check=False, cwd=project,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    assert {(project / name).read_text() for name in ("target", "logs")} == {"not ours"}
    assert work_folder(warehouse).is_dir()


@pytest.mark.parametrize("place", ["", "target", "logs"])
def test_no_folder_for_the_notes_of_dbt_is_one_sentence(store: Store, place: str) -> None:
    store.write("a.csv", GOOD)
    blocked = work_folder(store.warehouse) / place
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("not ours")
    finished = store.run("etl", "--quiet")
    assert finished.code == 2
    assert finished.errors == (
        f"Error: {blocked} is not a writable folder, and dbt keeps its notes there: remove"
        " it, or name another warehouse with --warehouse.\n"
    )
    assert not store.warehouse.exists()


def test_an_empty_folder(store: Store) -> None:
    finished = store.run("run", "--quiet")
    assert finished.code == 2
    assert "There is no event file in" in finished.errors


def test_a_folder_that_is_not_there(store: Store) -> None:
    store.datasets.rmdir()
    finished = store.run("run", "--quiet")
    assert finished.code == 2
    assert str(store.datasets) in finished.errors


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("w.duckdb", b"garbage"),
        ("w.duckdb", b"SQLite format 3\x00" + b"\x00" * 4096),
        ("w.csv", b"a,b\n"),
    ],
)
def test_a_warehouse_that_is_no_warehouse(store: Store, name: str, content: bytes) -> None:
    store.write("a.csv", GOOD)
    warehouse = store.datasets.parent / name
    warehouse.write_bytes(content)
    finished = store.run("etl", "--quiet", "--warehouse", warehouse)
    assert finished.code == 2
    assert finished.errors == (
        f"Error: {warehouse} is no DuckDB file: name another file with --warehouse.\n"
    )
    assert warehouse.read_bytes() == content


@pytest.mark.parametrize("name", ["it's.duckdb", 'the "new".duckdb'])
def test_a_warehouse_with_a_name_that_dbt_cannot_take(store: Store, name: str) -> None:
    store.write("a.csv", GOOD)
    finished = run_pipeline("etl", "--datasets", store.datasets, "--warehouse", name, "--quiet")
    assert finished.code == 2
    assert name in finished.errors


def test_a_warehouse_of_somebody_else(store: Store) -> None:
    store.write("a.csv", GOOD)
    store.warehouse.parent.mkdir()
    with duckdb.connect(str(store.warehouse)) as connection:
        connection.execute("create table main.theirs as select 42 as answer")
    finished = store.run("etl", "--quiet")
    assert finished.code == 2
    assert "made by something else" in finished.errors
    assert store.query("select answer from main.theirs") == [(42,)]


def test_a_warehouse_that_is_held_names_the_process(store: Store) -> None:
    store.write("a.csv", GOOD)
    store.warehouse.parent.mkdir()
    with duckdb.connect(str(store.warehouse)):
        finished = store.run("etl", "--quiet")
    assert finished.code == 2
    assert f"process {os.getpid()}" in finished.errors


def test_segments_before_features(store: Store) -> None:
    finished = store.run("model", "--quiet")
    assert finished.code == 2
    assert "run_pipeline.py" in finished.errors


def _few_users(event_line: Callable[..., str], users: int) -> list[str]:
    return [
        event_line(time=f"2019-10-01 10:00:{second:02d} UTC", user=user, session=f"s{user}")
        for user in range(1, users + 1)
        for second in range(12)
    ]


@pytest.mark.parametrize("users", [1, 11])
def test_users_that_make_no_segments_are_told_why(
    store: Store, event_line: Callable[..., str], users: int
) -> None:
    """Too few, or nothing distinguishes them: published and reported all the same."""
    store.write("a.csv", *_few_users(event_line, users))
    finished = store.run("run", "--quiet")
    assert finished.code == 0, finished.errors
    published = store.warehouse.with_name("test_marts.duckdb")
    with duckdb.connect(str(published), read_only=True) as connection:
        found = connection.execute(
            "select unsegmented_reason, count(*) from marts.user_segments group by all"
        ).fetchall()
    assert found == [("too_few_users", users)]
    shown = "fewer than 10" if users == 1 else "11"
    report = (store.reports / "report.md").read_text()
    assert f"- {shown} customers: enough events each, but too few customers, or too much" in report
    assert f"{12 * users} lines were read: {12 * users} kept" in report
    assert "No customer has a segment" in (store.reports / "report.html").read_text()
    assert "Nothing new" in store.run().errors


@pytest.mark.long
def test_a_number_of_segments_that_cannot_be_is_an_error(
    store: Store, event_line: Callable[..., str]
) -> None:
    store.write("a.csv", *_few_users(event_line, 1))
    finished = store.run("run", "--quiet", "--segments", "2")
    assert finished.code == 1
    assert "1 distinct eligible user is too few for 2 segments" in finished.errors
    assert not store.reports.exists()


def test_a_column_that_no_model_can_read_is_an_error(
    store: Store, event_line: Callable[..., str], tmp_path: Path
) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text("model_features: [log_revenue, log_nothing]")
    store.write("a.csv", *_few_users(event_line, 1))
    finished = store.run("run", "--quiet", "--preset", settings)
    assert (finished.code, finished.output) == (1, "")
    assert finished.errors == (
        "Error: model_features or purchase_features names 'log_nothing', which no model can read:"
        " name columns of segment_inputs.\n"
    )
    assert store.query("select table_name from duckdb_tables()") == []


@pytest.mark.long
def test_the_first_rows_of_the_real_file_have_a_whole_outcome(
    store: Store, real_rows: Path
) -> None:
    with gzip.open(real_rows / "2019-10-01_first_rows.csv.gz", "rt") as rows:
        store.write("a.csv", *[next(rows).rstrip("\n") for _ in range(21)][1:])
    finished = store.run("run", "--lang", "fr")
    assert finished.code == 0, finished.errors
    report = (store.reports / "report.fr.md").read_text()
    assert "Aucun client n'a de segment" in report
    assert "17 clients" in report
    assert "20 lignes ont été lues" in report


@pytest.mark.parametrize("name", ["marts.duckdb", "Core.duckdb", "main.db", "temp", "system.x.db"])
def test_a_warehouse_named_like_a_schema_is_refused_before_anything_is_touched(
    store: Store, name: str
) -> None:
    store.write("a.csv", GOOD)
    warehouse = store.warehouse.parent / name
    finished = store.run("etl", "--quiet", "--warehouse", warehouse)
    assert finished.code == 2
    assert f"The warehouse cannot be called {name}" in finished.errors
    assert not warehouse.parent.exists()


@pytest.mark.long
def test_what_the_environment_says_to_dbt_is_not_meant_for_a_run(
    store: Store, event_line: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write("a.csv", event_line())
    for name, value in {
        "DBT_EMPTY": "1", "DBT_RESOURCE_TYPES": "model", "DBT_TARGET": "prod", "DBT_FAIL_FAST": "1"
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    # Where Python does not look beside the script.
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    finished = store.run("etl", "--full-refresh", is_cold=True)
    assert finished.code == 0, finished.errors
    assert "1 lines: 1 kept, 0 repeated, 0 refused; 1 users" in finished.errors
    with duckdb.connect(str(store.warehouse)) as connection:
        connection.execute("update core.loaded_files set kept_count = 7, line_count = 7")
    store.write("b.csv", event_line(time="2019-10-03 10:00:00 UTC", user=2))
    finished = store.run("etl", "--quiet")
    assert finished.code == 3
    assert "assert_no_event_loses_its_user" in finished.errors


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to mount a disk")
def test_a_disk_without_room(store: Store, tmp_path: Path) -> None:
    from tests.small_disk import small_disk

    lines = [GOOD.replace(",1,s1", f",{user},s{user}") for user in range(200_000)]
    store.write("a.csv", *lines)
    with small_disk(tmp_path / "disk", megabytes=2) as disk:
        full = Store(store.datasets, disk / "w.duckdb", store.reports)
        finished = full.run("etl", "--quiet")
        assert finished.code == 1
        assert "disk is full" in finished.errors
        assert finished.errors.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--threads", "0"], "--threads"),
        (["--memory-limit", "much"], "'much' is no size"),
        (["--memory-limit", "900MB"], "a run needs at least 1.5GB"),
        (["--as-of", "2019-02-30"], "2019-02-30"),
        (["--lang", "de"], "de"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_a_bad_option_is_quoted(arguments: list[str], words: str) -> None:
    finished = run_pipeline(*arguments)
    assert finished.code == 2
    assert words in finished.errors
    assert finished.errors.count("\n") == 1


def test_the_demo_removes_nothing_that_it_has_not_made(tmp_path: Path) -> None:
    warehouse, raw = tmp_path / "shop.duckdb", tmp_path / "shop" / "datasets" / "real.csv"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table theirs as select 1")
    before = warehouse.read_bytes()
    finished = run_pipeline("demo", "--warehouse", warehouse, "--reports", tmp_path / "reports")
    assert finished.code == 2
    assert "shop.duckdb was not made by the demo, which would remove it" in finished.errors
    assert warehouse.read_bytes() == before
    warehouse.unlink()
    raw.parent.mkdir(parents=True)
    raw.write_text("theirs")
    finished = run_pipeline("demo", "--warehouse", warehouse, "--reports", tmp_path / "reports")
    assert finished.code == 2
    assert "datasets was not made by the demo" in finished.errors
    assert raw.read_text() == "theirs"


def test_a_member_of_an_archive_that_is_there_cannot_be_forgotten(
    store: Store, event_line: Callable[..., str]
) -> None:
    with ZipFile(store.datasets / "a.zip", "w") as archive:
        archive.writestr("x.csv", f"{HEADER}\n{event_line(user=1)}\n")
        archive.writestr("y.csv", f"{HEADER}\n{event_line(user=2)}\n")
    assert store.run("etl").code == 0
    (store.datasets / "unpacked" / "a.zip" / "x.csv").unlink()
    finished = store.run("etl", "--quiet", "--forget-file", "unpacked/a.zip/x.csv")
    assert finished.code == 2
    assert "or in its archive there, so it would be loaded again" in finished.errors
    with ZipFile(store.datasets / "a.zip", "w") as archive:
        archive.writestr("y.csv", f"{HEADER}\n{event_line(user=2)}\n")
    assert store.run("etl", "--forget-file", "unpacked/a.zip/x.csv").code == 0
    assert store.run("etl").code == 0
    assert store.query("select user_id from marts.user_features") == [(2,)]
