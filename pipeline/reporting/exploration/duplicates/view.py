"""The two kinds of repeated rows in a table."""

from __future__ import annotations

from pipeline.reporting.exploration.duplicates.facts import Duplicates, gather_duplicates
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Table


class View(Section):
    """Writes how many rows are repeated."""

    key = "duplicates"
    own: Duplicates

    @classmethod
    def gather(cls, rows: Rows, /) -> Duplicates:
        """Return the repeated rows."""
        return gather_duplicates(rows)

    def blocks(self) -> list[Block]:
        """Return the section."""
        own, total = self.own, self.facts.row_count
        rows = (
            self.counted(self.text("duplicates_whole"), own.whole_row_count, total),
            self.counted(self.text("duplicates_key"), own.key_count, total),
        )
        revenue = self.numbers.decimal(float(own.key_revenue))
        return [
            Table(self.texts("duplicates rows share"), rows),
            self.paragraph("duplicates_money", revenue=revenue),
            self.remark("duplicates_note"),
        ]
