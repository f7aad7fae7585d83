"""The records of a text that is not plain: which lines belong together, whatever the bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.ingest.lines import MAX_LINE_BYTES

BLOCK_BYTES = 1 << 22

# How far the end of a quoted field is looked for.
MAX_RECORD_LINES = 1000
MAX_RECORD_BYTES = 1 << 20


@dataclass(frozen=True)
class Records:
    """Some records, one after the other.

    Attributes
    ----------
    texts : list of bytes
        Each as it stands in the file, without its last line end; what exceeds `MAX_LINE_BYTES` of
        a line by more than one byte is left out.
    line_numbers : sequence of int
        Of the first line of each; the header is line 1.
    line_count : int
        Physical lines in all of them.
    """

    texts: list[bytes]
    line_numbers: range | list[int]
    line_count: int


class RecordRule:
    """Which lines are one record, for one delimiter and number of columns.

    A record is one line, or several where a quoted field holds line breaks and the whole has the
    columns of the header. A line that is whole by itself is never part of another record: a quoted
    field that would swallow one was not closed. So a quote that is never closed costs its own line.

    Examples
    --------
    >>> rule = RecordRule(b",", 3)
    >>> rule.record_length([b'1,"two\\n', b'lines",3\\n', b"4,5,6\\n"], 0, is_all=True)
    2
    >>> rule.record_length([b'1,"two\\n', b"4,5,6\\n", b'lines",3\\n'], 0, is_all=True)
    1
    """

    def __init__(self, delimiter: bytes, column_count: int) -> None:
        cut = re.escape(delimiter)
        # Possessive, because within quotes two of them are always one letter: no second try.
        inside = rb'[^"]*+(?:""[^"]*+)*+'
        quoted = rb'"' + inside + rb'"'
        field = rb'(?:%b|[^"%b][^%b]*+|)' % (quoted, cut, cut)
        tidy_field = rb'(?:%b|[^"%b]*+)' % (quoted, cut)
        others = column_count - 1
        self._delimiter, self._other_columns = delimiter, others
        self._whole = re.compile(rb"%b(?:%b%b){%d}" % (field, cut, field, others))
        self._tidy = re.compile(rb"%b(?:%b%b){%d}" % (tidy_field, cut, tidy_field, others))
        self._open = re.compile(rb'(?:%b%b){0,%d}"%b' % (field, cut, others, inside))
        self._still_open = re.compile(inside)

    def record_length(self, lines: list[bytes], position: int, *, is_all: bool) -> int | None:
        """Return how many lines, given with their ends, the record at a position takes.

        None where the lines do not tell and more can come (not `is_all`).
        """
        first = _without_marks(lines[position])
        if self._open.fullmatch(_without_end(first)) is None:
            return 1
        followers = lines[position + 1 : position + MAX_RECORD_LINES]
        parts, size = [first], 0
        for line in followers:
            size += len(line)
            text = _without_end(line)
            if size > MAX_RECORD_BYTES or self._is_whole_alone(text):
                return 1
            if b'"' in text and self._still_open.fullmatch(text) is None:
                record = b"".join(parts) + text
                if self._whole.fullmatch(record):
                    return len(parts) + 1
                if self._open.fullmatch(record) is None:
                    return 1
            parts.append(line)
        return 1 if is_all or len(parts) == MAX_RECORD_LINES else None

    def _is_whole_alone(self, line: bytes) -> bool:
        if b'"' in line:
            return self._tidy.fullmatch(_without_marks(line)) is not None
        return line.count(self._delimiter) == self._other_columns


def read_records(chunks: Iterable[bytes], delimiter: bytes, column_count: int) -> Iterator[Records]:
    """Cut a text into records, the header left out; some megabytes at a time.

    A line ends with a line feed, a carriage return or both, as in `LineScan`.

    Examples
    --------
    >>> (records,) = read_records([b'a,b\\n1,"x\\ny"\\r3,4'], b",", 2)
    >>> records
    Records(texts=[b'1,"x\\ny"', b'3,4'], line_numbers=[2, 4], line_count=3)
    """
    rule = RecordRule(delimiter, column_count)
    rest, number = b"", 1
    for block, is_last in _blocks(_shortened(chunks)):
        text = rest + block
        cut = len(text) if is_last else _end_of_last_line(text)
        records, taken = _cut_records(text[:cut], number, rule, is_last=is_last)
        rest = text[taken:]
        number += records.line_count
        yield _without_header(records) if 1 in records.line_numbers[:1] else records


def _cut_records(
    text: bytes, number: int, rule: RecordRule, *, is_last: bool
) -> tuple[Records, int]:
    """Return the records of a text of whole lines, and how many of its bytes they take."""
    if b'"' not in text:
        lines = text.splitlines()
        return Records(lines, range(number, number + len(lines)), len(lines)), len(text)
    lines = text.splitlines(keepends=True)
    texts, numbers, position = [], [], 0
    while position < len(lines):
        length: int | None = 1
        # The header is one line, whatever it holds.
        if b'"' in lines[position] and number + position > 1:
            length = rule.record_length(lines, position, is_all=is_last)
        if length is None:
            break
        record = lines[position] if length == 1 else b"".join(lines[position : position + length])
        texts.append(_without_end(record))
        numbers.append(number + position)
        position += length
    left = sum(map(len, lines[position:]))
    return Records(texts, numbers, position), len(text) - left


def _without_header(records: Records) -> Records:
    return Records(records.texts[1:], records.line_numbers[1:], records.line_count - 1)


def _without_marks(line: bytes) -> bytes:
    """Cut off the byte-order marks that stand where another file was put behind."""
    while line.startswith(codecs.BOM_UTF8):
        line = line.removeprefix(codecs.BOM_UTF8)
    return line


def _without_end(line: bytes) -> bytes:
    """Cut off the line end, and one only: a return before it is a line of its own.

    >>> _without_end(b"a\\r\\n"), _without_end(b"a\\n"), _without_end(b"a")
    (b'a', b'a', b'a')
    """
    if line.endswith(b"\r\n"):
        return line[:-2]
    return line[:-1] if line.endswith((b"\n", b"\r")) else line


def _end_of_last_line(text: bytes) -> int:
    """Return where the last complete line ends; only the next byte completes a return."""
    return max(text.rfind(b"\n"), text.rfind(b"\r", 0, -1)) + 1


def _blocks(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield larger pieces, and an empty last one that says that it is the last."""
    parts, size = [], 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size >= BLOCK_BYTES:
            yield b"".join(parts), False
            parts, size = [], 0
    yield b"".join(parts), True


def _shortened(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Leave out what exceeds `MAX_LINE_BYTES` of a line by more than one byte.

    Chunks must be shorter than that, so that only the line that a chunk goes on with can exceed.
    """
    open_bytes = 0
    for chunk in chunks:
        first, last = _first_line_end(chunk), max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        room = max(MAX_LINE_BYTES + 1 - open_bytes, 0)
        yield chunk[:room] + chunk[first:] if first > room else chunk
        open_bytes = open_bytes + len(chunk) if last < 0 else len(chunk) - 1 - last


def _first_line_end(chunk: bytes) -> int:
    match = re.search(rb"[\r\n]", chunk)
    return match.start() if match else len(chunk)
