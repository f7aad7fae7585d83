"""With a secret key, the ids of the shop are nowhere in the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipeline.privacy.keys import VARIABLE
from pipeline.privacy.people import people
from pipeline.service.lookups import customer
from pipeline.warehouse.publication import published_path
from tests.conftest import Store

pytestmark = pytest.mark.slow

FIRST, SECOND = "first key of the shop", "second key of the shop"
SESSION = "0f6f3a1c-1111-4222-8333-123456789abc"


def _pseudonym(text: str, keys: str) -> int:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(VARIABLE, keys)
        return people([text])[0].user_id


def _bytes_beside(store: Store) -> bytes:
    paths = store.warehouse.parent.rglob("*")
    return b"".join(path.read_bytes() for path in paths if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with numbers and names for ids, read with a key."""
    folder = tmp_path_factory.mktemp("pseudonyms")
    store = Store(folder / "datasets", folder / "w" / "store.duckdb", folder / "reports")
    store.datasets.mkdir()
    line = "2019-1{month}-01 10:0{minute}:00 UTC,{kind},1001,2053,,acme,{price},{user},{session}"
    for month in (0, 1):
        lines = [
            line.format(
                month=month, minute=minute, kind="view", price="10.00", user=user, session=SESSION
            )
            for minute, user in enumerate(["587654320", "anna-of-the-mill", "587654321"])
        ]
        lines.append(
            line.format(
                month=month, minute=5, kind="view", price="0.00", user="anna-of-the-mill",
                session=SESSION,
            )
        )  # fmt: skip
        # A quoted line break: such a file is copied first.
        lines[0] = lines[0].replace("acme", '"ac\nme"')
        store.write(f"2019-1{month}.csv", *lines, "torn,587654320")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(VARIABLE, FIRST)
        finished = store.run("etl")
    assert finished.code == 0, finished.errors
    return store


def test_ids_are_replaced_by_those_of_the_key_in_every_file(made: Store) -> None:
    found = dict(
        made.query(
            "select user_id, count(distinct source_file) from core.event_lines"
            " where rejection_reason is null group by user_id"
        )
    )
    people = ["587654320", "anna-of-the-mill", "587654321"]
    assert found == {_pseudonym(text, FIRST): 2 for text in people}
    assert not set(found) & {_pseudonym(text, SECOND) for text in people}
    content = _bytes_beside(made)
    for raw in (*people, SESSION):
        assert raw.encode() not in content
    assert FIRST.encode() not in content
    for number in (587654320, 587654321):
        assert number.to_bytes(8, "little") not in content
    assert made.query("select distinct kind from core.id_texts") == []
    # Refused lines say what is wrong with them, and nothing of whom; of a torn one, only the place.
    assert made.query(
        "select rejection_reason, raw_line from core.rejected_events"
        " where source_file = '2019-10.csv' order by line_number"
    ) == [
        ("price_not_positive",
         "2019-10-01 10:05:00 UTC,view,1001,2053,,acme,0.00,***,***"),
        ("wrong_column_count", None),
    ]  # fmt: skip


def test_another_key_and_none_are_refused(
    made: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finished = made.run("etl")
    assert finished.code == 2
    assert "was made with another key than that of AMAZING_KEY" in finished.errors
    # From a file, which others may not read.
    path = tmp_path / "key"
    path.write_text(SECOND)
    path.chmod(0o644)
    monkeypatch.setenv("AMAZING_KEY_FILE", str(path))
    assert "Others may read the key file" in made.run("etl").errors
    path.chmod(0o600)
    finished = made.run("etl")
    assert finished.code == 2
    assert "was made with another key" in finished.errors
    assert finished.errors.count("\n") == 1
    assert SECOND not in finished.errors


@pytest.mark.long
def test_the_service_knows_customers_by_their_ids_with_the_key_alone(
    made: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What `serve` needs is installed by itself.
    from pipeline.service.publication import OpenPublication

    monkeypatch.setenv(VARIABLE, FIRST)
    finished = made.run("run")
    assert finished.code == 0, finished.errors
    event = {
        "event_time": "2019-11-03 10:00:00 UTC", "event_type": "view", "product_id": "1001",
        "category_id": "2053", "price": "10.00", "user_session": SESSION,
    }  # fmt: skip
    pseudonym = _pseudonym("587654320", FIRST)
    path = published_path(made.warehouse)
    publication = OpenPublication(path)
    for text in ("587654320", str(pseudonym)):
        assert customer(publication.cursor(), text, publication.keys)["event_count"] == 2
    with publication.scorer() as scorer:
        label = scorer.score([event | {"user_id": "587654320"}]).label
    assert label is not None
    assert (label["user_id"], label["unsegmented_reason"]) == (pseudonym, "too_few_events")
    publication.retire()
    # Who objects is known by the id that is sent.
    assert made.run("privacy object", "587654320").code == 0
    publication = OpenPublication(path)
    with publication.scorer() as scorer:
        label = scorer.score([event | {"user_id": "587654320"}]).label
    assert label is not None
    assert label["unsegmented_reason"] == "objected"
    publication.retire()
    for key in (SECOND, ""):
        monkeypatch.setenv(VARIABLE, key)
        publication = OpenPublication(path)
        assert "start the service with the AMAZING_KEY" in publication.cannot_score
        publication.retire()


@pytest.mark.long
def test_a_new_key_gives_new_pseudonyms_without_the_files(
    made: Store, monkeypatch: pytest.MonkeyPatch, event_line: Callable[..., str]
) -> None:
    before = made.query("select count(*), sum(price) from core.events")
    visits = made.query("select count(*) from core.sessions")
    both = f"{FIRST}\n{SECOND}"
    monkeypatch.setenv(VARIABLE, both)
    finished = made.run("etl")
    assert finished.code == 2
    assert "rotate-key" in finished.errors
    finished = made.run("privacy rotate-key")
    assert finished.code == 0, finished.errors
    assert made.query("select count(*), sum(price) from core.events") == before
    assert made.query("select count(*) from core.sessions") == visits
    users = {user for (user,) in made.query("select user_id from marts.user_features")}
    people = ["587654320", "anna-of-the-mill", "587654321"]
    assert users == {_pseudonym(text, both) for text in people}
    # Who comes back is the same person; one who only has the same pseudonym is not let in.
    made.write("2019-12.csv", event_line(user=587654320, time="2019-12-01 10:00:00 UTC"))
    finished = made.run("etl")
    assert finished.code == 0, finished.errors
    assert made.query("select count(*) from marts.user_features") == [(3,)]
    with duckdb.connect(str(made.warehouse)) as connection:
        connection.execute("update core.pseudonym_checks set user_check = user_check ^ 1")
    made.write("2020-01.csv", event_line(user=587654320, time="2020-01-01 10:00:00 UTC"))
    finished = made.run("etl")
    assert finished.code == 1
    assert "Two customers have the same pseudonym, so nothing was loaded" in finished.errors
    assert made.query("select count(*) from core.loaded_files") == [(3,)]
