"""The prices of a file as they are written, read once to know how it writes numbers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from pipeline.ingest.contents import Content, open_content
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import COLUMNS, Layout
from pipeline.ingest.inner_headers import Sections
from pipeline.ingest.inspection import Inspection
from pipeline.ingest.number_formats import NumberFormat, Votes
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.ingest.records import read_records
from pipeline.runtime.errors import InputError

# Where no price can hold a comma, a point before other than three digits tells it: after so many
# prices, the rest of the file is not read for it.
_ENOUGH = 1000
_BLOCK_BYTES = 1 << 20
_TEXT_TYPES = ("string", "large_string", "string_view", "binary", "dictionary")
_PRICE = COLUMNS.index("price")

PriceCounts = list[tuple[str, int]]


def find_number_format(
    file: InputFile, layout: Layout, inspection: Inspection, settings: ReadingSettings
) -> NumberFormat:
    """Return how the prices of a file write decimals and thousands.

    Raises
    ------
    InputError
        The prices can be read in two ways, and the settings do not say which is right.
    """
    votes = Votes()
    has_commas = layout.delimiter != "," or not inspection.has_bare_fields
    with open_content(file) as content:
        for prices in _prices(content, file, layout, inspection):
            votes.add(prices)
            if not has_commas and votes.decimal["."] >= _ENOUGH and not votes.either:
                break
    found = votes.number_format(settings.decimal_mark, settings.thousands_mark)
    if found is None:
        raise InputError(_question(file.source_file, votes))
    return found


def _question(name: str, votes: Votes) -> str:
    by_mark = {vote.decimal or vote.either: price for vote, price in votes.examples.items()}
    examples = " and ".join(sorted(by_mark.values()))
    return (
        f"{name} writes prices such as {examples}: does a point or a comma stand before the "
        'decimals? Set decimal_mark in dbt_project.yml to "." or ",".'
    )


def _prices(
    content: Content, file: InputFile, layout: Layout, inspection: Inspection
) -> Iterator[PriceCounts]:
    if layout.positions["price"] < 0:
        return iter(())
    if file.kind == "parquet":
        return _of_parquet(content, layout)
    if inspection.is_plain:
        return _of_plain_text(content, layout)
    return _of_records(content, layout)


def _of_parquet(content: Content, layout: Layout) -> Iterator[PriceCounts]:
    name, type_ = layout.parquet_columns[layout.positions["price"]]
    if type_.startswith(_TEXT_TYPES):
        with pq.ParquetFile(content.stored) as parquet:
            for batch in parquet.iter_batches(columns=[name]):
                yield _counts(batch.column(0))


def _of_plain_text(content: Content, layout: Layout) -> Iterator[PriceCounts]:
    """Yield the prices of a text whose lines are records, a megabyte at a time."""
    names = [str(position) for position in range(layout.column_count)]
    price = names[layout.positions["price"]]
    try:
        with pa_csv.open_csv(
            pa.PythonFile(content.reader, mode="r"),
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=_BLOCK_BYTES, column_names=names, skip_rows=1
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=layout.delimiter, invalid_row_handler=lambda _: "skip"
            ),
            convert_options=pa_csv.ConvertOptions(
                include_columns=[price], column_types={price: pa.binary()}
            ),
        ) as reader:
            for batch in reader:
                yield _counts(batch.column(0))
    except pa.ArrowInvalid:
        # No line, or one of many megabytes: what was read so far tells.
        return


def _of_records(content: Content, layout: Layout) -> Iterator[PriceCounts]:
    sections, delimiter = Sections(layout), layout.delimiter
    for records in read_records(content.chunks(), delimiter.encode(), layout.column_count):
        found: Counter[str] = Counter()
        positions = sections.positions_of(records.texts)
        for record, places in zip(records.texts, positions, strict=True):
            fields = _fields(record.decode("utf-8", "replace"), delimiter)
            if len(fields) == layout.column_count and places != []:
                found[fields[places[_PRICE] if places else layout.positions["price"]]] += 1
        yield list(found.items())


def _fields(record: str, delimiter: str) -> list[str]:
    if '"' not in record:
        return record.split(delimiter)
    try:
        return next(csv.reader([record], delimiter=delimiter), [])
    except csv.Error:
        return []


def _counts(prices: Any) -> PriceCounts:
    if pa.types.is_dictionary(prices.type):
        prices = prices.dictionary_decode()
    counts = prices.cast(pa.binary()).value_counts()
    return [
        (value.decode("utf-8", "replace"), count)
        for value, count in zip(
            counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True
        )
        if value is not None
    ]
