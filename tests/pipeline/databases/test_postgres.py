"""A load into a real PostgreSQL: what is there, who sees what meanwhile, what goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.databases.deliveries import DELIVERIES
from pipeline.databases.postgres.loading import load_postgres
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.progress import reporter
from tests.conftest import ROOT, Store, run_pipeline
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

_LOAD = """
import sys
from pathlib import Path
from pipeline.databases.postgres.loading import load_postgres
from pipeline.runtime.progress import reporter
load_postgres(Path(sys.argv[1]), sys.argv[2], schema="amazing", reporter=reporter(quiet=True))
"""
# The load has copied everything, and waits for its turn to exchange the tables.
_WAITING = "from pg_stat_activity where query like '%do $turns$%' and pid <> pg_backend_pid()"


def _load(published: Path, server: PostgresServer, address: str | None = None) -> dict[str, int]:
    counts = load_postgres(
        published,
        address or server.address(),
        schema="amazing",
        reporter=reporter(quiet=True),
    )
    return dict(counts)


def _start(published: Path, server: PostgresServer) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", _LOAD, str(published), server.address()],
        cwd=ROOT, env={**os.environ, "PGPASSWORD": server.password}, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _wait_until_it_waits(server: PostgresServer) -> None:
    while not server.query(f"select 1 {_WAITING}"):
        time.sleep(0.02)


def _count(server: PostgresServer) -> int:
    return server.query("select count(*) from amazing.user_segments")[0][0]


def _relations(server: PostgresServer) -> set[str]:
    rows = server.query(
        "select relname from pg_class where relnamespace = to_regnamespace('amazing')"
    )
    return {name for (name,) in rows}


def test_tables_hold_what_was_published_with_types_keys_and_comments(
    published: Path, postgres: PostgresServer
) -> None:
    counts = _load(published, postgres)
    with duckdb.connect(str(published), read_only=True) as connection:
        expected = connection.execute(
            "select user_id, user_id::text, segment_id, segment_name, confidence, lifecycle_state"
            " from marts.user_segments order by user_id"
        ).fetchall()
        revenue = connection.execute("select sum(revenue) from marts.user_features").fetchall()
        files = connection.execute(
            "select source_file, kept_count, to_json(rejected_by_reason)::text"
            " from core.loaded_files order by 1"
        ).fetchall()
        means = connection.execute("select any_value(means) from marts.segment_model").fetchall()
    assert counts["user_segments"] == counts["user_features"] == len(expected)
    assert counts.keys() == {delivery.name for delivery in DELIVERIES}
    assert expected == postgres.query(
        "select user_id, customer_id, segment_id, segment_name, confidence, lifecycle_state"
        " from amazing.user_segments order by user_id"
    )
    assert [(str(revenue[0][0]),)] == postgres.query(
        "select sum(revenue)::text from amazing.user_features"
    )
    assert [(name, count, json.loads(reasons)) for name, count, reasons in files] == [
        (name, count, json.loads(reasons))
        for name, count, reasons in postgres.query(
            "select source_file, kept_count, rejected_by_reason::text"
            " from amazing.loaded_files order by 1"
        )
    ]
    assert means[0][0] == postgres.query("select means from amazing.segment_model limit 1")[0][0]

    _check_types(postgres)
    _check_keys(postgres)
    _check_comments(postgres)


def test_who_objects_is_in_no_table(
    with_objector: tuple[Path, int], postgres: PostgresServer
) -> None:
    path, user = with_objector
    counts = _load(path, postgres)
    with duckdb.connect(str(path), read_only=True) as connection:
        everybody = connection.execute("select count(*) from marts.user_segments").fetchall()[0][0]
    of_users = [delivery.name for delivery in DELIVERIES if "user_id" in delivery.key]
    assert of_users == ["user_segments", "user_features", "user_lifecycle"]
    assert {counts[name] for name in of_users} == {everybody - 1}
    # Whatever relation, whatever column: as text, wherever it stands.
    for name in _relations(postgres):
        found = postgres.query(
            f"select count(*) from amazing.{name} as found where found::text ~ '\\m{user}\\M'"
        ) if name in counts else [(0,)]  # fmt: skip
        assert found == [(0,)], name
    assert (len(of_users),) == postgres.query(
        "select count(*) from information_schema.columns"
        " where table_schema = 'amazing' and column_name = 'user_id'"
    )[0]


def _check_types(postgres: PostgresServer) -> None:
    types = dict(
        postgres.query(
            "select attrelid::regclass::text || '.' || attname, format_type(atttypid, atttypmod)"
            " from pg_attribute inner join pg_class on pg_class.oid = attrelid"
            " where relnamespace = to_regnamespace('amazing') and attnum > 0"
        )
    )
    assert types["amazing.user_segments.user_id"] == "bigint"
    assert types["amazing.user_segments.customer_id"] == "text"
    assert types["amazing.user_features.revenue"] == "numeric(18,2)"
    assert types["amazing.user_features.is_automatic"] == "boolean"
    assert types["amazing.user_features.first_event_at"] == "timestamp without time zone"
    assert types["amazing.segment_model.as_of"] == "date"
    assert types["amazing.segment_model.means"] == "double precision[]"
    assert types["amazing.segment_model.feature_names"] == "text[]"
    assert types["amazing.segment_model.components"] == "jsonb"
    assert types["amazing.loaded_files.rejected_by_reason"] == "jsonb"


def _check_keys(postgres: PostgresServer) -> None:
    constraints = set(
        postgres.query(
            "select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint"
            " where connamespace = to_regnamespace('amazing')"
        )
    )
    assert constraints >= {
        ("amazing.user_segments", "PRIMARY KEY (user_id)"),
        ("amazing.segment_model", "PRIMARY KEY (model_version, segment_id)"),
        ("amazing.loaded_files", "PRIMARY KEY (source_file)"),
        (
            "amazing.user_segments",
            "FOREIGN KEY (segment_id) REFERENCES amazing.segment_profiles(segment_id)",
        ),
        (
            "amazing.user_features",
            "FOREIGN KEY (user_id) REFERENCES amazing.user_segments(user_id)",
        ),
    }
    assert _relations(postgres) >= {"user_segments_pkey", "user_segments_segment_id_idx"}


def _check_comments(postgres: PostgresServer) -> None:
    without_comment = postgres.query(
        "select attrelid::regclass::text || '.' || attname"
        " from pg_attribute inner join pg_class on pg_class.oid = attrelid"
        " where relnamespace = to_regnamespace('amazing') and relkind = 'r' and attnum > 0"
        " and col_description(attrelid, attnum) is null"
    )
    assert without_comment == []
    assert (
        "One row per user."
        in postgres.query("select obj_description('amazing.user_segments'::regclass)")[0][0]
    )


def test_a_second_load_replaces_the_first_and_leaves_nothing(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    _load(published, postgres)
    before = _relations(postgres)
    count = _count(postgres)
    counts = _load(smaller, postgres)
    assert counts["user_segments"] == _count(postgres) < count
    assert _relations(postgres) == before
    assert postgres.query(
        "select customer_id from amazing.user_segments where customer_id like '%@%'"
    ) == [("anna@example.com",)]


def test_grants_and_views_outlive_a_load(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    _load(published, postgres)
    postgres.execute(
        "drop role if exists bi_tool",
        "create role bi_tool",
        "grant select on amazing.user_segments to bi_tool",
        "create schema bi",
        "create view bi.lost as select * from amazing.user_segments where lifecycle_state = 'lost'",
        "create view bi.lost_count as select count(*) from bi.lost",
    )
    before = postgres.query("select * from bi.lost_count")
    _load(smaller, postgres)
    after = postgres.query("select * from bi.lost_count")
    assert 0 < after[0][0] < before[0][0]
    assert postgres.query(
        "select has_table_privilege('bi_tool', 'amazing.user_segments', 'select')"
    )[0] == (True,)
    postgres.execute("drop schema bi cascade", "drop owned by bi_tool", "drop role bi_tool")


def test_readers_see_the_former_or_the_new_state_and_no_error(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    _load(published, postgres)
    former = _count(postgres)
    seen: list[int] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            seen.append(_count(postgres))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    _load(smaller, postgres)
    latest = _count(postgres)
    is_over.set()
    for reader in readers:
        reader.join()
    assert set(seen) <= {former, latest}
    assert former in seen


def test_who_reads_on_is_waited_for_and_holds_up_nobody(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    _load(published, postgres)
    former = _count(postgres)
    with postgres.connection() as slow:
        cursor = slow.cursor()
        cursor.execute("select count(*) from amazing.user_segments")
        assert cursor.fetchall() == [(former,)]
        loading = _start(smaller, postgres)
        _wait_until_it_waits(postgres)
        assert [_count(postgres) for _ in range(3)] == [former] * 3
        cursor.execute("select count(*) from amazing.user_features")
        assert cursor.fetchall() == [(former,)]
        cursor.close()
    assert loading.wait() == 0
    assert _count(postgres) < former


def test_a_killed_load_leaves_the_former_tables_and_nothing_else(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    _load(published, postgres)
    former, relations = _count(postgres), _relations(postgres)
    with postgres.connection() as slow, slow.cursor() as cursor:
        cursor.execute("select count(*) from amazing.user_segments")
        loading = _start(smaller, postgres)
        _wait_until_it_waits(postgres)
        loading.kill()
        loading.wait()
        # The server rolls back once it has seen that nobody is there.
        while postgres.query(f"select 1 {_WAITING}"):
            time.sleep(0.02)
    assert (_count(postgres), _relations(postgres)) == (former, relations)
    _load(smaller, postgres)
    assert _count(postgres) < former


def test_a_server_that_goes_away_is_one_sentence(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    _load(published, postgres)
    former = _count(postgres)
    with postgres.connection() as slow, slow.cursor() as cursor:
        cursor.execute("select count(*) from amazing.user_segments")

        def end_the_load() -> None:
            _wait_until_it_waits(postgres)
            postgres.query(f"select pg_terminate_backend(pid) {_WAITING}")

        ending = threading.Thread(target=end_the_load)
        ending.start()
        with pytest.raises(PipelineError, match="the tables are as they were") as caught:
            _load(smaller, postgres)
        ending.join()
    assert caught.value.exit_code == 1
    assert _count(postgres) == former


def test_two_loads_at_once_are_one_too_many(published: Path, postgres: PostgresServer) -> None:
    with postgres.connection() as other, other.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext('customer segments in amazing'))")
        with pytest.raises(InputError, match="Another export is loading into the schema amazing"):
            _load(published, postgres)


def test_a_table_of_somebody_else_is_not_replaced(
    published: Path, postgres: PostgresServer
) -> None:
    postgres.execute("create schema amazing", "create table amazing.user_segments (note text)")
    with pytest.raises(InputError, match=r"amazing\.user_segments is there and no export made it"):
        _load(published, postgres)
    assert _relations(postgres) == {"user_segments"}


def test_a_materialized_view_is_named(published: Path, postgres: PostgresServer) -> None:
    _load(published, postgres)
    postgres.execute(
        "create schema bi",
        "create materialized view bi.kept as select * from amazing.user_segments",
    )
    with pytest.raises(InputError, match=r"materialized view bi\.kept"):
        _load(published, postgres)


def test_a_user_without_rights_is_told_which(published: Path, postgres: PostgresServer) -> None:
    postgres.execute("create role guest login password 'guest'")
    address = postgres.address("guest")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PGPASSWORD", "guest")
        with pytest.raises(InputError, match="give the user the right to create a schema"):
            _load(published, postgres, address)
    postgres.execute("drop role guest")


def test_a_wrong_password_and_no_server_are_one_sentence(
    published: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "not-it-at-all")
    with pytest.raises(InputError, match="password authentication failed") as wrong:
        _load(published, postgres)
    with pytest.raises(InputError, match="Connection refused") as none:
        _load(published, postgres, "postgresql://loader@localhost:1/postgres")
    monkeypatch.setenv("PGPASSWORD", postgres.password)
    with pytest.raises(InputError, match='database "none" does not exist'):
        _load(published, postgres, postgres.address(database="none"))
    for caught in (wrong, none):
        assert "\n" not in str(caught.value)
        assert "not-it-at-all" not in str(caught.value)


def test_a_service_names_the_server(
    published: Path, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services.conf"
    services.write_text(
        f"[shop]\nhost=localhost\nport={postgres.port}\ndbname=postgres\nuser=loader\n"
        f"password={postgres.password}\n"
    )
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    assert _load(published, postgres, "service=shop")["loaded_files"] > 0


def test_the_command_says_where_the_rows_are_and_no_secret(
    demo_store: Store, postgres: PostgresServer
) -> None:
    arguments = ("export", "postgres", postgres.address(), "--warehouse", demo_store.warehouse)
    finished = run_pipeline(*arguments)
    assert finished.code == 0, finished.errors
    said = finished.output + finished.errors
    assert f"In localhost:{postgres.port}/postgres, schema amazing: segment_profiles (" in said
    assert postgres.password not in said
    with_password = postgres.address().replace("loader@", "loader:hunter2@")
    refused = run_pipeline("export", "postgres", with_password, *arguments[3:])
    assert refused.code == 2
    assert "PGPASSWORD" in refused.errors
    assert "hunter2" not in refused.output + refused.errors


def test_the_recipes_for_bi_tools_run_and_show_the_last_load(
    published: Path, smaller: Path, postgres: PostgresServer
) -> None:
    page = (ROOT / "docs" / "databases.md").read_text()
    view, foreign = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    for former, here in (
        ("host 'db.example.com', dbname 'shop'",
         f"host 'localhost', port '{postgres.port}', dbname 'postgres'"),
        ("user 'bi', password_required 'false'",
         f"user 'loader', password '{postgres.password}'"),
    ):  # fmt: skip
        assert former in foreign
        foreign = foreign.replace(former, here)
    _load(published, postgres)
    postgres.execute(*(part for part in (view + foreign).split(";") if part.strip()))
    former = _count(postgres)
    _load(smaller, postgres)
    assert postgres.query("select count(*) from bi.customers") == [(_count(postgres),)]
    assert postgres.query("select count(*) from bi.user_segments") == [(_count(postgres),)]
    assert _count(postgres) < former
    postgres.execute("drop schema bi cascade", "drop extension postgres_fdw cascade")


@pytest.mark.long
def test_a_million_customers(
    published: Path, postgres: PostgresServer, tmp_path: Path, record_property
) -> None:
    path = tmp_path / "million_marts.duckdb"
    path.write_bytes(published.read_bytes())
    with duckdb.connect(str(path)) as connection:
        count = connection.execute("select count(*) from marts.user_segments").fetchall()[0][0]
        copies = 1_000_000 // count + 1
        for table in ("user_features", "user_segments"):
            connection.execute(
                f"insert into marts.{table}"
                f" select user_id + copy * 10000000000 as user_id, {table}.* exclude (user_id)"
                f" from marts.{table} cross join range(1, {copies}) as copies (copy)"
            )
    started = time.monotonic()
    counts = _load(path, postgres)
    record_property(
        "cases", f"{counts['user_segments']:,} rows in {time.monotonic() - started:.0f} s"
    )
    assert counts["user_segments"] == counts["user_features"] == count * copies
    assert _count(postgres) == count * copies
    # While a load of the same size is copied, and killed in the midst of it.
    loading = _start(path, postgres)
    while not postgres.query("select count(*) from pg_stat_progress_copy")[0][0]:
        assert loading.poll() is None
    loading.kill()
    loading.wait()
    assert _count(postgres) == count * copies
