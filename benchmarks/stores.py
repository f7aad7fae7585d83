"""Synthetic stores as busy as the real one, to be kept from one benchmark to the next."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.demo_store import write_demo_store
from pipeline.runtime.progress import reporter

MONTH_COUNT = 7
# 30 events a customer in seven months, as the real store has.
ACTIVITY = 3 / 7
EVENTS_PER_CUSTOMER = 30.5


@dataclass(frozen=True)
class Store:
    """The folder of the files, how many events they hold, and of how many customers."""

    datasets: Path
    event_count: int
    user_count: int


@contextmanager
def store_and_folder(
    millions: float, seed: int, stores: Path | None
) -> Iterator[tuple[Store, Path]]:
    """Yield a store of about so many million events, and a folder for what is made from it.

    The store is looked for below `stores`, and left there; without that folder, it goes in the end.
    """
    if stores:
        stores.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=stores) as name:
        folder = Path(name)
        place = (stores or folder) / f"{millions:g}_million_seed_{seed}"
        yield _found(place) or _written(place, millions, seed), folder


def _found(place: Path) -> Store | None:
    note = place / "store.json"
    return Store(place / "datasets", **json.loads(note.read_text())) if note.exists() else None


def _written(place: Path, millions: float, seed: int) -> Store:
    user_count = round(millions * 1e6 / EVENTS_PER_CUSTOMER)
    written = write_demo_store(
        place / "datasets",
        user_count=user_count,
        seed=seed,
        month_count=MONTH_COUNT,
        activity=ACTIVITY,
        planted_types_file=place / "planted_types.csv",
        reporter=reporter(quiet=False),
    )
    facts = {"event_count": written.event_count, "user_count": user_count}
    (place / "store.json").write_text(json.dumps(facts))
    return Store(place / "datasets", **facts)
