"""An axis of numbers: where its ticks are, and where a value lies on it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.reporting.kit.svg import LINE, Canvas, width_of


@dataclass(frozen=True)
class Axis:
    """From the value that lies at `start` to the one that lies at `end`, in pixels."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value lies; one beyond the end lies at the end."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / ((self.high - self.low) or 1.0)
        return self.start + share * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        """The round values on it."""
        return ticks(self.low, self.high)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Return about `count` round values between two.

    Examples
    --------
    >>> ticks(0, 1), ticks(0, 37)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [0.0, 10.0, 20.0, 30.0])
    """
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / count))
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit * count >= span * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(at * step, 12) + 0.0 for at in range(first, last + 1)]


def draw_across(
    canvas: Canvas, axis: Axis, top: float, bottom: float, write: Callable[[float], str], label: str
) -> float:
    """Draw a horizontal axis below a picture, with lines upwards; return where it ends."""
    for value in axis.ticks:
        x = axis.place(value)
        canvas.line(x, top, x, bottom, "grid")
        canvas.text(x, bottom + LINE, write(value), anchor="middle", kind="tick")
    if label:
        middle = (axis.start + axis.end) / 2
        canvas.text(middle, bottom + 2.3 * LINE, label, anchor="middle", kind="tick")
    return bottom + (2.8 if label else 1.4) * LINE


def draw_upwards(
    canvas: Canvas, axis: Axis, left: float, right: float, write: Callable[[float], str]
) -> None:
    """Draw a vertical axis left of a picture, with lines across."""
    for value in axis.ticks:
        y = axis.place(value)
        canvas.line(left, y, right, y, "grid")
        canvas.text(left - 6, y + 4, write(value), anchor="end", kind="tick")


def room_for(texts: list[str], *, most: float) -> float:
    """Return how much room texts beside a picture take."""
    return min(max((width_of(text) for text in texts), default=0.0) + 16, most)


def spread(places: list[float], distance: float) -> list[float]:
    """Move places apart, as little as it takes, so that texts at them do not overlap.

    Examples
    --------
    >>> spread([10, 12, 40], 10)
    [6.0, 16.0, 40]
    """
    order = sorted(range(len(places)), key=lambda at: places[at])
    moved: list[float] = list(places)
    for _ in range(200):
        is_done = True
        for above, below in pairwise(order):
            lacking = distance - (moved[below] - moved[above])
            if lacking > 0.01:
                moved[above] -= lacking / 2
                moved[below] += lacking / 2
                is_done = False
        if is_done:
            break
    return moved
