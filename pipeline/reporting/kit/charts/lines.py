"""Lines over a few places, each with its name at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.reporting.kit.charts.axis import Axis, draw_upwards, room_for, spread
from pipeline.reporting.kit.svg import LINE, Canvas, in_lines, number, width_of

_HEIGHT = 200
_AXIS = 46


@dataclass(frozen=True)
class Series:
    """One line: its values by place, and the lower and upper ends of them where they are known."""

    label: str
    kind: str
    values: Mapping[int, float]
    is_dashed: bool = False
    band: Mapping[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Levels:
    """What else is drawn: levels by their names, and the place that is marked, with its name."""

    levels: tuple[tuple[str, float, str], ...] = ()  # label, value, kind
    marked: int | None = None
    mark_label: str = ""


def draw_lines(
    canvas: Canvas,
    series: Sequence[Series],
    places: Sequence[int],
    *,
    top: float,
    write: Callable[[float], str],
    write_place: Callable[[int], str] = str,
    axis_label: str = "",
    bottom: float = 0.0,
    also: Levels = Levels(),
) -> float:
    """Draw lines over places at equal distances, and return where the picture ends."""
    labels = [*(one.label for one in series), *(name for name, *_ in also.levels)]
    right = canvas.width - room_for(labels, most=canvas.width * 0.3)
    start, end = canvas.top + LINE, canvas.top + LINE + _HEIGHT
    upwards = Axis(bottom, top, end, start)
    draw_upwards(canvas, upwards, _AXIS, right, write)
    width = (right - _AXIS) / len(places)
    x = {place: _AXIS + (at + 0.5) * width for at, place in enumerate(places)}
    if also.marked in x:
        _mark(canvas, x[also.marked], start, end, also.mark_label)
    _name_places(canvas, x, end, write_place, width)
    if axis_label:
        canvas.text((_AXIS + right) / 2, end + 2.3 * LINE, axis_label, anchor="middle", kind="tick")
    for _, value, kind in also.levels:
        canvas.line(_AXIS, upwards.place(value), right, upwards.place(value), f"dotted {kind}")
    for one in series:
        _draw(canvas, one, x, upwards)
    _name_lines(canvas, series, also, upwards, right, labels)
    return end + (2.8 if axis_label else 1.6) * LINE


def _mark(canvas: Canvas, x: float, start: float, end: float, label: str) -> None:
    canvas.line(x, start, x, end, "mark")
    canvas.text(x, start - 5, label, anchor="middle", kind="small")


def _name_places(
    canvas: Canvas, x: Mapping[int, float], y: float, write: Callable[[int], str], width: float
) -> None:
    """Write as many of the places as there is room for."""
    widest = max(width_of(write(place)) for place in x)
    every = max(1, -(-int(widest + 6) // max(int(width), 1)))
    for at, (place, middle) in enumerate(x.items()):
        if at % every == 0:
            canvas.text(middle, y + LINE, write(place), anchor="middle", kind="tick")


def _draw(canvas: Canvas, one: Series, x: Mapping[int, float], axis: Axis) -> None:
    points = [(x[at], axis.place(value)) for at, value in one.values.items() if at in x]
    band = [(x[at], *map(axis.place, ends)) for at, ends in one.band.items() if at in x]
    if band:
        there = [f"{number(at)} {number(low)}" for at, low, _ in band]
        back = [f"{number(at)} {number(high)}" for at, _, high in reversed(band)]
        canvas.path(f"M{'L'.join([*there, *back])}Z", f"band {one.kind}", is_filled=True)
    steps = "L".join(f"{number(at)} {number(y)}" for at, y in points)
    canvas.path(f"M{steps}", f"{'dashed ' if one.is_dashed else ''}{one.kind}")
    for at, y in [] if one.is_dashed else points:
        canvas.dot(at, y, one.kind, radius=3)


def _name_lines(
    canvas: Canvas,
    series: Sequence[Series],
    also: Levels,
    axis: Axis,
    right: float,
    labels: list[str],
) -> None:
    """Write every name beside the end of its line, apart from each other."""
    ends = [axis.place(list(one.values.values())[-1]) for one in series]
    ends += [axis.place(value) for _, value, _ in also.levels]
    lines = [in_lines(label, canvas.width - right - 6) for label in labels]
    apart = 13 * max(map(len, lines), default=1) + 2
    for names, y in zip(lines, spread(ends, apart), strict=True):
        for at, name in enumerate(names):
            base = y + 4 + (at - (len(names) - 1) / 2) * 13
            canvas.text(right + 6, base, name, kind="small")
