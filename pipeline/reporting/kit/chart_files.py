"""How the charts of the report look, and their bytes: SVG that is the same for the same figures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
from matplotlib.figure import Figure

from pipeline.reporting.kit.chart_style import chart_style

# Okabe and Ito (2008), then Tol's muted scheme: told apart with every common colour vision.
PALETTE = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#CC79A7",
    "#D55E00",
    "#56B4E9",
    "#882255",
    "#B8A800",
    "#332288",
    "#777777",
)
# Not every reader sees colours: the shapes differ too.
MARKERS = "osD^vPX<>p"


@dataclass(frozen=True)
class Chart:
    """One picture with what is said about it; `alt` is for readers who do not see it."""

    alt: str
    svg: bytes
    caption: str = ""
    is_wide: bool = False


def colour(place: int) -> str:
    """Return the colour of the segment that is shown at this place, from 0."""
    return PALETTE[place % len(PALETTE)]


def marker(place: int) -> str:
    """Return the shape of the segment that is shown at this place, from 0."""
    return MARKERS[place % len(MARKERS)]


@contextmanager
def report_style() -> Iterator[None]:
    """Draw in the style of the project, with ids in the SVG that do not change between runs."""
    with chart_style():
        matplotlib.rcParams["svg.hashsalt"] = "report"
        yield


def svg(figure: Figure, note: str = "") -> bytes:
    """Return the picture; text is drawn as shapes, so that it looks the same everywhere."""
    if note:
        figure.axes[0].set_title(note, loc="right", fontsize=7.5, color="#7F7F7F")
    target = io.BytesIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(target, format="svg", metadata=metadata, facecolor="white")
    return target.getvalue()
