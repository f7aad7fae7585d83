"""Who went where, as bands between two columns of groups (after Sankey)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.reporting.kit.charts.axis import spread
from pipeline.reporting.kit.svg import LINE, Canvas, in_lines, number

_HEIGHT = 340
_GAP = 8
_BLOCK = 12


@dataclass(frozen=True)
class Group:
    """One group of one side."""

    label: str
    kind: str


def draw_flows(
    canvas: Canvas,
    former: Sequence[Group],
    later: Sequence[Group],
    counts: Mapping[tuple[int, int], int],
    *,
    titles: tuple[str, str],
) -> float:
    """Draw bands as wide as many moved, and return where the picture ends.

    Parameters
    ----------
    canvas : Canvas
    former, later : sequence of Group
        From the top, left and right.
    counts : mapping of (former, later) to int
        Those that may be shown.
    titles : tuple of str
        Above the left and the right side.
    """
    room = canvas.width * 0.27
    left, right = room, canvas.width - room
    canvas.text(left, canvas.top + 4, titles[0], anchor="end", kind="tick")
    canvas.text(right, canvas.top + 4, titles[1], kind="tick")
    total = sum(counts.values()) or 1
    scale = (_HEIGHT - _GAP * max(len(former), len(later))) / total
    sides = (
        _stacked([sum(n for (a, _), n in counts.items() if a == at) for at in range(len(former))],
                 scale, canvas.top + LINE),
        _stacked([sum(n for (_, b), n in counts.items() if b == at) for at in range(len(later))],
                 scale, canvas.top + LINE),
    )  # fmt: skip
    _bands(canvas, former, counts, scale, sides, (left + _BLOCK, right - _BLOCK))
    for groups, side, x in ((former, sides[0], left), (later, sides[1], right - _BLOCK)):
        for group, (y, height) in zip(groups, side, strict=True):
            canvas.box(x, y, _BLOCK, max(height, 1), group.kind)
    _names(canvas, former, sides[0], left - 8, "end", room)
    _names(canvas, later, sides[1], right + 8, "start", room)
    return canvas.top + LINE + _HEIGHT + 8


def _stacked(counts: Sequence[int], scale: float, top: float) -> list[tuple[float, float]]:
    """Return where every group of a side begins, and how high it is."""
    places, y = [], top
    for count in counts:
        places.append((y, count * scale))
        y += count * scale + _GAP
    return places


def _bands(
    canvas: Canvas,
    former: Sequence[Group],
    counts: Mapping[tuple[int, int], int],
    scale: float,
    sides: tuple[list[tuple[float, float]], list[tuple[float, float]]],
    ends: tuple[float, float],
) -> None:
    used = [[y for y, _ in side] for side in sides]
    x1, x2 = ends
    middle = number((x1 + x2) / 2)
    for (here, there), count in sorted(counts.items()):
        if not count:
            continue
        height = count * scale
        y1, y2 = used[0][here], used[1][there]
        used[0][here], used[1][there] = y1 + height, y2 + height
        n = number
        canvas.path(
            f"M{n(x1)} {n(y1)}C{middle} {n(y1)} {middle} {n(y2)} {n(x2)} {n(y2)}"
            f"V{n(y2 + height)}C{middle} {n(y2 + height)} {middle} {n(y1 + height)}"
            f" {n(x1)} {n(y1 + height)}Z",
            f"flow {former[here].kind}",
            is_filled=True,
        )


def _names(
    canvas: Canvas,
    groups: Sequence[Group],
    side: Sequence[tuple[float, float]],
    x: float,
    anchor: str,
    room: float,
) -> None:
    middles = spread([y + height / 2 for y, height in side], 16)
    for group, y in zip(groups, middles, strict=True):
        name = in_lines(group.label, room - 16)
        text = name[0] if len(name) == 1 else group.label
        canvas.text(x, y + 4, text, anchor=anchor, kind="small" if len(name) > 1 else "")
