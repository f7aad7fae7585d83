"""Which column of a file stands where, read from its first line alone."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.contents import open_content
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.parquet_heads import EmptyFileError, read_parquet_head
from pipeline.ingest.path_columns import columns_in_path
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError

COLUMNS = (
    "event_time",
    "event_type",
    "product_id",
    "category_id",
    "category_code",
    "brand",
    "price",
    "user_id",
    "user_session",
)
# How many pieces a line is, where a setting says which column tells.
QUANTITY = "quantity"
# The position of a column that the path alone has.
IN_PATH = -1
NOT_THERE = -2
# As Arrow calls the types of values that hold several.
NESTED_TYPES = ("list", "large_list", "fixed_size_list", "struct", "map")
DELIMITERS = (",", ";", "\t")

# The longest field the csv module takes; a first line beyond it belongs to no table of events.
MAX_HEADER_BYTES = 1 << 17

SIGNATURES = {
    b"\x1f\x8b": "a gzip file: give it the ending .csv.gz",
    b"BZh": "a bzip2 file: give it the ending .csv.bz2",
    b"\xfd7zXZ\0": "an xz file: give it the ending .csv.xz",
    b"\x28\xb5\x2f\xfd": "a zstd file: give it the ending .csv.zst",
    b"PAR1": "a Parquet file: give it the ending .parquet",
    b"PK\x03\x04": "a zip file or a workbook: unpack it, or export it as CSV",
}


class NoTableError(InputError):
    """The file is not a table of events."""


class LackingColumnsError(InputError):
    """The file is a table, but some of the columns are not found in it."""


@dataclass(frozen=True)
class Layout:
    """Where the columns of a file stand.

    Attributes
    ----------
    positions : mapping of str to int
        Zero-based position of each of the nine columns, in the order of `COLUMNS`; `IN_PATH` where
        a folder has the value of all lines, `NOT_THERE` where no line has one; at last that of
        `quantity`, where there is one.
    column_count : int
        Columns in the header, the ignored ones included.
    extra_columns : tuple of str
        Names that are ignored, as far as they can be shown.
    delimiter : str
        Comma, semicolon or tab, or what the settings say; a comma for Parquet, where it has no
        meaning.
    names : tuple of str
        The names of all columns, in their order, in lower case and without blanks and quotes.
    parquet_columns : tuple of pairs
        Names and types of all columns as the Parquet file has them; empty for other files.
    """

    positions: Mapping[str, int]
    column_count: int
    extra_columns: tuple[str, ...]
    delimiter: str
    names: tuple[str, ...] = ()
    parquet_columns: tuple[tuple[str, str], ...] = ()

    def with_types(self, types: Mapping[int, str]) -> Layout:
        """Return the layout of a Parquet file with other types in some places.

        Examples
        --------
        >>> Layout({}, 1, (), ",", parquet_columns=(("a", "string"),)).with_types({0: "binary"})
        Layout(..., parquet_columns=(('a', 'binary'),))
        """
        columns = enumerate(self.parquet_columns)
        return replace(
            self,
            parquet_columns=tuple(
                (name, types.get(place, type_)) for place, (name, type_) in columns
            ),
        )


def read_layout(file: InputFile, settings: ReadingSettings | None = None) -> Layout:
    """Read the head of a file and find the nine columns by name.

    Order, letter case, blanks, quotes and a byte-order mark do not matter.

    Raises
    ------
    InputError
        A column is missing or stands twice; the file is empty, has no line below its header, is
        no table, or cannot be read. The sentence names the file and says what to do.
    """
    settings = settings or ReadingSettings()
    if file.kind == "parquet":
        return _read_parquet_layout(file, settings)
    name = file.source_file
    line, is_alone = _read_first_line(file)
    if b"\0" in line:
        raise NoTableError(
            f"{name} is not a CSV file (its first line has NUL bytes): export it as CSV in UTF-8.",
        )
    known = [name for column in (*COLUMNS, QUANTITY) for name in settings.names_of(column)]
    delimiters = (settings.delimiter,) if settings.delimiter else DELIMITERS
    delimiter, fields = split_header(line, known, delimiters)
    layout = _layout(name, fields, delimiter, settings)
    if is_alone:
        raise EmptyFileError(f"{name} has a header and no data line: fetch it again or remove it.")
    return layout


def read_header(file: InputFile) -> list[str]:
    """Return the names of the columns of a CSV file, in lower case.

    Raises
    ------
    InputError
        The file is empty or cannot be read.
    """
    line, _ = _read_first_line(file)
    text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    return max((_split(text, delimiter) for delimiter in DELIMITERS), key=len)


def split_header(
    line: bytes, columns: Collection[str], delimiters: Sequence[str] = DELIMITERS
) -> tuple[str, list[str]]:
    """Split a line with the delimiter that finds most of these columns; names in lower case.

    Examples
    --------
    >>> split_header(b'"Price" ; user_id', ["price", "user_id"])
    (';', ['price', 'user_id'])
    """
    text = line.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    splits = [(delimiter, _split(text, delimiter)) for delimiter in delimiters]
    # The first of equals wins: a comma, unless another delimiter clearly finds more.
    return max(splits, key=lambda split: len(set(columns) & set(split[1])))


def _read_first_line(file: InputFile) -> tuple[bytes, bool]:
    """Return the first line, and whether the file ends with it (blank lines aside)."""
    head, is_whole = b"", True
    with open_content(file) as content:
        for chunk in content.chunks():
            head += chunk
            if _cut_line(head)[1].strip(b"\r\n") or len(head) > MAX_HEADER_BYTES:
                is_whole = False
                break
    _refuse_other_formats(file, head)
    line, rest = _cut_line(head)
    if len(line) > MAX_HEADER_BYTES:
        raise NoTableError(
            f"{file.source_file} is not a CSV file (its first line does not end): "
            "fetch it again or remove it.",
        )
    return line, is_whole and not rest.strip(b"\r\n")


def _refuse_other_formats(file: InputFile, head: bytes) -> None:
    name = file.source_file
    if not head:
        raise EmptyFileError(f"{name} is empty: fetch it again or remove it.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError(f"{name} is text in UTF-16: save it again as UTF-8.")
    for signature, what in SIGNATURES.items():
        if head.startswith(signature):
            if file.compression == "none":
                raise NoTableError(f"{name} is not a CSV file but {what}.")
            inside = what.partition(":")[0]
            raise NoTableError(f"{name} holds no CSV file but {inside}: decompress it once.")


def _cut_line(head: bytes) -> tuple[bytes, bytes]:
    """Cut bytes at the first line end of any kind.

    >>> _cut_line(b"a,b\\r\\n1,2\\r\\n")
    (b'a,b', b'\\n1,2\\r\\n')
    """
    match = re.search(rb"[\r\n]", head)
    return (head[: match.start()], head[match.end() :]) if match else (head, b"")


def _split(line: str, delimiter: str) -> list[str]:
    try:
        fields = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:  # a line break within, which no header has
        fields = []
    return [canonical_name(field) for field in fields]


def canonical_name(field: str) -> str:
    """Return a name without blanks, quotes and capital letters around and in it.

    >>> canonical_name(" 'Event_Time' ")
    'event_time'
    """
    return field.strip(" \t\xa0\ufeff\"'").lower()


def _read_parquet_layout(file: InputFile, settings: ReadingSettings) -> Layout:
    head = read_parquet_head(file)
    names = [canonical_name(name) for name, _ in head.columns]
    layout = _layout(file.source_file, names, ",", settings)
    _refuse_types(file.source_file, layout, head.columns)
    if head.row_count == 0:
        raise EmptyFileError(
            f"{file.source_file} has columns and no row: fetch it again or remove it."
        )
    return replace(layout, parquet_columns=head.columns)


def _refuse_types(name: str, layout: Layout, columns: Sequence[tuple[str, str]]) -> None:
    """Raise InputError where a column holds what is no single value, or ids that are yes or no."""
    for column, place in layout.positions.items():
        type_ = columns[place][1] if place >= 0 else ""
        if type_ == "bool" or type_.startswith(NESTED_TYPES):
            raise InputError(
                f"{name} has values of the type {type_.partition('<')[0]} in its column {column}, "
                "where one text, number or time is needed: export it again, flattened.",
            )


def _layout(name: str, fields: Sequence[str], delimiter: str, settings: ReadingSettings) -> Layout:
    found = _found_columns(name, fields, settings)
    if not found:
        # The line is not quoted: without a header it is an event, with the id of a person.
        raise NoTableError(
            f"{name} has no header with the columns {', '.join(COLUMNS)}: "
            "add one as its first line, or remove the file if it holds no events. If its columns "
            "have other names, choose a preset, or settings that "
            "`python run_pipeline.py explore` proposes.",
        )
    positions = {column: _position(name, column, found, fields, settings) for column in COLUMNS}
    _refuse_missing(name, fields, [column for column in COLUMNS if positions[column] is None])
    if QUANTITY in found:
        positions[QUANTITY] = fields.index(found[QUANTITY])
    extra = [field for field in fields if field not in found.values()]
    return Layout(
        {column: place for column, place in positions.items() if place is not None},
        len(fields),
        tuple(_showable(extra)),
        delimiter,
        tuple(fields),
    )


def _found_columns(name: str, fields: Sequence[str], settings: ReadingSettings) -> dict[str, str]:
    """Return the name in the file of each column that is there."""
    found: dict[str, str] = {}
    for column in (*COLUMNS, *([QUANTITY] if QUANTITY in settings.columns else [])):
        there = [candidate for candidate in settings.names_of(column) if candidate in fields]
        if there and fields.count(there[0]) > 1:
            raise InputError(f"{name} has the column {there[0]} twice: remove or rename one.")
        found |= {column: there[0]} if there else {}
    return found


def _position(
    name: str,
    column: str,
    found: Mapping[str, str],
    fields: Sequence[str],
    settings: ReadingSettings,
) -> int | None:
    """Return where a column stands; None where it is missing and must not be."""
    if column in found:
        return fields.index(found[column])
    if column in columns_in_path(name) and column in settings.path_columns:
        return IN_PATH
    return NOT_THERE if settings.may_lack(column) else None


def _refuse_missing(name: str, fields: Sequence[str], missing: Sequence[str]) -> None:
    if not missing:
        return
    named = [column for column in missing if column in columns_in_path(name)]
    if len(named) == len(missing):
        raise InputError(
            f"{name} has {', '.join(named)} in the names of its folders alone: if all its lines "
            f"have that value, add {' and '.join(named)} to path_columns in dbt_project.yml.",
        )
    raise LackingColumnsError(
        f"{name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)} "
        f"(it has {', '.join(_showable(fields))}): add or rename in the first line, or "
        "say it in dbt_project.yml: `python run_pipeline.py explore` proposes the settings.",
    )


def _showable(fields: Iterable[str]) -> list[str]:
    """Return names fit for a message; what looks like a value is not repeated.

    >>> _showable(["user id", "541312140", ""])
    ['user id', '(unnamed)', '(unnamed)']
    """
    is_name = re.compile(r"[^\W\d](?!.*\d{5})[\w .:/-]{0,59}").fullmatch
    return [field if is_name(field) else "(unnamed)" for field in fields]
