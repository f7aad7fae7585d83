"""Categories and brands in tables."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.popular.facts import Ranking, ranking
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Table

_COLUMNS = {"category": "category_code", "brand": "brand"}
_NAMES = {"category": "top_categories", "brand": "top_brands"}


class View(Section):
    """Writes the most frequent categories and brands."""

    key = "popular"
    own: dict[str, Ranking]

    @classmethod
    def gather(cls, rows: Rows, /) -> dict[str, Ranking]:
        """Return a ranking of each."""
        return {name: ranking(rows, column) for name, column in _COLUMNS.items()}

    @classmethod
    def data(cls, own: dict[str, Ranking], /) -> dict[str, Any]:
        """Return both rankings."""
        return {_NAMES[name]: asdict(one) for name, one in own.items()}

    def blocks(self) -> list[Block]:
        """Return the section."""
        return [block for name, one in self.own.items() for block in self._ranking(name, one)]

    def _ranking(self, name: str, one: Ranking) -> list[Block]:
        integer, percent = self.numbers.integer, self.numbers.percent
        blocks: list[Block] = [self.heading(f"popular_{name}")]
        if one.top:
            rows = tuple(
                (each.name, integer(each.event_count), percent(each.event_share))
                for each in one.top
            )
            blocks.append(Table(self.texts(f"{name} events share"), rows))
        else:
            blocks.append(self.paragraph("popular_none"))
        if one.unnamed_count:
            values = {"count": integer(one.unnamed_count), "share": percent(one.unnamed_share)}
            blocks.append(self.paragraph(f"unnamed_{name}", **values))
        if one.withheld_count:
            count = one.withheld_count
            text = self.words.counted("withheld", count, count=integer(count))
            blocks.append(self.remark_of(text))
        return blocks
