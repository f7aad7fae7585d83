"""A grid of cells, the stronger the more; or of two colours, for more and for less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reporting.kit.charts.axis import room_for
from pipeline.reporting.kit.svg import LINE, Canvas, in_lines, width_of

# The strongest colour under a text that still has to be read.
_STRONGEST = 0.6
_ROW = 21
_LEVEL_NAMES = 6
_TURN = -35
# Of a turned name, its width as seen from above: the cosine.
_ACROSS = 0.82


@dataclass(frozen=True)
class Cell:
    """One cell: from -1 to 1 how strong it is, and what stands in it; None is an empty one."""

    strength: float | None
    text: str = ""


def draw_grid(
    canvas: Canvas,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
) -> float:
    """Draw a grid, and return where it ends.

    Parameters
    ----------
    canvas : Canvas
    rows, columns : sequence of str
        What stands beside and above; a column without a name has none.
    cells : sequence of sequence of Cell
        Row by row.
    """
    room = room_for(list(rows), most=canvas.width * 0.38)
    width = (canvas.width - room) / max(len(columns), 1)
    is_turned = len(columns) > _LEVEL_NAMES and max(map(width_of, columns)) > width
    if is_turned:
        # The last names reach beyond their columns.
        ends = ((at + 0.4, _ACROSS * width_of(name)) for at, name in enumerate(columns))
        width = min(width, *((canvas.width - room - reach) / place for place, reach in ends))
    top = _name_columns(canvas, columns, room, width, is_turned=is_turned)
    for place, (name, line) in enumerate(zip(rows, cells, strict=True)):
        y = top + place * _ROW
        canvas.text(room - 8, y + 14, name, anchor="end")
        for at, cell in enumerate(line):
            _draw(canvas, cell, room + at * width, y, width)
    return top + len(rows) * _ROW + 4


def _name_columns(
    canvas: Canvas, columns: Sequence[str], room: float, width: float, *, is_turned: bool
) -> float:
    """Write the names above the columns, in lines or, where there are many, at an angle."""
    if is_turned:
        lift = max(map(width_of, columns)) * 0.6 + 8
        for at, name in enumerate(columns):
            canvas.text(room + (at + 0.4) * width, canvas.top + lift - 6, name, turn=_TURN)
        return canvas.top + lift
    lines = [in_lines(name, width - 4) for name in columns]
    height = max(map(len, lines), default=1) * LINE
    for at, names in enumerate(lines):
        for place, name in enumerate(names):
            y = canvas.top + height - (len(names) - 1 - place) * LINE - 6
            canvas.text(room + (at + 0.5) * width, y, name, anchor="middle")
    return canvas.top + height


def _draw(canvas: Canvas, cell: Cell, x: float, y: float, width: float) -> None:
    if cell.strength is not None:
        kind = "up" if cell.strength >= 0 else "down"
        opacity = min(abs(cell.strength), 1.0) * _STRONGEST
        canvas.box(x + 0.5, y + 0.5, width - 1, _ROW - 1, kind, opacity=opacity)
    if cell.text:
        canvas.text(x + width / 2, y + 15, cell.text, anchor="middle", kind="small")
