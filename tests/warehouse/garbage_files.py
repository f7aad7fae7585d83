"""Files of good lines among garbage, as hypothesis strategies."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import zstandard
from hypothesis import strategies as st

from tests.conftest import HEADER

BOM = "\ufeff".encode()
COLUMNS = tuple(HEADER.split(","))
# Few orders of columns: each becomes a part of one query.
ORDERS = (
    COLUMNS,
    COLUMNS[::-1],
    ("extra", *COLUMNS),
    (*COLUMNS[5:], "another extra", *COLUMNS[:5], "and one more"),
)
DELIMITERS = (",", ",", ",", ";", "\t")
MIDNIGHT = datetime(2019, 10, 1)

# Fields and letters that no reader of lines has any difficulty with.
TAME = [
    b"", b" ", b"a", b"-1", b"2019-10-01 10:00:00 UTC", b"2019-10-01T10:00:00+99:00", b"infinity",
    b"epoch", b"view", b"0", b"9" * 19, b"9" * 40, b"1e308", b"nan", b"NULL", b"{}", b"%s", b"\\",
    b"'", b"user_id", b"event_time", b"x" * 300, b"\xc3\xa9", b"e\xcc\x81", b"\xf0\x9f\x98\x80",
    b"\xd9\xa1", b"\xe2\x80\xa8", b"\xc2\xa0", b"\xe3\x80\x80", b"\x0b", b"\x1a", b",,,,,,,,",
]  # fmt: skip
QUOTES = [b'"', b'"', b'""', b',"', b'",', b'"\n', b'"' * 9, b'5" disk']
ENDS = [b"\n", b"\r", b"\r\n", b"\n\r"]
NO_TEXT = [b"\x85", b"\xe9", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80"]
SEPARATORS = [b",", b";", b"\t"]
# A file has one kind of trouble as often as all together: the more there is of one, the less any
# other can be seen.
TROUBLES = [
    [], [], [*QUOTES], [*QUOTES, *SEPARATORS], [*ENDS], [*NO_TEXT], [b"\0"], [b"\1\2\3\4"], [BOM],
    *[[*QUOTES, *ENDS, *NO_TEXT, *SEPARATORS, b"\0", b"\1", BOM]] * 2,
]  # fmt: skip


class Event(NamedTuple):
    """What a good line has to become."""

    product_id: int
    brand: str | None
    price: Decimal
    user_id: int
    session_id: str
    event_type: str
    occurred_at: datetime


@dataclass(frozen=True)
class GarbageFile:
    """A file as stored, its content, and the events that no garbage may take away."""

    ending: str
    stored: bytes
    content: bytes
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Shape:
    """How the good lines of one file are written, and what disturbs them."""

    columns: tuple[str, ...]
    delimiter: str
    tokens: tuple[bytes, ...]

    def write(self, event: Event, *, is_quoted: bool) -> str:
        fields = {
            "event_time": f"{event.occurred_at:%Y-%m-%d %H:%M:%S} UTC",
            "event_type": event.event_type,
            "product_id": str(event.product_id),
            "category_id": "2053013555631882655",
            "category_code": "",
            "brand": event.brand or "",
            "price": str(event.price),
            "user_id": str(event.user_id),
            "user_session": event.session_id,
        }
        return self.delimiter.join(
            _quoted(fields.get(name, "more"), self.delimiter, is_quoted) for name in self.columns
        )

    def write_header(self, *, is_quoted: bool) -> bytes:
        return self.delimiter.join(_quoted(n, "", is_quoted) for n in self.columns).encode()


class Piece(NamedTuple):
    """Some bytes of a file, and the event that they are, if any.

    `is_whole` says that each reader of lines sees one line that has all its columns, whatever
    stands before; such a line is never part of another.
    """

    content: bytes
    event: Event | None = None
    is_whole: bool = False


BRANDS = st.sampled_from(
    [None, "acme", "acme", "e\u0301t\u00e9 \u6771 \U0001f600", "a;b", 'say "hi"', '"', "NULL", "\\",
     "'", "tab\there", "comma, here", "\u2028", "\x1a"]
)  # fmt: skip
BROKEN_BRANDS = st.sampled_from(["two\nlines", "\n\n\n", "a\r\nb\rc", '"\n"', "\n,"])


@st.composite
def garbage_files(draw: st.DrawFn) -> GarbageFile:
    """Draw a file: mostly with a header that can be read, mostly with something below it."""
    trouble = draw(st.sampled_from(TROUBLES))
    tokens = (*TAME, *trouble, *trouble)
    shape = Shape(draw(st.sampled_from(ORDERS)), draw(st.sampled_from(DELIMITERS)), tokens)
    ends = draw(st.sampled_from(_ENDS_OF_A_FILE))
    kinds = _KINDS + (_QUOTED_KINDS if b'"' in trouble else ())
    pieces = [Piece(draw(_headers(shape)))]
    # Some events differ between files; the others show that the ledger counts what is repeated.
    first_user = draw(st.integers(1, 2**24 - 1))
    for number in range(first_user, first_user + draw(st.sampled_from(range(15)))):
        pieces.append(draw(draw(st.sampled_from(kinds))(shape, number)))
    if b'"' in trouble:
        pieces = draw(_with_a_piece_in_quotes(shape, pieces))
    lines = [(piece, draw(st.sampled_from(ends))) for piece in pieces]
    content = b"".join(piece.content + end for piece, end in lines)
    if draw(st.booleans()):
        content = content.removesuffix(lines[-1][1])
    ending, stored = draw(st.sampled_from(_STORED))(content)
    return GarbageFile(ending, stored, content, _lasting(pieces))


@st.composite
def _with_a_piece_in_quotes(draw: st.DrawFn, shape: Shape, pieces: list[Piece]) -> list[Piece]:
    """Put half a record before a piece and the other half behind it."""
    event = draw(_events(1, st.just("a\nb")))
    first, _, second = shape.write(event, is_quoted=False).encode().partition(b"\n")
    at = draw(st.integers(1, len(pieces)))
    return [*pieces[:at], Piece(first), *pieces[at : at + 1], Piece(second), *pieces[at + 1 :]]


def _lasting(pieces: Sequence[Piece]) -> tuple[Event, ...]:
    """Return the events that stay: whole lines always, others where nothing is open before them."""
    lasting, is_clean = [], True
    for piece in pieces[1:]:
        is_clean = piece.is_whole or (is_clean and piece.event is not None)
        if is_clean and piece.event is not None:
            lasting.append(piece.event)
    return tuple(lasting)


@st.composite
def _events(draw: st.DrawFn, number: int, brands: st.SearchStrategy) -> Event:
    moment = MIDNIGHT + timedelta(seconds=draw(st.integers(0, 86399)))
    kind = draw(st.sampled_from(["view", "cart", "purchase"]))
    price = Decimal(draw(st.integers(1, 1_000_000))) / 100
    return Event(1 + number % 99, draw(brands), price, number, "s", kind, moment)


@st.composite
def _good(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    event = draw(_events(number, BRANDS))
    line = shape.write(event, is_quoted=draw(st.sampled_from([False, False, True])))
    if draw(st.integers(0, 9)) == 0:
        line = line.replace(shape.delimiter + str(event.price), f"{shape.delimiter}  {event.price}")
    return Piece(line.encode(), event, is_whole=True)


@st.composite
def _good_over_lines(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    event = draw(_events(number, BROKEN_BRANDS))
    return Piece(shape.write(event, is_quoted=draw(st.booleans())).encode(), event)


@st.composite
def _changed(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    """Draw a good line with a few bytes put in, taken out or put in the place of others."""
    line = draw(_good(shape, number)).content
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(line)))
        out = draw(st.sampled_from([0, 0, 1, 5, 40]))
        line = line[:at] + draw(st.sampled_from(shape.tokens)) + line[at + out :]
    return Piece(line)


@st.composite
def _garbage(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    return Piece(b"".join(draw(st.lists(st.sampled_from(shape.tokens), max_size=25))))


@st.composite
def _fields(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    """Draw about as many fields as there are columns, of anything."""
    count = len(shape.columns) + draw(st.sampled_from([0, 0, 0, -1, 1]))
    fields = draw(st.lists(st.sampled_from(shape.tokens), min_size=count, max_size=count))
    return Piece(shape.delimiter.encode().join(fields))


@st.composite
def _repeated_header(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    header = shape.write_header(is_quoted=draw(st.booleans()))
    return Piece(
        draw(st.sampled_from([b"", BOM, BOM * 2] if BOM in shape.tokens else [b""])) + header
    )


@st.composite
def _blank(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    return Piece(draw(st.sampled_from([b"", b"", b" ", shape.delimiter.encode() * 8])))


@st.composite
def _bytes(draw: st.DrawFn, shape: Shape, number: int) -> Piece:
    return Piece(draw(st.binary(max_size=60)))


_KINDS = (_good, _good, _good, _changed, _fields, _garbage, _repeated_header, _blank)
_QUOTED_KINDS = (_good_over_lines, _good_over_lines, _bytes)


@st.composite
def _headers(draw: st.DrawFn, shape: Shape) -> bytes:
    """Draw the first line: as it should be, odd but readable, or nothing that is a header."""
    kind = draw(st.sampled_from(["right"] * 24 + ["odd"] * 4 + ["lacking", "garbage", "bytes"]))
    header = shape.write_header(is_quoted=False)
    if kind == "odd":
        quoted = shape.write_header(is_quoted=True)
        odd = draw(st.sampled_from([header, header.upper(), quoted, b" " + header + b" "]))
        return draw(st.sampled_from([BOM, b""])) + odd
    if kind == "lacking":
        change = draw(
            st.sampled_from([(b"price", b"cost"), (b"brand", b"price"), (b"user_id", b"")])
        )
        return header.replace(*change)
    if kind == "garbage":
        return draw(_changed(shape, 1)).content
    return header if kind == "right" else draw(st.binary(max_size=40))


_ENDS_OF_A_FILE = [
    *[(b"\n",)] * 4, *[(b"\r\n",)] * 3, (b"\r",), (b"\n", b"\r\n"), (b"\n", b"\r\n", b"\r")
]  # fmt: skip


def _plain(content: bytes) -> tuple[str, bytes]:
    return ".csv", content


def _packed(content: bytes) -> tuple[str, bytes]:
    return ".csv.gz", gzip.compress(content, 1, mtime=0)


def _packed_in_two(content: bytes) -> tuple[str, bytes]:
    half = len(content) // 2
    return ".csv.gz", _packed(content[:half])[1] + _packed(content[half:])[1]


def _zstd(content: bytes) -> tuple[str, bytes]:
    return ".csv.zst", zstandard.ZstdCompressor(1).compress(content)


def _cut(content: bytes) -> tuple[str, bytes]:
    ending, stored = _packed(content)
    return ending, stored[: len(stored) * 2 // 3]


def _misnamed(content: bytes) -> tuple[str, bytes]:
    return ".csv.gz", content


def _utf16(content: bytes) -> tuple[str, bytes]:
    return ".csv", content.decode("latin-1").encode("utf-16")


_STORED = [_plain] * 24 + [_packed] * 5 + [_packed_in_two, _zstd, _cut, _misnamed, _utf16]


def _quoted(field: str, delimiter: str, is_quoted: bool) -> str:
    must_be = any(letter in field for letter in ('"', "\n", "\r", delimiter or "\n"))
    return '"' + field.replace('"', '""') + '"' if is_quoted or must_be else field
