"""Whether the quotes of a text stay within its lines, judged at the speed of memory."""

from __future__ import annotations

import codecs

import numpy as np

from pipeline.ingest.headers import DELIMITERS

QUOTE = 34

# What may stand before an opening quote and after a closing one: a delimiter, a line end, or the
# other half of a doubled quote. The delimiter of the file is not known here; of the three, another
# than its own misleads only where stray quotes come in pairs.
IS_EDGE_OF_FIELD = np.zeros(256, dtype=bool)
IS_EDGE_OF_FIELD[list("".join(DELIMITERS).encode() + b'\r\n"')] = True


class QuoteScan:
    """Takes the chunks of a text one after the other; where they are cut does not matter.

    Quotes are tidy where each line, read by itself, opens quoted fields only where a field begins
    and closes them where it ends. Only then can the lines be read one by one. `has_quotes` tells
    whether there was any.

    Examples
    --------
    >>> scan = QuoteScan()
    >>> scan.update(b'1,"a, b","a ""b"" c"\\n')
    >>> scan.finish()
    True
    >>> scan = QuoteScan()
    >>> scan.update(b'1,"two\\nlines"\\n')
    >>> scan.finish()
    False
    """

    def __init__(self) -> None:
        self.has_quotes = False
        self._is_tidy = True
        self._is_open = False
        # None until the beginning is there, where a byte-order mark may precede a quote; then the
        # last byte that was judged and the one that waits for its neighbour.
        self._tail: bytes | None = None
        self._beginning = b""

    def update(self, chunk: bytes) -> None:
        """Take the next bytes."""
        is_quoted = b'"' in chunk
        self.has_quotes = self.has_quotes or is_quoted
        if self._tail is None:
            self._beginning += chunk
            if len(self._beginning) < len(codecs.BOM_UTF8):
                return
            chunk, self._tail = self._beginning.removeprefix(codecs.BOM_UTF8), b"\n"
            is_quoted = self.has_quotes
        if not self._is_tidy:
            return
        if not (self._is_open or is_quoted or self._tail.endswith(b'"')):
            self._tail = chunk[-1:] or self._tail
            return
        window = self._tail + chunk
        self._judge(np.frombuffer(window, dtype=np.uint8))
        self._tail = window[-2:]

    def finish(self) -> bool:
        """Return whether all quotes are tidy; nothing may be added afterwards."""
        if self._tail is None:
            self._tail = b"\n"
            self.update(self._beginning)
        self.update(b"\n")
        self.update(b"\n")
        return self._is_tidy

    def _judge(self, codes: np.ndarray) -> None:
        """Judge all bytes but the first and the last, which are neighbours only."""
        inner = codes[1:-1]
        quotes = np.flatnonzero(inner == QUOTE) + 1
        ends = np.flatnonzero((inner == 10) | (inner == 13)) + 1
        opened_before = int(self._is_open)
        is_open_at_end = (np.searchsorted(quotes, ends) + opened_before) & 1
        opening, closing = quotes[opened_before::2], quotes[1 - opened_before :: 2]
        self._is_tidy = bool(
            not is_open_at_end.any()
            and IS_EDGE_OF_FIELD[codes[opening - 1]].all()
            and IS_EDGE_OF_FIELD[codes[closing + 1]].all()
        )
        self._is_open = bool((quotes.size + opened_before) & 1)
