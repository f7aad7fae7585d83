"""Every file with the rows read from it and those that cleaning would refuse."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reporting.exploration.compact_rows import EVENTS
from pipeline.reporting.exploration.section import Rows
from pipeline.runtime.masking import masked


@dataclass(frozen=True)
class FileFacts:
    """A file, with the rows read from it and those that cleaning would refuse."""

    source_file: str
    size_bytes: int
    line_count: int
    row_count: int
    refused_count: int
    columns: list[str]


_ROWS = f"""
select source_file::text, count(*), count(*) filter (is_refused) from {EVENTS} group by source_file
"""


def gather_files(rows: Rows) -> list[FileFacts]:
    """Return the files in the order in which they were found."""
    found = rows.connection.execute(_ROWS).fetchall()
    counted = {name: (read, refused) for name, read, refused in found}
    return [
        FileFacts(
            file.source_file,
            file.size_bytes,
            file.line_count,
            *counted.get(file.source_file, (0, 0)),
            # A file without a header shows its first row here.
            [masked(column) for column in file.columns],
        )
        for file in rows.files
    ]
