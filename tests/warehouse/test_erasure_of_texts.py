"""Erasure where ids are texts, with a secret key and without one, from raw files of every kind."""

from __future__ import annotations

import gzip
import json
import signal
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import zstandard
from pyarrow import csv

from pipeline.privacy.keys import VARIABLE
from pipeline.privacy.people import people
from tests.conftest import HEADER, Store
from tests.traces import traces

# Four builds each.
pytestmark = pytest.mark.long

GONE = ("anna@example.org", "587654321")
STAYING = ("bert@example.org", "587654322")


@pytest.fixture(params=["", "secret key of the shop"], ids=["no key", "key"])
def shop(
    request: pytest.FixtureRequest,
    store: Store,
    event_line: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> Store:
    """Months of four customers, one a kind of file."""
    monkeypatch.setenv(VARIABLE, request.param)
    for month, kind in ((9, "csv"), (10, "csv.gz"), (11, "csv.zst"), (12, "parquet")):
        lines = [
            event_line(time=f"2019-{month:02}-01 1{n}:00:00 UTC", user=user, session=f"of-{n}")
            for n, user in enumerate((*GONE, *STAYING))
        ]
        content = "\n".join([HEADER, *lines, ""]).encode()
        path = store.datasets / f"2019-{month:02}.{kind}"
        if kind == "parquet":
            plain = store.datasets / "plain"
            plain.write_bytes(content)
            types = dict.fromkeys(HEADER.split(","), "string")
            read = csv.read_csv(plain, convert_options=csv.ConvertOptions(column_types=types))
            pq.write_table(read, path)
            plain.unlink()
        else:
            pack = {"csv": bytes, "csv.gz": gzip.compress, "csv.zst": zstandard.compress}
            path.write_bytes(pack[kind](content))
    finished = store.run("etl")
    assert finished.code == 0, finished.errors
    return store


def _answer(store: Store, text: str) -> dict:
    finished = store.run("privacy export", text)
    assert finished.code == 0, finished.errors
    written = max(
        (store.reports / "privacy").glob("*.json"), key=lambda one: one.stat().st_mtime_ns
    )
    found = json.loads(written.read_text())
    for path in written.parent.iterdir():
        path.unlink()
    return found


def _everywhere(store: Store) -> set[str]:
    folders = [store.warehouse.parent, store.reports]
    return {place for one in people(list(GONE)) for place in traces(folders, one)}


def test_a_text_is_erased_as_a_number_is(shop: Store, tmp_path: Path) -> None:
    held = _answer(shop, GONE[0])
    assert len(held["held"]["core.events"]) == 4
    assert _everywhere(shop)
    ids = tmp_path / "ids.txt"
    ids.write_text("\n".join(GONE))
    before = {path: path.read_bytes() for path in shop.datasets.iterdir()}
    finished = shop.run("privacy forget", "--file", ids)
    assert finished.code == 0, finished.errors
    assert _everywhere(shop) == set()
    assert not any(one in finished.errors for one in GONE)
    # The raw files are their owner's: named, and as they were.
    assert finished.errors.count("still holds 2 lines") == 4
    assert {path: path.read_bytes() for path in shop.datasets.iterdir()} == before
    # What is held of somebody who was erased, and of somebody who never was there, is nothing.
    for text in (GONE[0], "nobody@example.org"):
        found = _answer(shop, text)
        assert (found["held"], found["segment"], found["refused_lines"]) == ({}, None, [])
    for options in ((), ("--full-refresh",)):
        finished = shop.run("etl", *options)
        assert finished.code == 0, finished.errors
        assert _everywhere(shop) == set()
    assert shop.query("select count(*) from core.events") == [(8,)]
    assert shop.query(
        "select count(*) from core.event_lines where rejection_reason = 'erased'"
    ) == [(8,)]
    # Once more, with the raw files.
    finished = shop.run("privacy forget", "--file", ids, "--rewrite-raw")
    assert finished.code == 0, finished.errors
    assert finished.errors.count("rewritten without 2 lines") == 4
    for path in shop.datasets.iterdir():
        content = _plain(path)
        assert not any(one in content for one in GONE), path.name
        assert all(one in content for one in STAYING), path.name
    assert _everywhere(shop) == set()


def _plain(path: Path) -> str:
    if path.suffix == ".parquet":
        return str(pq.read_table(path)["user_id"].to_pylist())
    content = path.read_bytes()
    if path.suffix == ".zst":
        content = zstandard.ZstdDecompressor().decompressobj().decompress(content)
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode()


def test_who_objects_is_told_so_and_what_is_held(shop: Store) -> None:
    assert shop.run("privacy object", STAYING[0]).code == 0
    found = _answer(shop, STAYING[0])
    assert found["objects_to_profiling"] is True
    assert len(found["held"]["core.events"]) == 4
    assert shop.run("privacy object", STAYING[0], "--withdraw").code == 0
    assert _answer(shop, STAYING[0])["objects_to_profiling"] is False


@pytest.mark.parametrize("moment", ["first raw file", "new warehouse"])
def test_killed_at_any_moment_the_next_call_ends_it(
    shop: Store, tmp_path: Path, moment: str
) -> None:
    """While raw files are rewritten, and when only the warehouse has taken its place."""
    ids = tmp_path / "ids.txt"
    ids.write_text("\n".join(GONE))
    paths = [min(shop.datasets.iterdir())] if moment == "first raw file" else [shop.warehouse]
    before = [path.stat().st_ino for path in paths]
    process = shop.start("privacy forget", "--file", str(ids), "--rewrite-raw")
    shop.wait_until_begun(process)
    while [path.stat().st_ino for path in paths] == before:
        assert process.poll() is None, "it ended before it was killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = shop.run("etl")
    assert finished.code == 0, finished.errors
    assert _everywhere(shop) == set()
    assert shop.query("select count(*) from ops.erasures_under_way") == [(0,)]
    assert shop.query("select count(*) from core.events") == [(8,)]
    for path in shop.datasets.iterdir():
        assert not any(one in _plain(path) for one in GONE), path.name
    assert shop.query("select people_count from ops.privacy_log where command = 'forget'") == [(2,)]
