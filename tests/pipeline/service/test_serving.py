"""The service while things happen: a new publication, many requests, and its own end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Store, run_pipeline
from tests.pipeline.service.conftest import TOKEN, running

httpx = pytest.importorskip("httpx", reason="`make setup-serve` installs what `serve` needs")

pytestmark = pytest.mark.slow
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def _copy(store: Store, folder: Path) -> Path:
    warehouse = folder / "shop.duckdb"
    shutil.copy(published_path(store.warehouse), published_path(warehouse))
    return warehouse


def _replace(warehouse: Path) -> None:
    """Put another publication in the place, as a run does."""
    path = published_path(warehouse)
    newer = path.with_name("newer.duckdb")
    shutil.copy(path, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("delete from marts.user_segments where user_id % 2 = 1")
        connection.execute("delete from marts.user_features where user_id % 2 = 1")
    newer.replace(path)


def test_a_new_publication_is_served_without_losing_a_request(
    demo_store: Store, tmp_path: Path
) -> None:
    warehouse = _copy(demo_store, tmp_path)
    statuses: list[int] = []
    counts: list[int] = []
    is_over = threading.Event()

    def ask(address: str) -> None:
        with httpx.Client(base_url=address, headers=HEADERS, timeout=60) as client:
            while not is_over.is_set():
                statuses.append(client.get("/segments/0/customers?limit=50").status_code)
                counts.append(client.get("/health").json()["customer_count"])

    with running(warehouse) as address:
        askers = [threading.Thread(target=ask, args=(address,)) for _ in range(4)]
        for asker in askers:
            asker.start()
        while not counts:
            time.sleep(0.01)
        former = counts[0]
        _replace(warehouse)
        while counts[-1] == former:
            time.sleep(0.01)
        is_over.set()
        for asker in askers:
            asker.join()
        text = httpx.get(f"{address}/metrics", headers=HEADERS).text
    assert set(statuses) == {200}
    assert len(set(counts)) == 2
    assert "segments_publications_total 2.0" in text


def test_a_file_that_is_no_publication_leaves_the_former_one(
    demo_store: Store, tmp_path: Path
) -> None:
    warehouse = _copy(demo_store, tmp_path)
    with running(warehouse) as address:
        broken = tmp_path / "broken"
        broken.write_text("no database")
        broken.replace(published_path(warehouse))
        time.sleep(1.5)
        assert httpx.get(f"{address}/segments", headers=HEADERS).status_code == 200


def test_who_asks_too_often_is_told_to_wait(demo_store: Store) -> None:
    with running(demo_store.warehouse, "5/minute") as address:
        answers = [httpx.get(f"{address}/health") for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    assert answers[-1].headers["retry-after"] == "1"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("drop table ops.scoring_queries", "run --full-refresh"),
        (
            "update ops.scoring_queries set query = replace(query, 'lower(', 'of_a_run(')",
            "cannot be scored with",
        ),
    ],
)
def test_a_publication_without_queries_still_finds_customers(
    demo_store: Store, tmp_path: Path, change: str, said: str
) -> None:
    warehouse = _copy(demo_store, tmp_path)
    with duckdb.connect(str(published_path(warehouse))) as connection:
        connection.execute(change)
        user = connection.execute("select min(user_id) from marts.user_segments").fetchall()[0][0]
    with running(warehouse) as address:
        assert httpx.get(f"{address}/customers/{user}", headers=HEADERS).status_code == 200
        answer = httpx.post(f"{address}/score", json={"events": [{"user_id": 1}]}, headers=HEADERS)
    assert answer.status_code == 503
    assert said in answer.json()["detail"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal that asks to end")
def test_the_command_serves_until_it_is_asked_to_end(demo_store: Store, tmp_path: Path) -> None:
    warehouse = _copy(demo_store, tmp_path)
    process = subprocess.Popen(
        [sys.executable, "run_pipeline.py", "serve", "--warehouse", str(warehouse),
         "--port", "18321"],
        cwd=ROOT, env={**os.environ, "AMAZING_TOKEN": TOKEN}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.readline()
    assert "http://127.0.0.1:18321/" in said
    assert TOKEN not in said
    while True:
        try:
            assert httpx.get("http://127.0.0.1:18321/health").json()["status"] == "ok"
            break
        except httpx.ConnectError:
            time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate()
    assert (process.returncode, rest) == (0, "")


def test_the_second_part_of_an_answer_does_not_wait_for_the_first() -> None:
    from pipeline.commands.serve import Listening, _socket

    with _socket(Listening("127.0.0.1", 0, None, "1/second")) as opened:
        with socket.create_connection(opened.getsockname()):
            accepted, _ = opened.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_what_is_wrong_is_one_sentence_and_2(demo_store: Store, tmp_path: Path) -> None:
    empty = run_pipeline("serve", "--warehouse", tmp_path / "none.duckdb")
    assert empty.code == 2
    assert "Nothing is published" in empty.errors
    nowhere = run_pipeline("serve", "--warehouse", tmp_path / "no" / "folder" / "shop.duckdb")
    assert (nowhere.code, "Nothing is published" in nowhere.errors) == (2, True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = run_pipeline("serve", "--warehouse", demo_store.warehouse, "--port", str(port))
    assert (busy.code, f"Port {port} of 127.0.0.1 cannot be used" in busy.errors) == (2, True)
    open_to_all = run_pipeline("serve", "--warehouse", demo_store.warehouse, "--host", "0.0.0.0")
    assert open_to_all.code == 2
    assert "AMAZING_TOKEN" in open_to_all.errors
    rate = run_pipeline("serve", "--warehouse", demo_store.warehouse, "--rate", "often")
    assert (rate.code, "--rate" in rate.errors) == (2, True)


def test_without_its_packages_it_says_what_installs_them(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['uvicorn'] = None; from pipeline.cli import main; main()"
    finished = subprocess.run(
        [sys.executable, "-c", hidden, "serve"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert finished.returncode == 2
    assert finished.stderr == (
        "Error: `serve` needs uvicorn, which is not installed: run `make setup-serve`.\n"
    )
