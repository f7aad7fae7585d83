"""Where the money is, in one picture."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Picture
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.profiles.charts import SegmentCharts
from pipeline.reporting.segment_report.section import Section

# So much of the revenue is most of it.
_MOST = 0.5


class View(Section):
    """Writes which segments bring in most of the revenue."""

    key = "money"

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        return {"sizes": SegmentCharts(self.figures).sizes()}

    def blocks(self) -> list[Block]:
        """Return the section."""
        return [*self._most(), Picture("sizes")]

    def _most(self) -> list[Block]:
        """Return how few segments bring in half of the revenue, where any does."""
        told = [
            (one.revenue_share, one.user_share, one)
            for one in self.facts.segments
            if one.revenue_share and one.user_share is not None
        ]
        first: list[tuple[float, float, str]] = []
        for revenue, customers, one in sorted(told, key=lambda each: -each[0]):
            if sum(share for share, *_ in first) >= _MOST:
                break
            first.append((revenue, customers, self.figures.name(one)))
        if not first:
            return [self.paragraph(self._why_none())]
        values = {
            "revenue": self.numbers.percent(min(sum(share for share, *_ in first), 1.0)),
            "customers": self.numbers.percent(sum(share for _, share, _ in first)),
            "count": len(first),
            "all": len(self.facts.segments),
            "names": self.words.text("separator").join(name for *_, name in first),
        }
        return [self.paragraph("one" if len(first) == 1 else "some", **values)]

    def _why_none(self) -> str:
        segments = self.facts.segments
        if all(one.revenue_share == 0 for one in segments):
            return "nobody"
        is_untold = any(one.revenue_share and one.user_share is None for one in segments)
        return "untold" if is_untold else "none"
