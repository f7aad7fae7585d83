"""The files in a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.files.facts import FileFacts, gather_files
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block, Paragraph, Table


class View(Section):
    """Writes what was found in each file."""

    key = "files"
    needs_rows = False
    own: list[FileFacts]

    @classmethod
    def gather(cls, rows: Rows, /) -> list[FileFacts]:
        """Return the files."""
        return gather_files(rows)

    @classmethod
    def data(cls, own: list[FileFacts], /) -> dict[str, Any]:
        """Return a list of files."""
        return {cls.key: [asdict(file) for file in own]}

    def blocks(self) -> list[Block]:
        """Return the section; nothing where there is no file."""
        if not self.own:
            return []
        headings = self.texts("file columns_found size lines rows_read refused")
        table = Table(headings, tuple(map(self._row, self.own)), text_columns=2)
        return [table, self.remark("files_note"), *self._differing()]

    def _row(self, file: FileFacts) -> tuple[str, ...]:
        integer = self.numbers.integer
        return (
            file.source_file,
            ", ".join(file.columns),
            self.numbers.size(file.size_bytes),
            integer(file.line_count),
            integer(file.row_count),
            integer(file.refused_count),
        )

    def _differing(self) -> list[Block]:
        names = [file.source_file for file in self.own if file.row_count != file.line_count]
        if not names:
            return []
        return [Paragraph(self.text("files_differ", files=", ".join(names)), is_strong=True)]
