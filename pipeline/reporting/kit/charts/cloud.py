"""A sample as a cloud of points for each group, with its name in the middle of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.reporting.kit.charts.axis import Axis, draw_across, draw_upwards
from pipeline.reporting.kit.svg import LINE, Canvas, number, width_of

_HEIGHT = 380
_AXIS = 46


@dataclass(frozen=True)
class Cloud:
    """The points of one group."""

    label: str
    kind: str
    points: Sequence[tuple[float, float]]


def draw_clouds(
    canvas: Canvas,
    clouds: Sequence[Cloud],
    *,
    write: Callable[[float], str],
    labels: tuple[str, str],
) -> float:
    """Draw clouds, and return where the picture ends.

    Parameters
    ----------
    canvas : Canvas
    clouds : sequence of Cloud
        Each with at least one point.
    write : callable
        Writes a tick.
    labels : tuple of str
        Of the axis across, and of the one upwards.
    """
    points = [point for one in clouds for point in one.points]
    start, end = canvas.top + LINE, canvas.top + LINE + _HEIGHT
    across = Axis(*_range([x for x, _ in points]), _AXIS, canvas.width - 8)
    upwards = Axis(*_range([y for _, y in points]), end, start)
    canvas.text(0, start - 5, labels[1], kind="tick")
    draw_upwards(canvas, upwards, _AXIS, canvas.width - 8, write)
    bottom = draw_across(canvas, across, start, end, write, labels[0])
    for one in clouds:
        # A line of no length with round ends is a point, in a fifth of the bytes of a circle.
        steps = "".join(
            f"M{number(across.place(x))} {number(upwards.place(y))}h0" for x, y in one.points
        )
        canvas.path(steps, f"points {one.kind}")
    for one in clouds:
        x = across.place(median(x for x, _ in one.points))
        y = upwards.place(median(y for _, y in one.points))
        half = width_of(one.label) / 2 + 4
        x = min(max(x, _AXIS + half), canvas.width - half)
        canvas.box(x - half, y - 12, 2 * half, 18, "plate", opacity=0.85)
        canvas.text(x, y + 1, one.label, anchor="middle", kind="name")
    return bottom


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = 0.04 * (high - low) or 0.5
    return low - margin, high + margin
