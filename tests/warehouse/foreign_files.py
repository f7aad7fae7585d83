"""Files of other shops, made at random: of each line it is known what it has to become."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.conftest import HEADER

COLUMNS = HEADER.split(",")
MIDNIGHT = datetime(2019, 10, 1)
MOSCOW = timezone(timedelta(hours=3))
PATH_COLUMNS = ("event_type", "brand")
# Each kind of file becomes a part of one query, so the files of a batch are those of a few shops.
BATCH_SIZE, SHOPS = 100, 10
ORDERS = (COLUMNS, COLUMNS[::-1], [*COLUMNS[4:], *COLUMNS[:4]])
EXTRAS: tuple[tuple[str, ...], ...] = ((), (), ("filename",), ("line_text", "Extra"))
FOLDERS = ("", "", "brand=unknown/", "user_id=42/price=1/", "filename=x/", "line_text=q/")
FOLDERS_OF_COLUMNS = {"event_type=cart/": ("event_type", "cart"), "brand=b%20c/": ("brand", "b c")}
MARKS = ((".", ""), (".", ""), (".", ","), (".", "'"), (",", "."), (",", ""), (",", "\u202f"))
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    ".csv": bytes, ".tsv": bytes, ".txt": bytes, ".gz": gzip.compress, ".csv.bz2": bz2.compress,
    ".xz": lzma.compress, ".csv.zst": zstandard.compress,
}  # fmt: skip
BRANDS = (None, "acme", "acme", "nestl\u00e9", "Smith, Sons", "a;b", 'say "hi"', "NULLS", "2,50")
FAULTS = (
    ("event_time", "", "missing_time"),
    ("event_time", "soon", "invalid_time"),
    ("product_id", "", "missing_product"),
    ("price", "", "missing_price"),
    ("price", "cheap", "invalid_price"),
    ("price", "1_299", "invalid_price"),
    ("price", "0", "price_not_positive"),
    ("user_id", "", "missing_user"),
    ("event_type", "", "missing_event_type"),
)
# What the columns of a Parquet file are: time, the two ids, category, brand, price.
TYPES: tuple[tuple[pa.DataType, ...], ...] = (
    (pa.string(), pa.string(), pa.string(), pa.string(), pa.string()),
    (pa.timestamp("us"), pa.int64(), pa.int64(), pa.string(), pa.float64()),
    (pa.timestamp("us", "UTC"), pa.int32(), pa.string(), pa.binary(), pa.decimal128(12, 2)),
    (pa.timestamp("ns"), pa.float64(), pa.int64(), pa.dictionary(pa.int32(), pa.string()),
     pa.decimal128(9, 4)),
    (pa.timestamp("ms", "Europe/Moscow"), pa.uint32(), pa.large_string(), pa.large_string(),
     pa.string()),
    (pa.date64(), pa.int64(), pa.int64(), pa.string_view(), pa.int32()),
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One event, and what is wrong with it: a column, the text in it, and the reason to expect."""

    values: dict[str, Any]
    fault: tuple[str, str, str] | None

    def expected(self) -> tuple:
        return tuple(self.values[name] for name in COLUMNS)


@dataclass
class ForeignFile:
    """A file as stored; its kept lines by session, and the refused ones by line number.

    `question` says that only a person can know how its prices are to be read.
    """

    name: str
    stored: bytes = b""
    kept: dict[str, tuple] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    question: bool = False


@dataclass(frozen=True)
class Shop:
    """What the files of one shop have in common."""

    is_parquet: bool
    columns: list[str]
    names: list[str]
    delimiter: str
    decimal_mark: str
    thousands_mark: str
    types: tuple[pa.DataType, ...]
    folder: str
    in_path: dict[str, str]


def _shop(number: int) -> Shop:
    draw = Random(f"shop {number}")
    folder, in_path = draw.choice(FOLDERS), {}
    if draw.random() < 0.2:
        folder, (column, value) = draw.choice(list(FOLDERS_OF_COLUMNS.items()))
        in_path = {column: value}
    columns = [name for name in draw.choice(ORDERS) if name not in in_path]
    columns += draw.choice(EXTRAS)
    form = draw.choice([str, str, str.upper, str.title, " {} ".format])
    return Shop(
        draw.random() < 0.4,
        columns,
        [form(name) if name in COLUMNS else name for name in columns],
        draw.choice([",", ",", ";", "\t"]),
        *draw.choice(MARKS),
        draw.choice(TYPES),
        folder,
        in_path,
    )


def foreign_file(number: int) -> ForeignFile:
    """Make the file of this number: always the same."""
    batch, place = divmod(number, BATCH_SIZE)
    shop, draw = _shop(batch * SHOPS + place % SHOPS), Random(number)
    rows = [_row(draw, number, line, shop.in_path) for line in range(draw.randint(1, 12))]
    made = (_parquet if shop.is_parquet else _text)(draw, rows, shop)
    made.name = f"{shop.folder}{number:05}{made.name}"
    return made


def _row(draw: Random, number: int, line: int, in_path: dict[str, str]) -> Row:
    values: dict[str, Any] = {
        "event_time": MIDNIGHT + timedelta(seconds=draw.randrange(86_400)),
        "event_type": draw.choice(["view", "cart", "purchase"]),
        "product_id": draw.randint(1, 2**31 - 1),
        "category_id": draw.choice([None, 2053013555631882655, 7]),
        "category_code": draw.choice([None, "a.b"]),
        "brand": draw.choice(BRANDS),
        "price": Decimal(draw.randint(1, 999_999)) / 100,
        "user_id": draw.randint(1, 2**31 - 1),
        "user_session": f"{number}/{line}",
    }
    fault = draw.choice(FAULTS) if draw.random() < 0.2 else None
    if fault and fault[0] in in_path:
        fault = None
    return Row(values | in_path, fault)


# Text


def _text(draw: Random, rows: list[Row], shop: Shop) -> ForeignFile:
    ending, compress = draw.choice(list(COMPRESSIONS.items()))
    made = ForeignFile(ending, question=draw.random() < 0.03)
    decimal, thousands = shop.decimal_mark, shop.thousands_mark
    if made.question:
        rows = [Row(row.values | {"price": Decimal(1299)}, None) for row in rows]
        decimal, thousands = "", draw.choice(".,")
    columns, delimiter = shop.columns, shop.delimiter
    lines = [_joined(shop.names, delimiter)]
    turn = draw.randrange(len(rows)) if draw.random() < 0.25 else None
    is_known = True
    for number, row in enumerate(rows):
        if number == turn:
            columns, is_known = _second_header(draw, columns)
            made.refused[len(lines) + 1] = "repeated_header"
            lines.append(
                _joined([draw.choice([name, name.upper()]) for name in columns], delimiter)
            )
        _note(made, row, len(lines) + 1, is_known=is_known)
        texts = _texts(draw, row, decimal, thousands)
        lines.append(_joined([texts.get(name, "more") for name in columns], delimiter))
    ends = draw.choice([["\n"], ["\n"], ["\r\n"], ["\n", "\r\n"]])
    content = "".join(line + draw.choice(ends) for line in lines)
    mark = draw.choice(["", "", "\ufeff"])
    made.stored = compress((mark + content).encode())
    return made


def _second_header(draw: Random, order: list[str]) -> tuple[list[str], bool]:
    """Return the columns from there on, and whether the first header has the same."""
    if draw.random() < 0.3:
        return [*order, "one more"], False
    shuffled = list(order)
    draw.shuffle(shuffled)
    return shuffled, True


def _note(made: ForeignFile, row: Row, line_number: int, *, is_known: bool) -> None:
    if not is_known:
        made.refused[line_number] = "below_other_header"
    elif row.fault:
        made.refused[line_number] = row.fault[2]
    else:
        made.kept[row.values["user_session"]] = row.expected()


def _texts(draw: Random, row: Row, decimal: str, thousands: str) -> dict[str, str]:
    texts = {name: "" if value is None else str(value) for name, value in row.values.items()}
    texts["event_time"] = _time(draw, row.values["event_time"])
    texts["price"] = _price(row.values["price"], decimal, thousands)
    if row.fault:
        texts[row.fault[0]] = row.fault[1]
    return texts


def _time(draw: Random, moment: datetime) -> str:
    form = draw.choice(
        ["{:%Y-%m-%d %H:%M:%S} UTC", "{:%Y-%m-%d %H:%M:%S}", "{:%Y-%m-%dT%H:%M:%SZ}"]
    )
    if draw.random() < 0.2:
        return str(moment.replace(tzinfo=UTC).astimezone(MOSCOW))
    return form.format(moment)


def _price(price: Decimal, decimal: str, thousands: str) -> str:
    text = f"{price:,.2f}" if decimal else f"{price:,.0f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def _joined(fields: Sequence[str], delimiter: str) -> str:
    return delimiter.join(
        '"' + field.replace('"', '""') + '"' if {'"', delimiter} & set(field) else field
        for field in fields
    )


# Parquet


def _parquet(draw: Random, rows: list[Row], shop: Shop) -> ForeignFile:
    made = ForeignFile(draw.choice([".parquet", ".pq"]))
    time, product, category, brand, price = shop.types
    types = {
        "event_time": time, "product_id": product, "user_id": product, "category_id": category,
        "brand": brand, "price": price,
    }  # fmt: skip
    rows = [_storable(row, types) for row in rows]
    arrays = [
        _array(rows, name, types.get(name, pa.string()))
        if name in COLUMNS
        else pa.array(["more"] * len(rows))
        for name in shop.columns
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, shop.names), sink)
    made.stored = sink.getvalue()
    for number, row in enumerate(rows, start=1):
        _note(made, row, number, is_known=True)
    return made


def _storable(row: Row, types: dict[str, pa.DataType]) -> Row:
    """Make of a row what its types can hold; a fault that is not text of theirs is a null."""
    values = dict(row.values)
    if pa.types.is_date64(types["event_time"]):
        # A day alone is not a moment.
        return Row(values | {"price": Decimal(3)}, ("event_time", "", "invalid_time"))
    fault = row.fault
    if fault and not _is_text(types.get(fault[0], pa.string())):
        short = fault[0].split("_")[-1] if fault[0].startswith("event_time") else fault[0]
        names = {"time": "missing_time", "product_id": "missing_product", "user_id": "missing_user"}
        fault = (fault[0], "", names.get(short, f"missing_{fault[0]}"))
    return Row(values, fault)


def _is_text(type_: pa.DataType) -> bool:
    return pa.types.is_string(type_) or pa.types.is_large_string(type_)


def _array(rows: Sequence[Row], name: str, type_: pa.DataType) -> pa.Array:
    values = []
    for row in rows:
        value = row.values[name]
        if row.fault and row.fault[0] == name and not pa.types.is_date64(type_):
            value = row.fault[1] or None
        elif name == "event_time" and _is_text(type_):
            value = f"{value:%Y-%m-%d %H:%M:%S} UTC"
        elif name == "event_time" and getattr(type_, "tz", None):
            value = value.replace(tzinfo=UTC)
        elif name == "price" and pa.types.is_floating(type_):
            value = float(value)
        elif name == "price" and pa.types.is_integer(type_):
            value = int(value)
        elif _is_text(type_) and value is not None:
            value = str(value)
        values.append(value)
    if pa.types.is_binary(type_):
        values = [value if value is None else value.encode() for value in values]
    return pa.array(values, type_)
