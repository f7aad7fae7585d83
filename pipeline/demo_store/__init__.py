"""A synthetic store: events that behave like those of the real one, with planted customer types.

The order of the steps stands here; each step has its module: `catalogue`, `customers`, `journeys`,
`tracking`, `accidents`, `writing`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from pipeline.demo_store.accidents import (
    draw_accidents,
    draw_duplicates,
    robot_events,
    robot_ids,
)
from pipeline.demo_store.catalogue import Catalogue, make_catalogue
from pipeline.demo_store.customers import TYPES, Customers, make_customers
from pipeline.demo_store.journeys import SECONDS_A_DAY, Events, make_events
from pipeline.demo_store.tracking import record
from pipeline.demo_store.writing import MonthSpool, MonthWriter
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import QuietReporter, Reporter, Stage

__all__ = ["DemoStore", "write_demo_store"]

FIRST_YEAR, FIRST_MONTH = 2019, 10
# Users whose events are drawn together: about 100 MB of columns.
CHUNK_USERS = 50_000
DEFAULT_OVERLAP = 0.1


@dataclass(frozen=True)
class DemoStore:
    """What was written: the monthly files, the planted types beside them, the number of lines."""

    event_files: tuple[Path, ...]
    planted_types_file: Path
    event_count: int


def write_demo_store(
    folder: Path,
    *,
    planted_types_file: Path,
    user_count: int = 20_000,
    seed: int = 1,
    month_count: int = 3,
    planted_types: bool = True,
    overlap: float = DEFAULT_OVERLAP,
    wholesaler_share: float = 0.0,
    drift: float = 0.0,
    activity: float = 1.0,
    like_real: bool = True,
    reporter: Reporter | None = None,
) -> DemoStore:
    """Write a store: the same arguments give the same bytes, on any number of threads.

    Parameters
    ----------
    folder : Path
        Where the monthly files go, `2019-10.csv` and so on; made for its owner alone.
    planted_types_file : Path
        Where `user_id,planted_type` goes; outside `folder`, or it would be read as events.
    user_count : int
        Customers; about 30 events each in three months, most of them far fewer.
    month_count : int
        Length of the period from October 2019.
    planted_types : bool
        False: one population with continuous traits and no types.
    overlap : float in [0, 1]
        How blurred the types are; 1 leaves no difference between them.
    wholesaler_share : float in [0, 1]
        Part of the customers that buys in bulk.
    drift : float, at least 0
        How much behaviour shifts towards the end of the period.
    activity : float, more than 0
        How often customers come, as a multiple: 3/7 in seven months gives the 30 events each of
        three, hence as many customers a million events as the real store has.
    like_real : bool
        Prices and tracking as in the real store, see `tracking`. False: every cart and every
        removal is recorded, and prices are log-normal.

    Raises
    ------
    InputError
        For an argument out of its range or a folder that cannot be written.
    """
    _check(user_count, month_count, overlap, wholesaler_share, drift, activity)
    reporter = reporter or QuietReporter()
    starts = _month_starts(month_count)
    day_count = int(starts[-1] // SECONDS_A_DAY)
    rng = np.random.default_rng(np.random.SeedSequence([seed, 0]))
    catalogue = make_catalogue(rng, user_count, real_prices=like_real)
    customers = make_customers(
        rng,
        user_count,
        planted_types=planted_types,
        overlap=overlap,
        wholesaler_share=wholesaler_share,
        activity=activity,
    )
    _make_folder(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".spool-") as spool_folder:
        spool = MonthSpool(Path(spool_folder), starts[:-1])
        events = _all_events(customers, catalogue, seed=seed, day_count=day_count, drift=drift)
        if like_real:
            events = _as_recorded(events, seed, first_month_end=int(starts[1]))
        with reporter.stage("Drawing customers", user_count, "users") as stage:
            event_count = _spool(events, spool, seed, int(starts[-1]), stage)
        files = _write_months(spool, folder, catalogue, seed, event_count, reporter)
    _write_types(planted_types_file, customers, user_count)
    return DemoStore(tuple(files), planted_types_file, event_count)


def _check(
    user_count: int,
    month_count: int,
    overlap: float,
    wholesaler_share: float,
    drift: float,
    activity: float,
) -> None:
    if user_count < 1:
        raise InputError(f"A store needs at least one user, not {user_count}.")
    if month_count < 1:
        raise InputError(f"A store needs at least one month, not {month_count}.")
    for name, value in (("overlap", overlap), ("wholesaler_share", wholesaler_share)):
        if not 0 <= value <= 1:
            raise InputError(f"{name} is {value}; it must lie between 0 and 1.")
    if drift < 0:
        raise InputError(f"drift is {drift}; it must not be negative.")
    if not activity > 0:
        raise InputError(f"activity is {activity}; it must be more than 0.")


def _month_starts(month_count: int) -> np.ndarray:
    """Return the second at which each month starts, and the end of the last one."""
    places = [FIRST_MONTH - 1 + month for month in range(month_count + 1)]
    starts = [datetime(FIRST_YEAR + p // 12, p % 12 + 1, 1, tzinfo=UTC) for p in places]
    return np.array([int((start - starts[0]).total_seconds()) for start in starts])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be written: {error.strerror}.") from error


def _all_events(
    customers: Customers, catalogue: Catalogue, *, seed: int, day_count: int, drift: float
) -> Iterator[tuple[int, Events]]:
    """Return the events of groups of customers, each group drawn by itself, then the robots'."""
    user_count = len(customers.user_id)
    first_visit = 0
    for number, first in enumerate(range(0, user_count, CHUNK_USERS)):
        group = customers.part(slice(first, first + CHUNK_USERS))
        rng = np.random.default_rng(np.random.SeedSequence([seed, 1, number]))
        events = make_events(
            rng, group, catalogue, day_count=day_count, first_visit=first_visit, drift=drift
        )
        first_visit = int(events.visit[-1]) + 1
        yield len(group.user_id), events
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    yield (
        0,
        robot_events(
            rng, catalogue, user_count=user_count, day_count=day_count, first_visit=first_visit
        ),
    )


def _as_recorded(
    events: Iterator[tuple[int, Events]], seed: int, first_month_end: int
) -> Iterator[tuple[int, Events]]:
    """Leave away what the tracking of the real store misses."""
    for number, (user_count, drawn) in enumerate(events):
        rng = np.random.default_rng(np.random.SeedSequence([seed, 4, number]))
        yield user_count, record(rng, drawn, first_month_end)


def _spool(
    events: Iterator[tuple[int, Events]], spool: MonthSpool, seed: int, end: int, stage: Stage
) -> int:
    """Add accidents and duplicates, spool everything that lies in the period, return how many."""
    event_count = 0
    for number, (user_count, drawn) in enumerate(events):
        rng = np.random.default_rng(np.random.SeedSequence([seed, 3, number]))
        places = np.flatnonzero(drawn.second < end)
        places = np.concatenate([places, places[draw_duplicates(rng, len(places))]])
        columns = {name: getattr(drawn, name) for name in vars(drawn)}
        columns["accident"] = draw_accidents(rng, drawn.kind)
        spool.add({name: values[places] for name, values in columns.items()})
        event_count += len(places)
        stage.advance(user_count)
    return event_count


def _write_months(
    spool: MonthSpool,
    folder: Path,
    catalogue: Catalogue,
    seed: int,
    event_count: int,
    reporter: Reporter,
) -> list[Path]:
    files = []
    first_moment = datetime(FIRST_YEAR, FIRST_MONTH, 1, tzinfo=UTC)
    writer = MonthWriter(catalogue, first_moment, seed)
    try:
        with reporter.stage("Writing the synthetic store", event_count, "events") as stage:
            for month, table in spool.months():
                place = FIRST_MONTH - 1 + month
                path = folder / f"{FIRST_YEAR + place // 12}-{place % 12 + 1:02d}.csv"
                writer.write(table, path)
                files.append(path)
                stage.advance(len(table))
    finally:
        writer.close()
    return files


def _write_types(path: Path, customers: Customers, user_count: int) -> None:
    names = np.array([*TYPES, "wholesaler", "none"])
    lines = ["user_id,planted_type"]
    order = np.argsort(customers.user_id)
    lines += [
        f"{user_id},{name}"
        for user_id, name in zip(
            customers.user_id[order], names[customers.type_number][order], strict=True
        )
    ]
    lines += [f"{user_id},automatic" for user_id in robot_ids(user_count)]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text("\n".join(lines) + "\n")
    unfinished.chmod(0o600)
    os.replace(unfinished, path)
