"""How charts look: one font, few lines, colours that colour-blind readers can tell apart."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# Okabe and Ito (2008), told apart by readers of all common kinds of colour vision.
BLUE, ORANGE, GREEN, PINK, RED, GREY = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#D55E00",
    "#7F7F7F",
)
HEAT = "cividis"
INK = "#333333"
_DOTS_PER_INCH = 150
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": "#999999",
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titlepad": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#E5E5E5",
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
}


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw in this style alone, whatever the user's own matplotlib settings."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def new_chart(title: str, *, width: float = 8.0, height: float = 3.6) -> tuple[Figure, Axes]:
    """Return an empty chart with its title; sizes in inches. No global state is touched."""
    figure = Figure(figsize=(width, height), dpi=_DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(title)
    return figure, axes


def png(figure: Figure, note: str = "") -> bytes:
    """Return the picture; the same figure gives the same bytes."""
    if note:
        figure.supxlabel(note, x=0.99, ha="right", fontsize=7.5, color=GREY)
    target = io.BytesIO()
    # Without this, the file would name the version of matplotlib.
    figure.savefig(target, format="png", metadata={"Software": None})
    return target.getvalue()
