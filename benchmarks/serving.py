"""The service among ten million customers: time of a lookup, and two hundred clients for a minute.

Two loads, because they say different things. Clients of a shop ask when their customers come: an
answer is late by the time since it was due, also where the client was still waiting for the last
one. Clients that ask without a pause show how many answers there are in a minute; each then waits
for all others, whatever a lookup takes.

`python -m benchmarks.serving --published warehouse/demo_marts.duckdb` copies the customers of that
publication until there are enough, serves them by the command line, and asks from another process.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import duckdb
import psutil

from benchmarks.results import write_results
from pipeline.runtime.settings import ROOT

HEADER = (
    "what", "requests", "p50 ms", "p99 ms", "processor ms each", "errors", "memory before", "after"
)  # fmt: skip
PORT = 18_421
TOKEN = "a-token-for-the-benchmark"


@dataclass
class Asked:
    """Times of requests in seconds, and how many were answered with something else than 200."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def row(self, what: str, processor: float, before: int, after: int) -> tuple[str, ...]:
        """Return the row of the table."""
        cuts = statistics.quantiles(self.seconds, n=100)
        return (
            what,
            f"{len(self.seconds):,}",
            f"{1000 * cuts[49]:.1f}",
            f"{1000 * cuts[98]:.1f}",
            f"{1000 * processor / len(self.seconds):.1f}",
            str(self.errors),
            f"{before / 1e6:.0f} MB",
            f"{after / 1e6:.0f} MB",
        )


def grow(published: Path, target: Path, count: int) -> list[str]:
    """Copy customers until there are so many; return the ids of some of them."""
    shutil.copy(published, target)
    with duckdb.connect(str(target)) as connection:
        there = connection.execute("select count(*) from marts.user_segments").fetchall()[0][0]
        copies = count // there + 1
        for table in ("user_segments", "user_features"):
            connection.execute(
                f"create table marts.grown as"
                f" select user_id + copy * 10000000000 as user_id, {table}.* exclude (user_id)"
                f" from marts.{table} cross join range({copies}) as copies (copy)"
                " order by user_id"
            )
            connection.execute(f"delete from marts.{table}")
            connection.execute(f"insert into marts.{table} from marts.grown")
            connection.execute("drop table marts.grown")
        connection.execute("checkpoint")
        rows = connection.execute(
            "select user_id::text from marts.user_segments using sample 20000 (reservoir, 1)"
        ).fetchall()
    return [user_id for (user_id,) in rows]


async def ask_for(seconds: float, clients: int, ids: Sequence[str], pause: float = 0.0) -> Asked:
    """Let so many clients ask for customers, each about every `pause` seconds.

    Without a pause, each asks the next as soon as it has an answer.
    """
    asked = Asked()
    end = time.perf_counter() + seconds
    await asyncio.gather(
        *(_client(end, random.Random(seed), ids, pause, asked) for seed in range(clients))
    )
    return asked


async def _client(
    end: float, chance: random.Random, ids: Sequence[str], pause: float, asked: Asked
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    due = time.perf_counter()
    while True:
        due = due + pause * chance.uniform(0.5, 1.5) if pause else time.perf_counter()
        if due > end:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        writer.write(
            f"GET /customers/{chance.choice(ids)} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {TOKEN}\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
        asked.seconds.append(time.perf_counter() - due)
        asked.errors += not head.startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()


def serve(warehouse: Path) -> subprocess.Popen:
    """Start the service and wait until it answers."""
    process = subprocess.Popen(
        [sys.executable, "run_pipeline.py", "serve", "--warehouse", str(warehouse),
         "--port", str(PORT), "--rate", "1000000/second", "--quiet"],
        cwd=ROOT, env={**os.environ, "AMAZING_TOKEN": TOKEN},
    )  # fmt: skip
    while True:
        try:
            asyncio.run(_knock())
            return process
        except OSError:
            if process.poll() is not None:
                raise
            time.sleep(0.1)


async def _knock() -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.close()
    await writer.wait_closed()


def measured(
    process: subprocess.Popen,
    what: str,
    seconds: float,
    clients: int,
    ids: Sequence[str],
    pause: float = 0.0,
) -> tuple[str, ...]:
    """Ask for a few seconds to get warm, then for as long as is measured."""
    service = psutil.Process(process.pid)
    asyncio.run(ask_for(5, clients, ids, pause))
    memory, before = service.memory_info().rss, service.cpu_times()
    asked = asyncio.run(ask_for(seconds, clients, ids, pause))
    after = service.cpu_times()
    processor = after.user + after.system - before.user - before.system
    return asked.row(what, processor, memory, service.memory_info().rss)


@click.command()
@click.option("--published", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--millions", default=10.0, show_default=True)
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--clients", default=200, show_default=True)
def main(published: Path, millions: float, seconds: float, clients: int) -> None:
    """Measure lookups by one client, by many that ask now and then, by many without a pause."""
    with tempfile.TemporaryDirectory(dir=published.parent) as name:
        warehouse = Path(name) / "large.duckdb"
        ids = grow(published, warehouse.with_name("large_marts.duckdb"), int(millions * 1e6))
        process = serve(warehouse)
        try:
            rows = [
                measured(process, "one client", 20, 1, ids),
                measured(
                    process, f"{clients} clients, each about once a second, {seconds:g} s",
                    seconds, clients, ids, pause=1.0,
                ),
                measured(
                    process, f"{clients} clients without a pause, {seconds:g} s",
                    seconds, clients, ids,
                ),
            ]  # fmt: skip
        finally:
            process.terminate()
            process.wait()
    load = " ".join(f"{value:.0f}" for value in os.getloadavg())
    write_results(
        "serving",
        f"Looking up customers among {millions:g} million by HTTP",
        [HEADER, *rows],
        [f"Load of the machine at the end (1, 5, 15 minutes): {load}; clients share its cores."],
    )


if __name__ == "__main__":
    main()
