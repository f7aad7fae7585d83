"""What a store of the jury is: how it is written, when it is judged, what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

EVENT_FOLDER, TYPES_FILE = "datasets", "planted_types.csv"


@dataclass(frozen=True)
class Written:
    """The folder of a store's event files, and the file of the planted types, where there are any.

    The types lie outside of the folder: they would be read as events.
    """

    datasets: Path
    planted_types: Path | None


@dataclass(frozen=True)
class JuryStore:
    """A store of the jury.

    Attributes
    ----------
    key, title : str
        As in `--store`, and in the tables.
    write : callable
        Takes an empty folder, a seed and a number of users; writes monthly files of events there,
        and the planted types beside them. The same arguments give the same bytes.
    dates : tuple of date
        Features see what is before; the outcome is what follows.
    outcome_days : int
        Length of the outcome.
    seeds : tuple of int
        Stores of this kind that the jury looks at.
    user_count : int
        Customers of each.
    has_planted_types, has_groups : bool
        Whether the truth is known; and whether there are any types, as far as it is known.
    is_promised : bool
        Whether the promises about value hold for it: not where histories are cut, and not where
        another generator is asked for an opinion.
    purchases_only : bool
        Whether neither views nor carts are recorded.
    """

    key: str
    title: str
    write: Callable[[Path, int, int], Written]
    dates: tuple[date, ...]
    outcome_days: int = 30
    seeds: tuple[int, ...] = (1,)
    user_count: int = 30_000
    has_planted_types: bool = False
    has_groups: bool = True
    is_promised: bool = True
    purchases_only: bool = False
