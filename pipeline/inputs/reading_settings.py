"""What the project settings say of the files, before any of them is looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingSettings:
    """How files are to be read where they do not say it themselves.

    `path_columns` are the columns that may stand in the path alone, as in `event_type=cart/a.csv`.
    """

    path_columns: tuple[str, ...] = ()
