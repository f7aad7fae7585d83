"""Estimates as dots with their intervals, beside the mean of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.reporting.kit.charts.axis import Axis, draw_across, room_for
from pipeline.reporting.kit.svg import LINE, Canvas, in_lines

_ROW = 30
# A group of buyers so small that its interval is many times its mean would squeeze all others.
_WIDEST = 3.0


@dataclass(frozen=True)
class Estimate:
    """One dot; an interval without ends is none."""

    label: str
    kind: str
    value: float
    text: str
    lower: float | None = None
    upper: float | None = None


def draw_dots(
    canvas: Canvas,
    estimates: Sequence[Estimate],
    *,
    average: float,
    average_label: str,
    write: Callable[[float], str],
    axis_label: str,
) -> float:
    """Draw estimates one below the other, and return where the picture ends.

    Parameters
    ----------
    canvas : Canvas
    estimates : sequence of Estimate
        From the top.
    average : float
    average_label : str
        Stands above the line of the average.
    write : callable
        Writes a tick.
    axis_label : str
    """
    room = room_for([one.label for one in estimates], most=canvas.width * 0.38)
    top = canvas.top + LINE
    bottom = top + len(estimates) * _ROW
    axis = Axis(0.0, _limit(estimates, average), room, canvas.width - 14)
    end = draw_across(canvas, axis, top, bottom, write, axis_label)
    x = axis.place(average)
    canvas.line(x, top, x, bottom, "dashed")
    is_left = x < canvas.width * 0.6
    canvas.text(x, top - 5, average_label, anchor="start" if is_left else "end", kind="small")
    for place, one in enumerate(estimates):
        y = top + (place + 0.55) * _ROW
        lines = in_lines(one.label, room)
        for at, line in enumerate(lines):
            canvas.text(room - 8, y + 4 + (at - (len(lines) - 1) / 2) * 13, line, anchor="end")
        if one.lower is not None and one.upper is not None:
            canvas.line(axis.place(one.lower), y, axis.place(one.upper), y, "interval")
        canvas.dot(axis.place(one.value), y, one.kind, radius=5)
        near_end = axis.place(one.value) > canvas.width * 0.8
        anchor = "end" if near_end else "start"
        canvas.text(axis.place(one.value), y - 8, one.text, anchor=anchor, kind="small")
    return end


def _limit(estimates: Sequence[Estimate], average: float) -> float:
    largest = max(one.value for one in estimates)
    ends = [min(one.upper or one.value, _WIDEST * largest) for one in estimates]
    return max(*ends, average, 0.0) * 1.06 or 1.0
