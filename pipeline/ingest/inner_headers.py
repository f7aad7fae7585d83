"""Headers below the first line, as where exports with columns in another order were joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.ingest.headers import MAX_HEADER_BYTES, Layout, split_header

# The first letter of a line of events is a digit nearly everywhere, and that of a header is none.
_IS_DIGIT = np.zeros(256, dtype=bool)
_IS_DIGIT[list(b"0123456789")] = True
_LINE_END = re.compile(rb"[\r\n]")


class HeaderRule:
    """What a header below the first line is, and which column stands where from there on.

    A line is a header where most of the columns that the first one names are among its fields.

    Examples
    --------
    >>> positions, names = {"price": 0, "user_id": 1}, ("price", "user_id")
    >>> rule = HeaderRule(Layout(positions, 2, (), ",", names))
    >>> rule.positions_below(b"user_id,price"), rule.positions_below(b"1,2")
    ([1, 0], None)
    >>> rule.positions_below(b"user_id;price"), rule.positions_below(b"user_id,price,more")
    ([], [])
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known = [
            layout.names[position]
            for position in layout.positions.values()
            if position >= 0 and layout.names
        ]
        longest = sorted(self._known, key=len, reverse=True)[:2]
        self._marks = [name.encode() for name in longest]

    def may_hold_header(self, text: bytes) -> bool:
        """Tell at the speed of memory that a text holds no header."""
        lower = text.lower()
        return any(mark in lower for mark in self._marks)

    def positions_below(self, line: bytes) -> list[int] | None:
        """Return where the columns stand below this line, in the order of the layout.

        None where the line is no header; an empty list where it names other columns than the first
        header, or is written with another delimiter.
        """
        if len(line) > MAX_HEADER_BYTES or not self.may_hold_header(line):
            return None
        delimiter, fields = split_header(line, self._known)
        found = [name for name in self._known if name in fields]
        if 2 * len(found) <= len(self._known):
            return None
        layout = self._layout
        is_alike = delimiter == layout.delimiter and len(fields) == layout.column_count
        if not is_alike or any(fields.count(name) != 1 for name in self._known):
            return []
        return [
            position if position < 0 else fields.index(layout.names[position])
            for position in layout.positions.values()
        ]


class HeaderScan:
    """Takes the chunks of a text, and finds whether a header below the first line differs from it.

    Where chunks are cut does not matter.
    """

    def __init__(self, layout: Layout) -> None:
        self.has_other_header = False
        self._rule, self._first = HeaderRule(layout), list(layout.positions.values())
        self._is_first_line = True
        self._open = b""

    def update(self, chunk: bytes, codes: np.ndarray, ends: np.ndarray) -> None:
        """Take the next bytes, the same as numbers, and the last byte of each line end in them."""
        if ends.size == 0:
            self._open = (self._open + chunk)[: MAX_HEADER_BYTES + 1]
            return
        first, last = int(ends[0]), int(ends[-1])
        self._look_at(self._open + chunk[:first])
        if not _IS_DIGIT[codes[ends[:-1] + 1]].all():
            self._search(chunk[first + 1 : last])
        self._open = chunk[last + 1 :][: MAX_HEADER_BYTES + 1]

    def finish(self) -> None:
        """Learn that the text ends here."""
        self._look_at(self._open)

    def _search(self, text: bytes) -> None:
        if not self.has_other_header and self._rule.may_hold_header(text):
            for line in _LINE_END.split(text):
                self._look_at(line)

    def _look_at(self, line: bytes) -> None:
        if self._is_first_line:
            self._is_first_line = False
        elif not self.has_other_header:
            positions = self._rule.positions_below(line)
            self.has_other_header = positions is not None and positions != self._first


class Sections:
    """Follows the records of a file and knows by which header each of them is to be read."""

    def __init__(self, layout: Layout) -> None:
        self._rule = HeaderRule(layout)
        self._positions: list[int] | None = None

    def positions_of(self, records: Sequence[bytes]) -> list[list[int] | None]:
        """Return for each record where its columns stand; None where the first header says it.

        An empty list means that nothing tells: a header with other columns stands above.
        """
        found = []
        for record in records:
            positions = self._rule.positions_below(record)
            self._positions = self._positions if positions is None else positions
            found.append(self._positions)
        return found
