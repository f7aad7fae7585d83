"""What every set of pictures has: the figures in one language, and how axes are written."""

from __future__ import annotations

from pipeline.reporting.segment_report.figures import Figures


class Drawing:
    """What every set of charts needs: the figures in one language, and how axes are written."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers
        self.note = self.words.text("synthetic_short") if self.facts.is_synthetic else ""

    def percent_tick(self, value: float) -> str:
        """Return the label of a tick on an axis of shares."""
        return self.numbers.short_percent(round(value, 6))

    def plain_tick(self, value: float) -> str:
        """Return the label of a tick on any other axis."""
        return self.numbers.short(round(value, 6)).replace("-", "\u2212")
