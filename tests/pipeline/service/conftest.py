"""The service on the publication of the synthetic store, as a server that listens."""

from __future__ import annotations

import csv
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Store

LACKING = "`make setup-serve` installs what `serve` needs"

TOKEN = "a-token-for-the-tests"


@contextmanager
def running(warehouse: Path, rate: str = "100000/second") -> Iterator[str]:
    """Run the service on a free port of this machine; give its address."""
    for name in ("fastapi", "limits", "prometheus_client", "uvicorn"):
        pytest.importorskip(name, reason=LACKING)
    import uvicorn

    from pipeline.service.app import ServiceSettings, create_app

    app = create_app(ServiceSettings(warehouse, TOKEN, rate))
    config = uvicorn.Config(app, port=0, access_log=False, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def address(demo_store: Store) -> Iterator[str]:
    """Where the service of the synthetic store listens."""
    with running(demo_store.warehouse) as started:
        yield started


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[Any]:
    """A client that has the token."""
    httpx = pytest.importorskip("httpx", reason=LACKING)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as opened:
        yield opened


@pytest.fixture(scope="session")
def raw_events(demo_store: Store) -> dict[str, list[dict[str, str]]]:
    """The lines of the files by customer, as they are."""
    found = defaultdict(list)
    for path in sorted(demo_store.datasets.glob("*.csv")):
        with path.open(newline="", encoding="utf-8", errors="replace") as file:
            for row in csv.DictReader(file):
                if None not in row and None not in row.values():
                    found[row["user_id"]].append(row)
    return found
