"""Columns of stacked shares over time, named beside the last one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.reporting.kit.charts.axis import Axis, draw_upwards, room_for, spread
from pipeline.reporting.kit.svg import LINE, Canvas, width_of

_HEIGHT = 230
_AXIS = 46


@dataclass(frozen=True)
class Layer:
    """One part of every column; what may not be shown is None."""

    label: str
    kind: str
    values: tuple[float | None, ...]


def draw_columns(
    canvas: Canvas,
    layers: Sequence[Layer],
    places: Sequence[str],
    *,
    write: Callable[[float], str],
) -> float:
    """Draw columns whose layers are stacked from the bottom; return where the picture ends."""
    right = canvas.width - room_for([one.label for one in layers], most=canvas.width * 0.3)
    start, end = canvas.top + 4, canvas.top + 4 + _HEIGHT
    sums = [sum(one.values[at] or 0.0 for one in layers) for at in range(len(places))]
    axis = Axis(0.0, max(sums, default=0.0) or 1.0, end, start)
    draw_upwards(canvas, axis, _AXIS, right, write)
    width = (right - _AXIS) / max(len(places), 1)
    every = max(1, -(-int(max(map(width_of, places)) + 8) // max(int(width), 1)))
    middles: list[float] = []
    for at, name in enumerate(places):
        x, below = _AXIS + at * width, 0.0
        for one in layers:
            value = one.values[at] or 0.0
            top, bottom = axis.place(below + value), axis.place(below)
            canvas.box(x + width * 0.1, top, width * 0.8, bottom - top, f"edged {one.kind}")
            below += value
            if at == len(places) - 1:
                middles.append((top + bottom) / 2)
        if at % every == 0:
            canvas.text(x + width / 2, end + LINE, name, anchor="middle", kind="tick")
    for one, y in zip(layers, spread(middles, 15), strict=True):
        canvas.text(right + 6, y + 4, one.label)
    return end + 1.6 * LINE + 6
