"""Distributions of several numbers side by side, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.reporting.exploration.distribution import (
    QUANTILES,
    Distribution,
    Outliers,
    quantile_name,
)
from pipeline.reporting.exploration.section import Section
from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.numbers import NOTHING


class DescribedNumbers:
    """Writes distributions in the language of a section."""

    def __init__(self, section: Section) -> None:
        self.section, self.numbers = section, section.numbers

    def table(self, described: Mapping[str, Distribution]) -> Table:
        """Return one column for each number, by what it is called."""
        text = self.section.text
        keys = ("minimum", *(quantile_name(one) for one in QUANTILES), "maximum")
        rows = [(text("count"), *map(self.count, described.values()))]
        for key in (*keys, "mean", "standard_deviation"):
            name = f"quantile_{key}" if key.startswith("p") else key
            rows.append((text(name), *(self._figure(one, key) for one in described.values())))
        for key in ("beyond_5_sigma", "beyond_1_5_iqr"):
            cells = (self._outliers(getattr(one, key)) for one in described.values())
            rows.append((text(key), *cells))
        return Table((text("measure"), *described), tuple(rows))

    def count(self, one: Distribution) -> str:
        """Return how many rows, users or sessions a distribution describes."""
        is_withheld = one.mean is None and 0 < one.count < self.section.facts.min_group_size
        return self.section.people(None if is_withheld else one.count)

    def _figure(self, one: Distribution, key: str) -> str:
        if key.startswith("p"):
            return self.numbers.plain(one.quantiles.get(key))
        number = getattr(one, key)
        is_computed = key in ("mean", "standard_deviation")
        return self.numbers.decimal(number) if is_computed else self.numbers.plain(number)

    def _outliers(self, found: Outliers | None) -> str:
        if found is None:
            return NOTHING
        low, high = self.numbers.plain(found.low), self.numbers.plain(found.high)
        return self.section.text(
            "outlier_cell",
            count=self.numbers.integer(found.count),
            share=self.numbers.percent(found.share),
            bounds=self.section.text("bounds", low=low, high=high),
        )
