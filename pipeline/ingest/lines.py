"""Physical lines of a stream of bytes, counted and judged at the speed of memory."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.ingest.blanks import BLANK, BlankScan
from pipeline.ingest.headers import Layout
from pipeline.ingest.inner_headers import HeaderScan
from pipeline.ingest.quotes import QuoteScan

LineEnds = Literal["none", "lf", "crlf", "cr", "mixed"]

# No event is as long. What is beyond is not kept, so that one endless line cannot take the memory.
MAX_LINE_BYTES = 1 << 23

LINE_FEED, CARRIAGE_RETURN = 10, 13


@dataclass(frozen=True)
class LineFacts:
    """What the bytes of a text hold.

    Attributes
    ----------
    line_count : int
        Lines, blank ones and the first included. A line ends with a line feed, a carriage return
        or both; a last line without an end counts.
    longest_line_bytes : int
        Length of the longest line, without its end.
    line_ends : str
        'lf', 'crlf', 'cr', 'mixed' where several kinds occur, 'none' where no line ends.
    has_quotes, has_nul_bytes, has_x01_bytes : bool
        Whether a double quote, a byte 0 or a byte 1 occurs.
    has_tidy_quotes : bool
        Whether every quoted field begins and ends within one line; true without quotes.
    has_outer_blanks : bool
        Whether a blank stands beside a delimiter, a quote or a line end.
    has_inner_marks : bool
        Whether a byte-order mark occurs after the beginning.
    has_other_header : bool
        Whether a header below the first line differs from it; false where no layout was given.
    is_utf8, ends_with_line_end : bool
        Whether all bytes are UTF-8; whether the last line is ended.
    """

    line_count: int
    longest_line_bytes: int
    line_ends: LineEnds
    has_quotes: bool
    has_nul_bytes: bool
    has_x01_bytes: bool
    has_tidy_quotes: bool
    has_outer_blanks: bool
    has_inner_marks: bool
    has_other_header: bool
    is_utf8: bool
    ends_with_line_end: bool


class LineScan:
    """Takes the chunks of a text one after the other; where they are cut does not matter.

    Examples
    --------
    >>> scan = LineScan()
    >>> scan.update(b"a,b\\r")
    >>> scan.update(b"\\n1,2")
    >>> facts = scan.finish()
    >>> facts.line_count, facts.line_ends, facts.ends_with_line_end
    (2, 'crlf', False)
    """

    def __init__(self, layout: Layout | None = None) -> None:
        self._headers = HeaderScan(layout) if layout else None
        self._ended_count: dict[LineEnds, int] = {"lf": 0, "crlf": 0, "cr": 0}
        self._longest = 0
        self._unended_bytes = 0
        self._held = b""
        self._has_nul_bytes = self._has_x01_bytes = False
        self._has_inner_marks = False
        self._size = 0
        self._last_bytes = b""
        self._quotes, self._blanks = QuoteScan(), BlankScan()
        self._is_utf8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def update(self, chunk: bytes) -> None:
        """Take the next bytes."""
        self._quotes.update(chunk)
        codes = np.frombuffer(chunk, dtype=np.uint8)
        # One pass, which lets other threads run, finds the blanks and the line ends of nearly every
        # chunk, and that the rest is printable ASCII: signed, bytes beyond ASCII are negative.
        odd = np.flatnonzero(codes.view(np.int8) <= BLANK)
        odd_codes = codes[odd]
        is_blank, is_feed = odd_codes == BLANK, odd_codes == LINE_FEED
        self._blanks.update(codes, odd[is_blank])
        is_simple_text = bool((is_blank | is_feed).all())
        if not is_simple_text:
            self._has_nul_bytes = self._has_nul_bytes or b"\0" in chunk
            self._has_x01_bytes = self._has_x01_bytes or b"\1" in chunk
        is_ascii = is_simple_text or chunk.isascii()
        self._find_marks(chunk, is_ascii=is_ascii)
        self._judge_encoding(chunk, is_ascii=is_ascii)
        if is_simple_text and not self._held:
            feeds = odd[is_feed]
            self._ended_count["lf"] += feeds.size
            self._measure(chunk, codes, feeds, 1)
            return
        chunk, self._held = self._held + chunk, b""
        if chunk.endswith(b"\r"):
            # Only the next byte tells whether this line ends here or one byte later.
            chunk, self._held = chunk[:-1], b"\r"
        if chunk:
            self._count(chunk)

    def finish(self) -> LineFacts:
        """Return the facts; nothing may be added afterwards."""
        if self._held:
            self._count(self._held)
        self._blanks.finish()
        if self._headers:
            self._headers.finish()
        self._judge_encoding(b"", is_ascii=True, is_last=True)
        kinds = [kind for kind, count in self._ended_count.items() if count]
        is_open = self._unended_bytes > 0
        return LineFacts(
            line_count=sum(self._ended_count.values()) + is_open,
            longest_line_bytes=max(self._longest, self._unended_bytes),
            line_ends="mixed" if len(kinds) > 1 else next(iter(kinds), "none"),
            has_quotes=self._quotes.has_quotes,
            has_nul_bytes=self._has_nul_bytes,
            has_x01_bytes=self._has_x01_bytes,
            has_tidy_quotes=self._quotes.finish(),
            has_outer_blanks=self._blanks.has_outer_blanks,
            has_inner_marks=self._has_inner_marks,
            has_other_header=bool(self._headers and self._headers.has_other_header),
            is_utf8=self._is_utf8,
            ends_with_line_end=not is_open and bool(kinds),
        )

    def _find_marks(self, chunk: bytes, *, is_ascii: bool) -> None:
        """Look for a byte-order mark anywhere but at the beginning, across chunks too."""
        if not (is_ascii or self._has_inner_marks):
            start = 1 if self._size == len(self._last_bytes) else 0
            window = self._last_bytes + chunk
            self._has_inner_marks = window.find(codecs.BOM_UTF8, start) >= 0
        self._size += len(chunk)
        self._last_bytes = (self._last_bytes + chunk[-2:])[-2:]

    def _judge_encoding(self, chunk: bytes, *, is_ascii: bool, is_last: bool = False) -> None:
        if not self._is_utf8:
            return
        is_between_letters = self._decoder.getstate()[0] == b""
        if is_between_letters and is_ascii:
            return
        try:
            self._decoder.decode(chunk, is_last)
        except UnicodeDecodeError:
            self._is_utf8 = False

    def _count(self, chunk: bytes) -> None:
        codes = np.frombuffer(chunk, dtype=np.uint8)
        ends = np.flatnonzero(codes == LINE_FEED)
        widths: np.ndarray | int = 1
        if b"\r" in chunk:
            ends, widths = self._ends_with_returns(codes, ends)
        else:
            self._ended_count["lf"] += ends.size
        self._measure(chunk, codes, ends, widths)

    def _measure(
        self, chunk: bytes, codes: np.ndarray, ends: np.ndarray, widths: np.ndarray | int
    ) -> None:
        """Learn the lengths of the lines from the last byte of each end, and the bytes it takes."""
        if self._headers:
            self._headers.update(chunk, codes, ends)
        if ends.size == 0:
            self._unended_bytes += codes.size
            return
        lengths = np.diff(ends, prepend=-1 - self._unended_bytes) - widths
        self._longest = max(self._longest, int(lengths.max()))
        self._unended_bytes = codes.size - 1 - int(ends[-1])

    def _ends_with_returns(
        self, codes: np.ndarray, feeds: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray | int]:
        """Return the last byte of each line end, and the bytes that it takes (1 or 2)."""
        is_return = codes == CARRIAGE_RETURN
        # A feed at 0 is no second half: a return before it would have been held back.
        is_pair = is_return[feeds - 1] & (feeds > 0)
        pair_count, return_count = int(is_pair.sum()), int(np.count_nonzero(is_return))
        self._ended_count["crlf"] += pair_count
        self._ended_count["lf"] += feeds.size - pair_count
        self._ended_count["cr"] += return_count - pair_count
        if pair_count == return_count == feeds.size:
            return feeds, 2
        is_return[feeds[is_pair] - 1] = False
        lone = np.flatnonzero(is_return)
        ends = np.concatenate((feeds, lone))
        widths = np.concatenate((1 + is_pair, np.ones(lone.size, dtype=int)))
        order = np.argsort(ends, kind="stable")
        return ends[order], widths[order]
