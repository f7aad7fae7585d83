"""Pictures as SVG with real text, whose colours the page decides, by day and by night."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from pipeline.reporting.kit.blocks import Table

#: So many segments have a colour of their own; see `templates/chart.css`.
COLOURS = 10
WIDE, NARROW = 720, 460
LINE = 16
# The mean width of a letter of 12 pixels, in the widest font that a page may get (DejaVu, Verdana).
_LETTER = 7.2
_TOP = 34


@dataclass(frozen=True)
class Chart:
    """One picture with what is said about it.

    `alt` is for readers who do not see it, and so is the table of its figures.
    """

    alt: str
    body: str
    width: float
    height: float
    caption: str = ""
    table: Table | None = None

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of the page."""
        return self.width > NARROW

    def inline(self) -> str:
        """Return the picture as a part of a page, which has the colours."""
        return f"<svg {self._attributes()}>{self.body}</svg>"

    def file(self) -> bytes:
        """Return the picture as a file of its own."""
        name_space = 'xmlns="http://www.w3.org/2000/svg"'
        opening = f"<svg {name_space} {self._attributes()}>"
        return f"{opening}<style>{chart_style()}</style>{self.body}</svg>\n".encode()

    def _attributes(self) -> str:
        box = f"0 0 {number(self.width)} {number(self.height)}"
        return f'class="chart" viewBox="{box}" role="img" aria-label={quoteattr(self.alt)}'


class Canvas:
    """Draws one picture; places are pixels from the upper left corner.

    The kind of a shape is the classes of it: `s3` is the colour of the fourth segment.
    """

    def __init__(self, title: str, *, width: float = WIDE, note: str = "") -> None:
        self.width, self.top = width, float(_TOP)
        self._parts: list[str] = []
        lines = in_lines(title, width - (width_of(note) + LINE if note else 0))
        for place, line in enumerate(lines):
            self.text(0, LINE * (place + 1), line, kind="title")
        if note:
            self.text(width, LINE, note, anchor="end", kind="note")
        self.top += LINE * (len(lines) - 1)

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", kind: str = "", turn: int = 0
    ) -> None:
        """Write a text whose base line is at a place."""
        where = f'x="{number(x)}" y="{number(y)}"'
        anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
        turned = f' transform="rotate({turn} {number(x)} {number(y)})"' if turn else ""
        self._parts.append(f"<text {where}{anchored}{_class(kind)}{turned}>{escape(text)}</text>")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        kind: str,
        *,
        opacity: float | None = None,
    ) -> None:
        """Fill a rectangle."""
        size = f'width="{number(max(0, width))}" height="{number(max(0, height))}"'
        faint = "" if opacity is None else f' fill-opacity="{opacity:.2f}"'
        place = f'x="{number(x)}" y="{number(y)}"'
        self._parts.append(f"<rect {place} {size}{_class(f'fill {kind}')}{faint}/>")

    def path(self, steps: str, kind: str, *, is_filled: bool = False) -> None:
        """Draw a line, or fill what it encloses."""
        how = "fill" if is_filled else "line"
        self._parts.append(f'<path d="{steps}"{_class(f"{how} {kind}")}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a straight line."""
        self.path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", kind)

    def dot(self, x: float, y: float, kind: str, *, radius: float = 4) -> None:
        """Draw a dot."""
        place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        self._parts.append(f"<circle {place}{_class(f'fill {kind}')}/>")

    def finished(
        self, height: float, alt: str, *, caption: str = "", table: Table | None = None
    ) -> Chart:
        """Return the picture."""
        return Chart(alt, "".join(self._parts), self.width, height, caption, table)


def number(value: float) -> str:
    """Return a place as SVG has it, without needless digits.

    Examples
    --------
    >>> number(12.0), number(0.25), number(-3.04)
    ('12', '0.2', '-3')
    """
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def width_of(text: str, *, size: float = 12) -> float:
    """Return about how wide a text is: no font is at hand to measure it."""
    return len(text) * _LETTER * size / 12


def in_lines(text: str, width: float) -> list[str]:
    """Break a text where it would be too wide; a word longer than that stays whole.

    Examples
    --------
    >>> in_lines("Lost repeat buyers", 90)
    ['Lost repeat', 'buyers']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def segment_colour(place: int) -> str:
    """Return the class of the segment that is shown at this place, from 0.

    Examples
    --------
    >>> segment_colour(2), segment_colour(12)
    ('s2', 's2')
    """
    return f"s{place % COLOURS}"


@cache
def chart_style() -> str:
    """Return the style of all pictures."""
    path = files("pipeline.reporting.kit") / "templates" / "chart.css"
    return path.read_text(encoding="utf-8")


def _class(kind: str) -> str:
    return f' class="{kind.strip()}"' if kind.strip() else ""
