"""Old events are removed, for good, and the ledger keeps their number."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Store

pytestmark = pytest.mark.long


def test_what_is_older_is_gone_and_counted(store: Store, event_line: Callable[..., str]) -> None:
    old = [
        event_line(time=f"2019-10-{day:02} 10:00:00 UTC", user=4_711_000 + day, session=f"old{day}")
        for day in range(1, 6)
    ]
    store.write("2019-10.csv", *old, "torn,4711999")
    store.write("2019-11.csv", event_line(time="2019-11-01 10:00:00 UTC", user=4_711_001))
    last = {"user": 4_711_050, "session": "the-last-visit", "code": "a.code"}
    store.write(
        "2019-12.csv",
        event_line(time="2019-12-01 10:00:00 UTC", **last),
        event_line(time="2019-12-01 10:05:00 UTC", **last),
        event_line(time="2019-12-01 10:06:00 UTC", **last | {"session": "another"}),
    )
    assert store.run("etl").code == 0
    preset = store.datasets.parent / "kept.yml"
    preset.write_text("retention_months: 1\n")
    for options in ((), ("--full-refresh",)):
        if options:
            preset.write_text(
                "retention_months: 1\ncolumns_not_kept: [category_code]\nkeep_session_ids: false\n"
            )
        finished = store.run("etl", "--preset", preset, *options)
        assert finished.code == 0, finished.errors
        if not options:
            assert "Removed 6 lines from before 2019-11-01" in finished.errors
            assert "2019-10.csv holds nothing that is kept: remove it" in finished.errors
        assert store.query(
            "select source_file, line_count, kept_count, rejected_by_reason['beyond_retention']"
            " from core.loaded_files order by all"
        ) == [("2019-10.csv", 6, 0, 5 if options else 6), ("2019-11.csv", 1, 1, None),
              ("2019-12.csv", 3, 3, None)]  # fmt: skip
        assert store.query("select user_id, event_count from marts.user_features order by all") == [
            (4_711_001, 1), (4_711_050, 3),
        ]  # fmt: skip
        content = store.warehouse.read_bytes()
        for gone in ("old3", "4711003", *(() if options else ("4711999",))):
            assert gone.encode() not in content
    # What nothing is computed from, and ids of visits, are gone by now; visits are as they were.
    assert store.query("select count(*) from core.event_lines where category_code is not null") == [
        (0,)
    ]
    assert not {"the-last-visit", "another"} & {
        session for (session,) in store.query("select session_id from core.sessions")
    }
    assert store.query("select session_count from marts.user_features where user_id = 4711050") == [
        (2,)
    ]
