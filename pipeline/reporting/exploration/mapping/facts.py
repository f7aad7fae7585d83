"""As what each column of the files is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reporting.exploration.explored_file import ExploredFile, MappedColumn
from pipeline.runtime.masking import masked


@dataclass(frozen=True)
class MappedFiles:
    """Files whose columns are the same, and as what each column is read."""

    files: list[str]
    columns: list[MappedColumn]


def mapped_files(files: Sequence[ExploredFile]) -> list[MappedFiles]:
    """Return the mapping of all files, those with the same columns together."""
    found: dict[tuple[MappedColumn, ...], list[str]] = {}
    for file in files:
        if file.mapping:
            found.setdefault(file.mapping, []).append(file.source_file)
    return [
        MappedFiles(
            names, [MappedColumn(masked(one.name), one.role, one.proposal) for one in mapping]
        )
        for mapping, names in found.items()
    ]
