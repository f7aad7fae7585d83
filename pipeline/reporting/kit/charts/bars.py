"""Bars from left to right, each with its figure at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reporting.kit.charts.axis import room_for
from pipeline.reporting.kit.svg import LINE, Canvas, in_lines, width_of

_THICK = 15
_GAP = 12
_FAINT = 0.45


@dataclass(frozen=True)
class Bar:
    """One bar; a value that may not be shown is None, its text says why."""

    value: float | None
    text: str
    is_faint: bool = False


@dataclass(frozen=True)
class BarRow:
    """The bars of one thing, one below the other, in its colour."""

    label: str
    kind: str
    bars: tuple[Bar, ...]


def draw_bars(canvas: Canvas, rows: Sequence[BarRow]) -> float:
    """Draw rows of bars, and return where the picture ends.

    Parameters
    ----------
    canvas : Canvas
    rows : sequence of BarRow
        From the top.
    """
    room = room_for([row.label for row in rows], most=canvas.width * 0.36)
    texts = max((width_of(bar.text) for row in rows for bar in row.bars), default=0.0)
    longest = canvas.width - room - texts - 12
    largest = max((bar.value or 0.0 for row in rows for bar in row.bars), default=0.0) or 1.0
    y = canvas.top
    for row in rows:
        height = max(len(row.bars) * _THICK, LINE)
        lines = in_lines(row.label, room)
        for at, line in enumerate(lines):
            base = y + height / 2 + 4 + (at - (len(lines) - 1) / 2) * LINE
            canvas.text(room - 8, base, line, anchor="end")
        for at, bar in enumerate(row.bars):
            width, top = longest * (bar.value or 0.0) / largest, y + at * _THICK
            faint = _FAINT if bar.is_faint else None
            canvas.box(room, top, max(width, 1), _THICK - 2, row.kind, opacity=faint)
            canvas.text(room + max(width, 1) + 5, top + _THICK - 4, bar.text)
        y += max(height, len(lines) * LINE) + _GAP
    return y
