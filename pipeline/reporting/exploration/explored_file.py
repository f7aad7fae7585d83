"""What is known of a file before any row is parsed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MappedColumn:
    """A column as the file calls it, and as what it is read; None is nothing.

    `proposal` is what it may be, guessed from its name and first values.
    """

    name: str
    role: str | None = None
    proposal: str | None = None


@dataclass(frozen=True)
class ExploredFile:
    """What is known of a file before any row is parsed."""

    source_file: str
    size_bytes: int
    line_count: int
    columns: tuple[str, ...]
    mapping: tuple[MappedColumn, ...] = ()
