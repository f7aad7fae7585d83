"""Whether blanks stand around the fields of a text, found at the speed of memory."""

from __future__ import annotations

import numpy as np

from pipeline.ingest.quotes import IS_EDGE_OF_FIELD

BLANK = 32


class BlankScan:
    """Takes the chunks of a text one after the other; where they are cut does not matter.

    `has_outer_blanks` tells, after `finish`, whether any blank stands at the edge of a field. One
    beside another delimiter than that of the file counts too: it costs only time, because then each
    line is looked at.

    Examples
    --------
    >>> scan = BlankScan()
    >>> text = np.frombuffer(b"1,two words\\n", dtype=np.uint8)
    >>> scan.update(text, np.flatnonzero(text == BLANK))
    >>> scan.finish()
    >>> scan.has_outer_blanks
    False
    """

    def __init__(self) -> None:
        self.has_outer_blanks = False
        self._tail = np.frombuffer(b"\n", dtype=np.uint8)

    def update(self, codes: np.ndarray, blanks: np.ndarray) -> None:
        """Take the next bytes, as numbers, and the places of all blanks among them, in order."""
        if self.has_outer_blanks:
            return
        # Those at the two ends of a chunk have a neighbour in another one.
        inner = blanks[slice(*np.searchsorted(blanks, (1, codes.size - 1)))]
        window = np.concatenate((self._tail, codes[:2]))
        self.has_outer_blanks = _has_edges(codes, inner) or _has_edges(
            window, np.flatnonzero(window[1:-1] == BLANK) + 1
        )
        self._tail = np.concatenate((self._tail, codes[-2:]))[-2:]

    def finish(self) -> None:
        """Learn that the text ends here."""
        self.update(np.frombuffer(b"\n", dtype=np.uint8), np.empty(0, dtype=int))


def _has_edges(codes: np.ndarray, blanks: np.ndarray) -> bool:
    return bool(
        IS_EDGE_OF_FIELD[codes[blanks - 1]].any() or IS_EDGE_OF_FIELD[codes[blanks + 1]].any()
    )
