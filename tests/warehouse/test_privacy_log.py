"""Every privacy command leaves its row in the log: when, what, how many, by whom, never of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.privacy.audit import system_user
from pipeline.privacy.keys import VARIABLE
from pipeline.privacy.people import people
from tests.conftest import Store
from tests.traces import texts_of

# A dozen commands.
pytestmark = pytest.mark.long

FIRST, SECOND = "first key of the shop", "second key of the shop"
LESS = "columns_not_kept: [category_code]\nkeep_session_ids: false\nretention_months: 1\n"
_ROWS = "select command, people_count, outcome from ops.privacy_log order by logged_at, command"
_TOLD = "logged_at, command, people_count, system_user, outcome"


@pytest.fixture
def shop(store: Store, event_line: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Store:
    """A few customers in three months, read with a key."""
    for month in (10, 11, 12):
        lines = [
            event_line(time=f"2019-{month}-01 1{n}:00:00 UTC", user=user, code="a.code")
            for n, user in enumerate(("587654321", "587654322", "anna@example.org", "587654324"))
        ]
        store.write(f"2019-{month}.csv", *lines)
    monkeypatch.setenv(VARIABLE, FIRST)
    finished = store.run("etl")
    assert finished.code == 0, finished.errors
    return store


def test_each_command_leaves_exactly_its_row(
    shop: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    ids, preset = tmp_path / "ids.txt", tmp_path / "less.yml"
    ids.write_text("587654322\n587654324\n")
    preset.write_text(LESS)
    everybody = people(["587654321", "587654322", "anna@example.org", "587654324"])
    steps: list[tuple[str, tuple[str | Path, ...], list[tuple[str, int]]]] = [
        ("privacy export", ("587654321",), [("export", 1)]),
        # Of somebody who is unknown, the answer is that nothing is held; that they asked is noted.
        ("privacy export", ("999",), [("export", 1)]),
        ("privacy object", ("anna@example.org",), [("object", 1)]),
        # Once more changes nothing, and is noted all the same.
        ("privacy object", ("anna@example.org",), [("object", 0)]),
        ("privacy export", ("anna@example.org",), [("export", 1)]),
        ("privacy object", ("anna@example.org", "--withdraw"), [("object --withdraw", 1)]),
        ("privacy record", (), [("record", 0)]),
        ("privacy forget", ("587654321",), [("forget", 1)]),
        ("privacy forget", ("--file", ids), [("forget", 2)]),
        # Who was erased asks what is held: nothing.
        ("privacy export", ("587654321",), [("export", 1)]),
        ("etl", ("--preset", preset), [("retention", 0), ("least-data", 0)]),
        # With nothing left to remove there is nothing to note.
        ("etl", ("--preset", preset), []),
    ]
    expected: list[tuple[str, int]] = []
    for command, options, noted in steps:
        finished = shop.run(command, *options)
        assert finished.code == 0, (command, finished.errors)
        expected += noted
        assert [row[:2] for row in shop.query(_ROWS)] == expected, (command, options)
    monkeypatch.setenv(VARIABLE, f"{FIRST}\n{SECOND}")
    everybody += people(["587654321", "587654322", "anna@example.org", "587654324"])
    finished = shop.run("privacy rotate-key", "--preset", preset)
    assert finished.code == 0, finished.errors
    expected.append(("rotate-key", 0))
    assert [row[:2] for row in shop.query(_ROWS)] == expected
    # A command that is refused changed nothing, and shows nothing.
    assert shop.run("privacy rotate-key").code == 2
    assert shop.run("privacy forget").code == 2
    assert [row[:2] for row in shop.query(_ROWS)] == expected
    rows = shop.query(f"select {_TOLD} from ops.privacy_log")
    assert shop.query("from ops.privacy_log order by logged_at, command") == sorted(rows)
    assert {row[3] for row in rows} == {system_user()}
    assert all(started <= row[0] <= dt.datetime.now(dt.UTC).replace(tzinfo=None) for row in rows)
    assert {type(row[4]) for row in rows} == {str}
    said = " ".join(str(row) for row in rows)
    hashes = {one for (one,) in shop.query("select person_code::text from ops.suppressed")}
    assert len(hashes) == 3
    for text in {text for one in everybody for text in texts_of(one)} | hashes:
        assert text not in said
