"""Tables and lines on standard output: as wide as the terminal, in plain text for everybody else.

Colours are left out where `NO_COLOR` is set or nobody looks; rich decides that.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table

from pipeline.runtime.streams import write

# Where nobody looks at the width, nothing is folded.
_PIPE_WIDTH = 500


def show(*parts: RenderableType) -> None:
    """Write parts to standard output, one below the other, if there is anybody to read them."""
    write(rendered(*parts), sys.stdout)


def rendered(*parts: RenderableType) -> str:
    """Return parts, one below the other, as they are to stand on standard output."""
    target = io.StringIO()
    console = Console(
        file=target,
        force_terminal=is_terminal(),
        width=None if is_terminal() else _PIPE_WIDTH,
        highlight=False,
        markup=False,
    )
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, str))
    if is_terminal():
        return target.getvalue()
    # A table is as wide as its columns; spaces at the end of a line are of no use in a file.
    return "".join(f"{line.rstrip()}\n" for line in target.getvalue().splitlines())


def height() -> int:
    """Return how many lines the terminal has."""
    return shutil.get_terminal_size().lines


def is_terminal() -> bool:
    """Tell whether somebody sees standard output at once."""
    return sys.stdout.isatty()


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    text_columns: Collection[int] = (0,),
    title: str = "",
    has_total: bool = False,
) -> Table:
    """Return a table; `text_columns`, by place, are aligned left and may be folded.

    Lines are drawn on a terminal only.
    """
    made = Table(
        title=title or None,
        title_justify="left",
        box=box.ROUNDED if is_terminal() else None,
        pad_edge=is_terminal(),
        # Two spaces between columns where no line is.
        padding=(0, 1) if is_terminal() else (0, 2, 0, 0),
    )
    for place, heading in enumerate(headings):
        is_text = place in text_columns
        made.add_column(
            heading,
            justify="left" if is_text else "right",
            overflow="fold",
            no_wrap=not is_text,
        )
    found = list(rows)
    for place, row in enumerate(found):
        is_last = place == len(found) - 1
        made.add_row(*row, style="bold" if has_total and is_last else None)
    return made
