"""Pseudonyms are keyed, fold over a ring of keys, and tell when two people share one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pytest

from pipeline.privacy.functions import register_pseudonyms
from pipeline.privacy.keys import secret_keys
from pipeline.privacy.pseudonyms import Pseudonyms
from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import FIRST_TEXT_KEY, key_of_text
from tests.conftest import ROOT

IDS = range(500)
# Of the ids 7 and anna under the key "one": a warehouse that exists keeps its pseudonyms.
USERS = [4669262195618752344, 4654219104199431088]
CHECKS = [9585843631174188187, 260856748534363750]
SESSIONS = [167379440857374, 88622691245423]
MARK = "a4b3ba96eaaa62fb"


def test_a_pseudonym_is_an_id_like_that_of_a_text_and_differs_by_key() -> None:
    one = _of(Pseudonyms([b"one"])).to_pylist()
    assert one == _of(Pseudonyms([b"one"])).to_pylist()
    other = _of(Pseudonyms([b"other"])).to_pylist()
    assert not set(one) & set(other)
    assert len(set(one)) == len(IDS)
    assert all(FIRST_TEXT_KEY <= pseudonym < 2 * FIRST_TEXT_KEY for pseudonym in one)


def test_warehouses_that_exist_keep_their_pseudonyms() -> None:
    pseudonyms = Pseudonyms([b"one"])
    found = pseudonyms.users(pa.array([7, key_of_text("anna")]), pa.array([None, "anna"]))
    assert found.to_pylist() == USERS
    assert pseudonyms.sessions(pa.array(["7", "anna"])).to_pylist() == SESSIONS
    assert _pairs(pseudonyms) == sorted(zip(USERS, CHECKS, strict=True))
    assert pseudonyms.marks == [MARK]


def test_each_customer_is_remembered_once_however_often_they_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.privacy.pseudonyms._PAIRS_GATHERED", 100)
    pseudonyms = Pseudonyms([b"one"])
    for start in (0, 50, 100, 400, 0, 450):
        _of(pseudonyms, IDS[start : start + 50])
    expected = Pseudonyms([b"one"])
    people = {number for start in (0, 50, 100, 400, 450) for number in IDS[start : start + 50]}
    _of(expected, sorted(people))
    assert len(people) == len(_pairs(pseudonyms))
    assert _pairs(pseudonyms) == _pairs(expected)


def test_nobody_is_not_taken_for_the_customer_whose_id_is_zero() -> None:
    """What a vector has where a value is missing is a zero."""
    pseudonyms, alone = Pseudonyms([b"one"]), Pseudonyms([b"one"])
    assert _of(pseudonyms, [None, None]).to_pylist() == [None, None]
    assert _pairs(pseudonyms) == []
    assert _of(pseudonyms, [None, 0]).to_pylist() == [None, alone.of_id(0)]
    assert _pairs(pseudonyms) == _pairs(alone)


def _of(pseudonyms: Pseudonyms, ids: Sequence[int | None] = IDS) -> pa.Array:
    return pseudonyms.users(pa.array(ids, pa.int64()), pa.nulls(len(ids), pa.string()))


def test_two_texts_of_one_key_are_two_customers() -> None:
    """The key of a text is no secret, so that somebody may look for another one of it."""
    pseudonyms = Pseudonyms([b"one"])
    key = key_of_text("anna")
    found = {pseudonyms.of_id(key, "anna"), pseudonyms.of_id(key, "bertha")}
    assert len(found) == 2
    assert not found & {pseudonyms.of_id(key)}


def test_a_text_has_the_pseudonym_of_a_text_beside_numbers_and_nothing() -> None:
    texts = [None, "anna", None, "bertha@example.org", None]
    keys = [7, key_of_text("anna"), None, key_of_text("bertha@example.org"), 8]
    pseudonyms = Pseudonyms([b"one"])
    expected = [
        None if key is None else pseudonyms.of_id(key, text)
        for key, text in zip(keys, texts, strict=True)
    ]
    # A vector of the database may be a part of a longer one.
    found = pseudonyms.users(
        pa.chunked_array([[1, *keys]]).slice(1), pa.chunked_array([["x", *texts]]).slice(1)
    )
    assert found.to_pylist() == expected


def _pairs(pseudonyms: Pseudonyms) -> list[tuple[int, int]]:
    return sorted(zip(*(pseudonyms.seen(place).to_pylist()[0] for place in (0, 1)), strict=True))


def test_a_changed_key_gives_what_reading_with_all_keys_gives() -> None:
    first, ring = Pseudonyms([b"one"]), Pseudonyms([b"one", b"two", b"three"])
    former = _of(first).to_numpy()
    assert list(ring.changed(former, ages=1)) == _of(ring).to_pylist()
    # The key that was changed finds nobody any more.
    assert not set(former) & set(ring.changed(former, ages=1))


@pytest.mark.parametrize(("bits", "shared"), [(6, True), (62, False)])
def test_two_people_of_one_pseudonym_are_known_by_their_second_hash(bits, shared) -> None:
    with duckdb.connect() as connection:
        register_pseudonyms(connection, Pseudonyms([b"one"], bits=bits))
        connection.execute(
            "create table lines as select pseudonym(id, null) as user_id"
            " from (select unnest(?::bigint[]) as id)", [list(IDS)]
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
        "select pseudonyms(id, text, visit) as told, line_without_ids('view,anna,-1', text, visit)"
        " from (values (5, 'anna', 's1'), (null, null, 's2'), (7, null, null))"
        " as lines (id, text, visit)"
    ).fetchall()
    assert [line for _, line in found] == ['view,***,-1', None, None], found
    assert [told["user_id"] is None for told, _ in found] == [False, True, False]
    assert [told["session"] is None for told, _ in found] == [False, False, True]
    assert connection.execute("select len(pseudonyms_seen(true)), key_marks(true) != ''"
        ).fetchall() == [(2, True)]
assert "pandas" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
