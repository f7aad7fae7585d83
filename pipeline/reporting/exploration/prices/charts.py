"""The distribution of prices of each event type, on a logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.reporting.exploration.prices.facts import PriceHistogram
from pipeline.reporting.kit.charts.lines import Series, draw_lines
from pipeline.reporting.kit.svg import Canvas, Chart

if TYPE_CHECKING:
    from pipeline.reporting.exploration.prices.view import View

_KINDS = {
    "view": "s0",
    "cart": "s1",
    "remove_from_cart": "s3",
    "purchase": "s2",
    "other": "s9",
}
_VISIBLE_SHARE = 5e-4
# Bins that are drawn as one: the picture has room for some thirty.
_TOGETHER = 3


def histograms(view: View) -> Chart | None:
    """Return a line for each type: the share of its events by price; None without prices."""
    found = view.own.histograms
    if not found:
        return None
    edges = next(iter(found.values())).edges[:-1:_TOGETHER]
    shares = {kind: _shares(histogram) for kind, histogram in found.items()}
    seen = np.flatnonzero(np.max(list(shares.values()), axis=0) >= _VISIBLE_SHARE)
    places = list(range(int(seen[0]), int(seen[-1]) + 1))
    series = [
        Series(
            view.text(f"type_{kind}"),
            _KINDS[kind],
            {place: float(values[place]) for place in places},
        )
        for kind, values in shares.items()
    ]
    canvas = Canvas(view.text("figure_prices"), note=view.note)
    height = draw_lines(
        canvas,
        series,
        places,
        top=max(max(one.values.values()) for one in series) * 1.05,
        write=lambda share: view.numbers.short_percent(round(share, 6)),
        write_place=lambda place: view.numbers.short(float(f"{edges[place]:.2g}")),
        axis_label=view.text("axis_price"),
    )
    return canvas.finished(height, view.text("figure_prices_alt"))


def _shares(histogram: PriceHistogram) -> np.ndarray:
    counts = np.array(histogram.counts, dtype=float)
    return counts.reshape(-1, _TOGETHER).sum(axis=1) / counts.sum()
