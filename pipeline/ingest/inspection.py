"""What a file holds, found by reading every byte once and independently of the database."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat

import xxhash

from pipeline.ingest.contents import open_content
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import Layout
from pipeline.ingest.lines import MAX_LINE_BYTES, LineEnds, LineScan
from pipeline.ingest.parquet_values import ParquetValues, read_parquet_values
from pipeline.runtime.progress import QuietReporter, Reporter, Stage

_SWITCH_SECONDS = 0.00005


@dataclass(frozen=True)
class Inspection:
    """What one file holds.

    Attributes
    ----------
    line_count : int
        Physical lines below the header, blank ones included; for Parquet, rows. A line ends with a
        line feed, a carriage return or both; a last line without an end counts. Here, unlike in
        the ledger, a record of several lines counts as many.
    fingerprint : str
        xxh3 of 128 bits, in hexadecimal, of the decompressed bytes (of the stored ones for
        Parquet): a file and its compressed copy have the same.
    content_bytes : int
        Size after decompression.
    longest_line_bytes : int
        Without the line end, header included; 0 for Parquet.
    line_ends : str
        'lf', 'crlf', 'cr', 'mixed' or 'none'.
    has_quotes, has_carriage_returns, has_nul_bytes, has_x01_bytes : bool
        Whether such a byte occurs anywhere; false for Parquet.
    has_tidy_quotes : bool
        Whether every quoted field begins and ends within one line; true without quotes.
    has_outer_blanks : bool
        Whether a blank stands beside a delimiter, a quote or a line end; false for Parquet.
    has_inner_marks : bool
        Whether a byte-order mark occurs after the beginning.
    has_other_header : bool
        Whether a header below the first line differs from it; false for Parquet.
    is_utf8 : bool
        Whether all bytes are valid UTF-8; true for Parquet.
    types_to_read : mapping of int to str
        For Parquet, see `ParquetValues`.
    ends_with_line_end : bool
        False where the last line may be cut.
    """

    line_count: int
    fingerprint: str
    content_bytes: int
    longest_line_bytes: int = 0
    line_ends: LineEnds = "none"
    has_quotes: bool = False
    has_carriage_returns: bool = False
    has_nul_bytes: bool = False
    has_x01_bytes: bool = False
    has_tidy_quotes: bool = True
    has_outer_blanks: bool = False
    has_inner_marks: bool = False
    has_other_header: bool = False
    is_utf8: bool = True
    types_to_read: Mapping[int, str] = field(default_factory=dict)
    ends_with_line_end: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether each line is a record of its own, of text that the database reads as it stands.

        Any other file is read from a copy of its records, see `pipeline.ingest.record_files` and
        `pipeline.ingest.parquet_copies`. The byte 1 begins the delimiter that keeps the database
        from cutting lines.
        """
        return (
            self.line_ends != "mixed"
            and self.longest_line_bytes <= MAX_LINE_BYTES
            and self.has_tidy_quotes
            and self.is_utf8
            and not (self.has_nul_bytes or self.has_x01_bytes)
            and not (self.has_inner_marks or self.has_other_header)
            and not self.types_to_read
        )

    @property
    def has_bare_fields(self) -> bool:
        """Whether lines need only be cut at the delimiter: no quotes, no blanks around a field.

        False where that is not certain, and without meaning for Parquet.
        """
        return self.is_plain and not (self.has_quotes or self.has_outer_blanks)


def inspect(
    file: InputFile, layout: Layout | None = None, *, stage: Stage | None = None
) -> Inspection:
    """Read a file to its end and count what it holds.

    Parameters
    ----------
    file : InputFile
    layout : Layout, optional
        What its header says; without it, no other header is looked for.
    stage : Stage, optional
        Advanced by the stored bytes that were read.

    Raises
    ------
    InputError
        The file cannot be read, is damaged, ends too early or changed meanwhile.
    """
    scan = None if file.kind == "parquet" else LineScan(layout)
    values = ParquetValues(0, {})
    digest = xxhash.xxh3_128()
    content_bytes = shown_bytes = 0
    with open_content(file) as content:
        for chunk in content.chunks():
            digest.update(chunk)
            content_bytes += len(chunk)
            if scan:
                scan.update(chunk)
            if stage:
                stage.advance(content.stored_bytes_read - shown_bytes)
                shown_bytes = content.stored_bytes_read
        if scan is None:
            values = read_parquet_values(file.source_file, content.stored)
    if scan is None:
        return Inspection(
            values.row_count,
            digest.hexdigest(),
            content_bytes,
            types_to_read=values.types_to_read,
        )
    facts = scan.finish()
    return Inspection(
        line_count=max(facts.line_count - 1, 0),
        fingerprint=digest.hexdigest(),
        content_bytes=content_bytes,
        longest_line_bytes=facts.longest_line_bytes,
        line_ends=facts.line_ends,
        has_quotes=facts.has_quotes,
        has_carriage_returns=facts.line_ends in {"crlf", "cr", "mixed"},
        has_nul_bytes=facts.has_nul_bytes,
        has_x01_bytes=facts.has_x01_bytes,
        has_tidy_quotes=facts.has_tidy_quotes,
        has_outer_blanks=facts.has_outer_blanks,
        has_inner_marks=facts.has_inner_marks,
        has_other_header=facts.has_other_header,
        is_utf8=facts.is_utf8,
        ends_with_line_end=facts.ends_with_line_end,
    )


def inspect_all(
    files: Sequence[InputFile],
    layouts: Sequence[Layout | None] = (),
    *,
    reporter: Reporter | None = None,
    workers: int = 2,
) -> list[Inspection]:
    """Inspect files, with or without their layouts, in parallel; results stand in their order.

    Raises
    ------
    InputError
        Of the first file, in their order, that cannot be read; the others are given up.
    """
    total = sum(file.size_bytes for file in files)
    with (reporter or QuietReporter()).stage("Checking the files", total, "bytes") as stage:
        shared = _SharedStage(stage)
        pool = ThreadPoolExecutor(max_workers=max(1, min(workers, len(files), os.cpu_count() or 1)))
        # Each of the short steps of an inspection waits so long for a thread that only computes in
        # Python, such as one that imports dbt: with 5 ms, that doubles the time.
        former_interval = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        try:
            return list(pool.map(partial(inspect, stage=shared), files, layouts or repeat(None)))
        finally:
            sys.setswitchinterval(former_interval)
            # After an error or Ctrl-C, nobody waits for the end of a file of 9 GB.
            shared.close()
            pool.shutdown(cancel_futures=True)


class _ClosedStageError(Exception):
    """Ends the reading of a file whose result nobody needs any more."""


class _SharedStage:
    """One stage that several threads advance, and that stops them once it is closed."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._lock, self._is_closed = stage, threading.Lock(), False

    def advance(self, amount: float) -> None:
        with self._lock:
            if self._is_closed:
                raise _ClosedStageError
            self._stage.advance(amount)

    def describe(self, text: str) -> None:
        with self._lock:
            self._stage.describe(text)

    def close(self) -> None:
        self._is_closed = True
