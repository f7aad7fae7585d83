"""Prices in tables and as a picture."""

from __future__ import annotations

from pipeline.reporting.exploration.described import DescribedNumbers
from pipeline.reporting.exploration.prices.charts import histograms
from pipeline.reporting.exploration.prices.facts import Prices, gather_prices
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Picture
from pipeline.reporting.kit.svg import Chart


class View(Section):
    """Writes the prices of all rows and of each event type."""

    key = "prices"
    own: Prices

    @classmethod
    def gather(cls, rows: Rows, /) -> Prices:
        """Return the prices."""
        return gather_prices(rows)

    def charts(self) -> dict[str, Chart | None]:
        """Return the distribution of each type."""
        return {"prices_by_type": histograms(self)}

    def blocks(self) -> list[Block]:
        """Return the section."""
        if not self.own.overall.count:
            return [self.paragraph("prices_none")]
        shown = {self.text("prices_all"): self.own.overall}
        shown |= {
            self.text(f"type_{kind}"): one
            for kind, one in self.own.by_type.items()
            if one is not None
        }
        return [
            DescribedNumbers(self).table(shown),
            *self._not_positive(),
            *self._withheld(),
            self.remark("numbers_note"),
            Picture("prices_by_type"),
        ]

    def _not_positive(self) -> list[Block]:
        if not self.own.not_positive_count:
            return []
        count = self.numbers.integer(self.own.not_positive_count)
        return [self.paragraph("prices_not_positive", count=count)]

    def _withheld(self) -> list[Block]:
        names = [self.text(f"type_{kind}") for kind, one in self.own.by_type.items() if one is None]
        if not names:
            return []
        minimum = self.facts.min_group_size
        return [self.remark("withheld_types", minimum=minimum, types=", ".join(names))]
