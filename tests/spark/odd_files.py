"""Files on which engines may differ: the dirty corners, and ways in which files are stored."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.conftest import HEADER

# Texts of the nine columns that one engine alone might read, or read otherwise. The first seven are
# the corners on which a prototype found the engines to differ.
TIMES = [
    "2019-10-01 24:00:00 UTC", "2019-10-01 0:00:00 UTC", "2019-10-01  00:00:00 UTC",
    "2019-10-01 00:00:00+19:00", "2019-10-01 00:00:00 +19:00", "2019-10-01 00:00:00UTC",
    "2019-10-01 24:00:00", "2019-10-01T24:00:00Z", "2019-10-01 24:00:00.5", "2019-10-01 24:00",
    "2019-1-1 1:2:3 UTC", "2019-10-01 00:00:60 UTC", "2019-10-01 23:59:60", "2019-02-30 00:00:00",
    "2019-10-01 00:00:00.1234567", "2019-10-01 00:00:00.9999999", "2019-10-01T00:00:00Z",
    "2019-10-01T00:00:00+05:30", "2019-10-01 00:00:00 -0530", "2019-10-01 00:00:00+14",
    "2019-10-01 00:00:00+14:59", "2019-10-01 00:00", "2019-10-01", "epoch", "infinity", "now",
    "19-10-01 00:00:00 UTC", "12019-10-01 00:00:00 UTC", "2019-10-01 00:00:00  UTC",
    "2019-10-01 00:00:00 utc", "2019-10-01 00:00:00.5 UTC", "2019-10-01 00:00:00Z UTC",
    "2019-10-01 00:00 UTC", "2019-10-01\t00:00:00 UTC", "2019-10-01 1:2:3", "1569888000",
    "1999-12-31 23:59:59 UTC", "2999-01-01 00:00:00 UTC", "٢٠١٩-10-01 00:00:00 UTC",
]  # fmt: skip
TYPES = [
    "VİEW", "view", "VIEW", "V\u0131ew", "Purchase", "PURCHASE ", "remove_from_cart",
    "REMOVE_FROM_CART", "v\u0131ew", "Straße", "кАРТ", "view\u200b",
]  # fmt: skip
PRICES = [
    "1_0", "1e1", "1E+1", "1e-1", "1.005", "-1.005", ".5", "5.", "+5", "0x10", "5d", "5f", "1d1",
    "NaN", "inf", "Infinity", "9999999999.999", "10000.00", "10000.01", "0", "-0", "0.001", "0.005",
    "٣", "1 0", "1'0", "1e400", "--5", "1.2.3", "\t5", "5\u00a0", "12345678901234567890",
]  # fmt: skip
IDS = [
    "1_0", "007", "-1", "+1", "1.0", "1.00000", "1.5", "1e5", "2.05301E+18", "1026454.4271112504",
    "9223372036854775807", "9223372036854775808", "4611686018427387904", "-9223372036854775808",
    "someone@example.org", "ab-c", "null", "NULL", "undefined", "(not set)", "n/a", "None", "nan",
    "\t12", "12\u00a0", "\u200b12", "\ufeff12", "٣", "é" * 255, "é" * 256, "A B", "-", "1,5"[:1],
    "d41d8cd98f00b204e9800998ecf8427e", "İd", "😀", "0", "-0", "00",
]  # fmt: skip
_GOOD = {
    "event_time": "2019-10-01 10:00:00 UTC", "event_type": "view", "product_id": "1001",
    "category_id": "2053013555631882655", "category_code": "a.b", "brand": "acme",
    "price": "10.00", "user_id": "1", "user_session": "s1",
}  # fmt: skip
_START = 1_570_000_000_000_000
_COLUMNS = HEADER.split(",")


def line(number: int, delimiter: str = ",", **fields: str) -> str:
    """Return a line of a user of its own, so that no event repeats another."""
    values = _GOOD | {"user_session": f"s{number}"} | fields
    return delimiter.join(values[column] for column in _COLUMNS)


def corner_lines() -> list[str]:
    """Return a line of each corner."""
    texts = [("event_time", text) for text in TIMES] + [("event_type", text) for text in TYPES]
    texts += [("price", text) for text in PRICES]
    texts += [(name, text) for text in IDS for name in ("user_id", "product_id", "category_id")]
    return [line(number, **{name: text}) for number, (name, text) in enumerate(texts)]


def write_odd_files(folder: Path) -> None:
    """Write them all into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = [line(number, event_type="cart", user_id=str(number)) for number in range(40)]
    content = "\n".join([HEADER, *plain, "", "torn", HEADER, plain[0]]) + "\n"

    def own(name: str) -> str:
        """Return the lines with visits of the file alone: which of equal ones is kept is open."""
        return content.replace(",s", f",{name}")

    _write(folder / "corners.csv", "\n".join([HEADER, *corner_lines()]))
    _write(folder / "crlf.csv", own("a").replace("cart", "view").replace("\n", "\r\n"))
    _write(folder / "quotes.csv", _quoted(own("b")))
    _write(folder / "no end.csv", content.replace("s1", "s2").rstrip("\n"))
    _write(folder / "a [1] + {ü}, 50 %?.csv", own("c"))
    _write(folder / "event_type=view/brand=x/inner.csv", own("d"))
    _write(folder / "_hidden.csv", own("e"))
    _write(folder / "repeated.csv", content)
    (folder / "packed.csv.gz").write_bytes(gzip.compress(own("f").encode()))
    (folder / "packed.csv.bz2").write_bytes(bz2.compress(own("g").encode()))
    (folder / "packed.csv.xz").write_bytes(lzma.compress(own("h").encode()))
    packed = zstandard.compress(own("i").encode())
    (folder / "packed.csv.zst").write_bytes(packed)
    (folder / "bytes.csv").write_bytes(own("j").replace("acme", "\x00").encode() + b"\xff\xfe,a\n")
    # A refused purchase, of a known amount, beside refused lines without one.
    refused = line(0, event_type="purchase", event_time="never")
    _write(folder / "amount.csv", "\n".join([HEADER, refused, "torn", HEADER, ""]))
    _write_parquet(folder / "rows.parquet")


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())


def _quoted(content: str) -> str:
    """Return a file with quotes, blanks around fields, a comma and a line break within."""
    lines = content.replace("acme", '"say ""hi"", twice"').replace("a.b", ' "a.b" ').splitlines()
    lines[3] = lines[3].replace("twice", "two\nlines")
    lines[5] = lines[5].replace('""hi""', '""hi"')
    return "\n".join(lines) + "\n"


def _write_parquet(path: Path) -> None:
    count = 50
    table = pa.table(
        {
            "event_time": pa.array(
                [1_570_000_000_000_000 + n for n in range(count)], pa.timestamp("us")
            ),
            "event_type": ["view", "purchase", "cart", "buy", None] * (count // 5),
            "product_id": pa.array(range(count), pa.int32()),
            "category_id": pa.array([2053013555631882655] * count, pa.int64()),
            "category_code": ["a.b", None] * (count // 2),
            "brand": ["acme", ""] * (count // 2),
            "price": pa.array([n / 4 for n in range(count)], pa.float64()),
            "user_id": pa.array([None, *range(1, count)], pa.int64()),
            "user_session": [f"p{n}" for n in range(count)],
        }
    )
    pq.write_table(table, path)
