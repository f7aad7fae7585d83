"""What the project settings say of the files, before any of them is looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingSettings:
    """How files are to be read where they do not say it themselves.

    `path_columns` are the columns that may stand in the path alone, as in `event_type=cart/a.csv`.
    `decimal_mark` and `thousands_mark` are how prices are written; None lets each file say it.
    """

    path_columns: tuple[str, ...] = ()
    decimal_mark: str | None = None
    thousands_mark: str | None = None
