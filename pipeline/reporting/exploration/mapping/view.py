"""The mapping of columns in tables."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.explored_file import MappedColumn
from pipeline.reporting.exploration.mapping.facts import MappedFiles, mapped_files
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Paragraph, Table

_MOST_NAMES = 5


class View(Section):
    """Writes as what each column is read."""

    key = "mapping"
    needs_rows = False
    own: list[MappedFiles]

    @classmethod
    def gather(cls, rows: Rows, /) -> list[MappedFiles]:
        """Return the mapping of all files."""
        return mapped_files(rows.files)

    @classmethod
    def data(cls, own: list[MappedFiles], /) -> dict[str, Any]:
        """Return a list of groups of files."""
        return {cls.key: [asdict(group) for group in own]}

    def blocks(self) -> list[Block]:
        """Return the section; nothing where no mapping is known."""
        if not self.own:
            return []
        blocks: list[Block] = [self.paragraph("mapping_text")]
        for group in self.own:
            blocks += [Paragraph(self._names(group)), self._table(group)]
        return blocks

    def _names(self, group: MappedFiles) -> str:
        names = ", ".join(group.files[:_MOST_NAMES])
        more = len(group.files) - _MOST_NAMES
        return names if more <= 0 else self.text("mapping_more", files=names, count=more)

    def _table(self, group: MappedFiles) -> Table:
        rows = tuple((one.name, self._role(one)) for one in group.columns)
        return Table(self.texts("column mapping_read_as"), rows, text_columns=2)

    def _role(self, one: MappedColumn) -> str:
        if one.role:
            return one.role
        if one.proposal:
            return self.text("mapping_proposed", role=one.proposal)
        return self.text("mapping_ignored")
