"""Rows of a query into a file of each format, streamed: no format holds them all in memory."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from pipeline.exports.request import Target
from pipeline.runtime.errors import InputError

_COPY_OPTIONS = {
    "csv": "format csv, header",
    "csv.gz": "format csv, header, compression gzip",
    "parquet": "format parquet, compression zstd",
    "jsonl": "format json",
}
_BY_SEGMENT = "format parquet, compression zstd, partition_by (segment_id), write_partition_columns"
# Under its header.
_ROWS_OF_A_SHEET = 1_048_575
_ROWS_AT_A_TIME = 10_000
_FORMATS_OF_CELLS = {"DATE": "yyyy-mm-dd", "TIMESTAMP": "yyyy-mm-dd hh:mm:ss"}
# A spreadsheet runs a cell that begins so, half or full width, or behind a tab or a line break.
_STARTS_A_FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
# It makes a number of these, and runs nothing: a telephone number may be an id.
_IS_A_NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)?$"


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    columns: Mapping[str, str],
    target: Target,
    path: Path,
) -> int:
    """Write the rows of a query to `path` in the format of a target, and return their number.

    Parameters
    ----------
    query : str
        Selects `columns`, in their order.
    columns : mapping of str to str
        DuckDB's type of each.
    path : Path
        Where to write, in a folder of its own.

    Raises
    ------
    InputError
        When a sheet cannot hold so many rows.
    """
    if target.format == "xlsx":
        return _write_sheet(connection, query, columns, path)
    if target.format.startswith("csv"):
        query = f"select {', '.join(_harmless(*each) for each in columns.items())} from ({query})"
    options = _BY_SEGMENT if target.is_by_segment else _COPY_OPTIONS[target.format]
    quoted = str(path).replace("'", "''")
    counted = connection.execute(f"copy ({query}) to '{quoted}' ({options})").fetchall()
    return int(counted[0][0])


def _harmless(name: str, kind: str) -> str:
    """Put a quote before a text that a spreadsheet would run: it then shows the text."""
    if kind != "VARCHAR":
        return f'"{name}"'
    return (
        f"case when regexp_matches(\"{name}\", '{_STARTS_A_FORMULA}')"
        f" and not regexp_full_match(\"{name}\", '{_IS_A_NUMBER}')"
        f' then \'\'\'\' || "{name}" else "{name}" end as "{name}"'
    )


def _write_sheet(
    connection: duckdb.DuckDBPyConnection, query: str, columns: Mapping[str, str], path: Path
) -> int:
    count = connection.execute(f"select count(*) from ({query})").fetchall()[0][0]
    if count > _ROWS_OF_A_SHEET:
        raise InputError(
            f"A sheet of Excel holds {_ROWS_OF_A_SHEET:,} customers, and these are {count:,}:"
            " choose --format csv."
        )
    # The library takes a tenth of a second to import.
    import xlsxwriter

    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("customers")
        bold = book.add_format({"bold": True})
        formats = [
            book.add_format({"num_format": _FORMATS_OF_CELLS[kind]})
            if kind in _FORMATS_OF_CELLS
            else None
            for kind in columns.values()
        ]
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
        rows, row_number = connection.execute(query), 0
        while batch := rows.fetchmany(_ROWS_AT_A_TIME):
            for row in batch:
                row_number += 1
                for place, value in enumerate(row):
                    _write_cell(sheet, row_number, place, value, formats[place])
    return row_number


def _write_cell(sheet: Any, row: int, column: int, value: Any, layout: Any) -> None:
    """Write a value as what it is; a text is a text, and never a formula or a link."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, layout)
    else:
        number = float(value) if isinstance(value, decimal.Decimal) else value
        sheet.write_number(row, column, number)
