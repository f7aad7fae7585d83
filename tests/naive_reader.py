"""Reading records letter by letter: slow, plain, and written without a look at the real reading."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MAX_LINES = 1000
MAX_BYTES = 1 << 20
MAX_LINE_BYTES = 1 << 23


@dataclass(frozen=True)
class Parsed:
    """What one text is: its fields, or how its quotes fail ('open' at the end, or 'broken')."""

    fields: tuple[bytes, ...]
    state: str

    def is_whole(self, column_count: int) -> bool:
        return self.state == "closed" and len(self.fields) == column_count


@dataclass(frozen=True)
class NaiveRecord:
    """One record: number of its first line, physical lines in it, its text and what it is."""

    line_number: int
    line_count: int
    text: bytes
    parsed: Parsed


def read_naively(content: bytes, delimiter: bytes, column_count: int) -> list[NaiveRecord]:
    """Return the records below the header."""
    lines = content.splitlines(keepends=True)
    records, position = [], 1
    while position < len(lines):
        length = _record_length(lines, position, delimiter, column_count)
        text = _cut(b"".join(lines[position : position + length]))
        records.append(NaiveRecord(position + 1, length, text, parse(text, delimiter)))
        position += length
    return records


def parse(text: bytes, delimiter: bytes) -> Parsed:
    """Take a text apart; a quote within a field that does not begin with one is a letter."""
    fields, field, state = [], b"", "begin"
    for code in _without_marks(text):
        letter = bytes([code])
        if state == "quoted":
            state, field = ("quote", field) if letter == b'"' else ("quoted", field + letter)
        elif letter == delimiter:
            fields, field, state = [*fields, field], b"", "begin"
        elif letter == b'"' and state == "begin":
            state = "quoted"
        elif state == "quote":
            if letter != b'"':
                return Parsed((), "broken")
            state, field = "quoted", field + letter
        else:
            state, field = "bare", field + letter
    if state == "quoted":
        return Parsed((*fields, field), "open")
    return Parsed((*fields, field), "closed")


def is_whole_alone(line: bytes, delimiter: bytes, column_count: int) -> bool:
    """Whether a line is whole by itself, without any quote inside a field that has none around."""
    parsed = parse(line, delimiter)
    if not parsed.is_whole(column_count):
        return False
    written = [b'"' + field.replace(b'"', b'""') + b'"' for field in parsed.fields]
    raw = _without_marks(line)
    for bare, quoted in zip(parsed.fields, written, strict=True):
        is_bare = b'"' not in bare and raw.startswith(bare) and not raw.startswith(b'"')
        if not is_bare and not raw.startswith(quoted):
            return False
        raw = raw[len(bare if is_bare else quoted) + 1 :]
    return True


def _record_length(lines: list[bytes], position: int, delimiter: bytes, column_count: int) -> int:
    """Return the lines that one record takes, the first of them at `position`."""
    text, size = lines[position], 0
    if not _is_open(_cut(text), delimiter, column_count):
        return 1
    for length, line in enumerate(lines[position + 1 : position + MAX_LINES], start=2):
        size += len(line)
        if size > MAX_BYTES or is_whole_alone(_cut(line), delimiter, column_count):
            return 1
        text += line
        if parse(_cut(text), delimiter).is_whole(column_count):
            return length
        if not _is_open(_cut(text), delimiter, column_count):
            return 1
    return 1


def _is_open(text: bytes, delimiter: bytes, column_count: int) -> bool:
    parsed = parse(text, delimiter)
    return parsed.state == "open" and len(parsed.fields) <= column_count


def _without_marks(text: bytes) -> bytes:
    while text.startswith(codecs.BOM_UTF8):
        text = text.removeprefix(codecs.BOM_UTF8)
    return text


def _cut(text: bytes) -> bytes:
    """Take one line end off."""
    for end in (b"\r\n", b"\n", b"\r"):
        if text.endswith(end):
            return text[: -len(end)]
    return text
