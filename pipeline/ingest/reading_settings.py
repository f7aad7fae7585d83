"""What the project settings say of the files, before any of them is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch

#: Columns that files may lack where a setting says so.
OPTIONAL_COLUMNS = ("category_id", "category_code", "brand", "user_session")


@dataclass(frozen=True)
class Lookup:
    """Files that give columns to those of events.

    `files` is a pattern of their names, `columns` are those that are needed of each. `setting` is
    all that is said of the lookup, as text.
    """

    files: str
    columns: tuple[str, ...] = ()
    setting: str = ""

    def matches(self, source_file: str) -> bool:
        """Tell whether a file is one of these, by its name in any letter case."""
        return fnmatch(source_file.rpartition("/")[2].lower(), self.files.lower())


@dataclass(frozen=True)
class ReadingSettings:
    """How files are to be read where they do not say it themselves.

    `path_columns` are the columns that may stand in the path alone, as in `event_type=cart/a.csv`.
    `decimal_mark` and `thousands_mark` are how prices are written; None lets each file say it.
    `columns` are the names of the nine columns, and of `quantity`, in the files, in lower case, the
    preferred one first; a column is also found by its own name. `optional_columns` may be missing.
    `delimiter` stands between fields; None lets each file say it. `other_files` are patterns of
    names of files that hold no events. Nor do those of `lookups`, from which `given_columns` come.
    """

    path_columns: tuple[str, ...] = ()
    decimal_mark: str | None = None
    thousands_mark: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional_columns: tuple[str, ...] = ()
    delimiter: str | None = None
    lookups: tuple[Lookup, ...] = ()
    given_columns: tuple[str, ...] = ()
    other_files: tuple[str, ...] = ()

    def names_of(self, column: str) -> tuple[str, ...]:
        """Return the names under which a column is looked for.

        Examples
        --------
        >>> ReadingSettings(columns={"user_id": ("visitorid",)}).names_of("user_id")
        ('visitorid', 'user_id')
        """
        return (*self.columns.get(column, ()), column)

    def may_lack(self, column: str) -> bool:
        """Tell whether a file of events need not have a column."""
        return column in self.optional_columns or column in self.given_columns

    def are_events(self, source_file: str) -> bool:
        """Tell whether a file is one of events, by its name.

        Examples
        --------
        >>> ReadingSettings(other_files=("tree*.csv",)).are_events("a/tree1.csv")
        False
        """
        others = (*self.lookups, *map(Lookup, self.other_files))
        return not any(other.matches(source_file) for other in others)
