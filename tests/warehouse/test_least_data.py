"""A setting that keeps less holds for lines that are there, and one that keeps more says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.privacy.keys import erasure_key_path
from tests.conftest import Store

pytestmark = pytest.mark.slow

LESS = "columns_not_kept: [category_code]\nkeep_session_ids: false\n"
WHAT_WAS_MADE = (
    "select user_id, session_id, category_code from core.events order by all",
    "select user_id, session_count, event_count from marts.user_features order by all",
    "select user_id, session_id, event_count from core.sessions order by all",
    "select kind, shelf_key, shelf_name from core.int_shelf_names order by all",
)


@pytest.mark.long
def test_what_is_no_longer_kept_goes_at_the_next_run(
    store: Store, event_line: Callable[..., str]
) -> None:
    lines = [
        event_line(time=f"2019-10-0{day} 1{hour}:00:00 UTC", user=587_654_000 + day,
                   session=f"visit-number-{hour // 2}", code="a-code.that-goes")
        for day in (1, 2) for hour in range(4)
    ]  # fmt: skip
    store.write("2019-10.csv", *lines)
    finished = store.run("etl")
    assert finished.code == 0
    # Of what is kept as the shop has it, a run speaks once.
    assert finished.errors.count("set AMAZING_KEY for pseudonyms") == 1
    assert b"visit-number-1" in store.warehouse.read_bytes()
    preset = store.datasets.parent / "less.yml"
    preset.write_text(LESS)
    finished = store.run("etl", "--preset", preset)
    assert finished.code == 0, finished.errors
    assert "AMAZING_KEY" not in finished.errors
    assert store.warehouse.stat().st_mode & 0o777 == 0o600
    assert "Removed session_id from 8 lines (keep_session_ids)." in finished.errors
    assert "Removed category_code from 8 lines (columns_not_kept)." in finished.errors
    # Nor in the blocks of the file; and what is there is what reading the files anew gives.
    content = store.warehouse.read_bytes()
    assert b"visit-number-" not in content
    assert b"a-code.that-goes" not in content
    anew = replace(store, warehouse=store.warehouse.with_name("anew.duckdb"))
    shutil.copy(erasure_key_path(store.warehouse), erasure_key_path(anew.warehouse))
    assert anew.run("etl", "--preset", preset).code == 0
    for query in WHAT_WAS_MADE:
        assert store.query(query) == anew.query(query)
    assert store.query("select count(distinct session_id) from core.sessions") == [(4,)]
    log = "select command, outcome from ops.privacy_log"
    assert store.query(log) == [("least-data", "category_code 8, session_id 8")]
    # Once is enough; and what is gone comes back with the files alone.
    assert "Removed" not in store.run("etl", "--preset", preset).errors
    assert "come back with --full-refresh" in store.run("etl").errors
    finished = store.run("etl", "--full-refresh")
    assert finished.code == 0
    assert "come back" not in finished.errors
    assert ("visit-number-1",) in store.query("select session_id from core.sessions")
