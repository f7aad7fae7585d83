"""What a secret key adds to `etl`: the processor's time, and the bytes of the warehouse."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import measure
from benchmarks.stores import Store
from pipeline.privacy.keys import FILE_VARIABLE, VARIABLE

HEADER = ["events", "turn", "", "without a key", "with a key", "with / without"]


@dataclass(frozen=True)
class _Cost:
    seconds: float
    processor_seconds: float
    warehouse_bytes: int


def measure_pseudonyms(store: Store, folder: Path, turns: int) -> list[list[str]]:
    """Return the rows of a table: `etl` into a new warehouse, without a key and with one.

    The two take turns, each first in every other turn. Processor seconds are those of all threads,
    which others on the machine hardly change.
    """
    costs = []
    for turn in range(turns):
        keys = [None, secrets.token_hex(16)]
        pair = {key: _cost(store, folder, key) for key in (keys if turn % 2 == 0 else keys[::-1])}
        costs.append((pair[keys[0]], pair[keys[1]]))
    rows = []
    for turn, (without, with_key) in enumerate(costs, start=1):
        rows += _rows(store, str(turn), [without], [with_key])
    if turns > 1:
        rows += _rows(store, "all", *map(list, zip(*costs, strict=True)))
    return rows


def _cost(store: Store, folder: Path, key: str | None) -> _Cost:
    with tempfile.TemporaryDirectory(dir=folder) as name, _only_key(key):
        warehouse = Path(name) / "warehouse.duckdb"
        options = ["--datasets", store.datasets, "--warehouse", warehouse, "--quiet"]
        measured = measure(["run_pipeline.py", "etl", *options])
        size = warehouse.stat().st_size
    return _Cost(measured.seconds, measured.processor_seconds, size)


@contextmanager
def _only_key(key: str | None) -> Iterator[None]:
    """Let the processes that are started have this key, or none."""
    former = {name: os.environ.pop(name, None) for name in (VARIABLE, FILE_VARIABLE)}
    if key:
        os.environ[VARIABLE] = key
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)
        os.environ.update({name: value for name, value in former.items() if value is not None})


def _rows(store: Store, turn: str, without: list[_Cost], with_key: list[_Cost]) -> list[list[str]]:
    events = f"{store.event_count:,}"
    return [
        [events, turn, *_figures("processor seconds", without, with_key, "processor_seconds", 1)],
        [events, turn, *_figures("seconds", without, with_key, "seconds", 1)],
        [events, turn, *_figures("MB of the file", without, with_key, "warehouse_bytes", 1e6)],
    ]


def _figures(
    name: str, without: list[_Cost], with_key: list[_Cost], field: str, unit: float
) -> list[str]:
    one, other = (sum(getattr(cost, field) for cost in costs) for costs in (without, with_key))
    count = len(without) * unit
    return [name, f"{one / count:.1f}", f"{other / count:.1f}", f"{other / one:.3f}"]
