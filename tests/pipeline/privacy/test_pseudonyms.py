"""Pseudonyms are keyed, fold over a ring of keys, and tell when two people share one."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pyarrow as pa
import pytest

from pipeline.privacy.functions import register_pseudonyms
from pipeline.privacy.keys import secret_keys
from pipeline.privacy.pseudonyms import Pseudonyms
from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import FIRST_TEXT_KEY
from tests.conftest import ROOT

IDS = [str(number) for number in range(500)]
# Of the ids 7 and anna under the key "one": a warehouse that exists keeps its pseudonyms.
USERS = [4634740551607089091, 4618704602550895378]
CHECKS = [8364202971617661225, 18161508534363436887]
SESSIONS = [167379440857374, 88622691245423]
MARK = "d074edce73f23e8c"


def test_a_pseudonym_is_an_id_like_that_of_a_text_and_differs_by_key() -> None:
    one = Pseudonyms([b"one"]).users(pa.array(IDS)).to_pylist()
    assert one == Pseudonyms([b"one"]).users(pa.array(IDS)).to_pylist()
    other = Pseudonyms([b"other"]).users(pa.array(IDS)).to_pylist()
    assert not set(one) & set(other)
    assert len(set(one)) == len(IDS)
    assert all(FIRST_TEXT_KEY <= pseudonym < 2 * FIRST_TEXT_KEY for pseudonym in one)


def test_warehouses_that_exist_keep_their_pseudonyms() -> None:
    pseudonyms = Pseudonyms([b"one"])
    assert pseudonyms.users(pa.array(["7", "anna"])).to_pylist() == USERS
    assert pseudonyms.sessions(pa.array(["7", "anna"])).to_pylist() == SESSIONS
    assert _pairs(pseudonyms) == sorted(zip(USERS, CHECKS, strict=True))
    assert pseudonyms.marks == [MARK]


def test_each_customer_is_remembered_once_however_often_they_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.privacy.pseudonyms._PAIRS_GATHERED", 100)
    pseudonyms = Pseudonyms([b"one"])
    for start in (0, 50, 100, 400, 0, 450):
        pseudonyms.users(pa.array(IDS[start : start + 50]))
    expected = Pseudonyms([b"one"])
    people = sorted({int(text) for start in (0, 50, 100, 400, 450) for text in IDS[start:][:50]})
    expected.users(pa.array([str(number) for number in people]))
    assert len(people) == len(_pairs(pseudonyms))
    assert _pairs(pseudonyms) == _pairs(expected)


def _pairs(pseudonyms: Pseudonyms) -> list[tuple[int, int]]:
    return sorted(zip(*(pseudonyms.seen(place).to_pylist()[0] for place in (0, 1)), strict=True))


def test_a_changed_key_gives_what_reading_with_all_keys_gives() -> None:
    first, ring = Pseudonyms([b"one"]), Pseudonyms([b"one", b"two", b"three"])
    former = first.users(pa.array(IDS)).to_numpy()
    assert list(ring.changed(former, ages=1)) == ring.users(pa.array(IDS)).to_pylist()
    # The key that was changed finds nobody any more.
    assert not set(former) & set(ring.changed(former, ages=1))


@pytest.mark.parametrize(("bits", "shared"), [(6, True), (62, False)])
def test_two_people_of_one_pseudonym_are_known_by_their_second_hash(bits, shared) -> None:
    with duckdb.connect() as connection:
        register_pseudonyms(connection, Pseudonyms([b"one"], bits=bits))
        connection.execute(
            "create table lines as select pseudonym(id) as user_id"
            " from (select unnest(?) as id)", [IDS]
        )  # fmt: skip
        found = connection.execute(
            "select user_id from (select distinct unnest(pseudonyms_seen(true)) as user_id,"
            " unnest(checks_seen(true)) as user_check) group by user_id having count(*) > 1"
        ).fetchall()
    assert bool(found) is shared


def test_a_short_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMAZING_KEY", "short")
    with pytest.raises(InputError, match="fewer than 16 letters") as refused:
        secret_keys()
    assert "short" not in str(refused.value)


def test_what_the_database_calls_does_without_pandas() -> None:
    """It would take longer than all the hashes of a small run."""
    code = """
import sys, duckdb
from pipeline.privacy.functions import register_pseudonyms
from pipeline.privacy.pseudonyms import Pseudonyms
with duckdb.connect() as connection:
    register_pseudonyms(connection, Pseudonyms([b"one"]))
    found = connection.execute(
        "select pseudonyms(id, visit) as told, line_without_ids('view,anna,-1', id, visit)"
        " from (values ('anna', 's1'), (null, 's2'), ('7', null)) as lines (id, visit)"
    ).fetchall()
    assert [line for _, line in found] == ['view,***,-1', None, 'view,anna,-1'], found
    assert [told["user_id"] is None for told, _ in found] == [False, True, False]
    assert [told["session"] is None for told, _ in found] == [False, False, True]
    assert connection.execute("select len(pseudonyms_seen(true)), key_marks(true) != ''"
        ).fetchall() == [(2, True)]
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
