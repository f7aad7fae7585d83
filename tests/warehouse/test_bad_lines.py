"""Accidents inside files: a bad line costs itself only, and every good one is loaded."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

import pytest

from tests.conftest import HEADER, Store

pytestmark = pytest.mark.slow

BOM = "\ufeff".encode()
HEAD = HEADER.encode()
QUOTED_HEAD = b",".join(b'"' + name + b'"' for name in HEAD.split(b","))
MIB = 1 << 20


@dataclass
class File:
    """One file: its bytes, the brand of each product that is kept, and what is refused."""

    content: bytes
    kept: dict[int, str | None]
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def good(product: int, brand: bytes = b"acme", end: bytes = b"\n") -> bytes:
    """Write a line whose product, user and price say the same number."""
    start = b"2019-10-01 10:00:00 UTC,view,%d,500,," % product
    return start + brand + b",%d.50,%d,s" % (product, product) + end


def text(line: bytes) -> str:
    return line.decode().removesuffix("\n")


OPEN = b'2019-10-01 10:00:00 UTC,view,90,500,,"acme,9.50,90,s'
TORN = b"2019-10-01 10:00:00 UTC,view,90,500"
BROAD = good(90, end=b",more")
CUT = b"2019-10-01 10:00:00 UTC,view,90,5"
LATIN = good(90, b"caf\xe9", end=b"")
NUL = good(90, b"a\0b", end=b"")
LONG = b"x" * 3_000_000
ENDLESS = b"y" * (9 * MIB)

ACCIDENTS = {
    "an_open_quote": File(
        HEAD + b"\n" + good(1) + OPEN + b"\n" + good(2) + good(3),
        {1: "acme", 2: "acme", 3: "acme"},
        [(3, "unclosed_quote", text(OPEN))],
    ),
    "two_open_quotes": File(
        # Between them they would swallow product 2, as any reader of quotes does.
        HEAD + b"\n" + good(1) + OPEN + b"\n" + good(2) + OPEN + b"\n" + good(3, b'"a, b"'),
        {1: "acme", 2: "acme", 3: "a, b"},
        [(3, "unclosed_quote", text(OPEN)), (5, "unclosed_quote", text(OPEN))],
    ),
    "quotes_that_are_right": File(
        HEAD + b"\n" + good(1, b'"two\nlines"') + good(2, b'"a, b"') + good(3, b'"say ""hi"""')
        + good(4, b'""') + good(5, b'"\n\n"') + good(6, b'" x "') + good(7, b'5" disk') + good(8),
        {1: "two\nlines", 2: "a, b", 3: 'say "hi"', 4: None, 5: "\n\n", 6: "x", 7: '5" disk',
         8: "acme"},
    ),
    "quotes_within_lines": File(
        # No line break among them: this file is read where it lies.
        QUOTED_HEAD + b"\r\n" + good(1, b'"a, b"', b"\r\n") + good(2, b'"say ""hi"""', b"\r\n")
        + good(3, b'""', b"\r\n") + good(4, "\"e\u0301, \U0001f600\"".encode(), b"\r\n"),
        {1: "a, b", 2: 'say "hi"', 3: None, 4: "e\u0301, \U0001f600"},
    ),
    "a_letter_after_a_quote": File(
        HEAD + b"\n" + good(1) + good(90, b'"a"b') + good(2),
        {1: "acme", 2: "acme"},
        [(3, "unclosed_quote", text(good(90, b'"a"b')))],
    ),
    "columns": File(
        HEAD + b"\n" + good(1) + TORN + b"\n" + good(2) + BROAD + b"\n" + good(3),
        {1: "acme", 2: "acme", 3: "acme"},
        [(3, "wrong_column_count", text(TORN)), (5, "wrong_column_count", text(BROAD))],
    ),
    "a_byte_of_latin_1": File(
        HEAD + b"\n" + good(1, "caf\u00e9".encode()) + LATIN + b"\n" + good(2),
        {1: "caf\u00e9", 2: "acme"},
        [(3, "invalid_text", text(LATIN.replace(b"\xe9", rb"\xe9")))],
    ),
    "nul_bytes": File(
        HEAD + b"\n" + good(1) + NUL + b"\n" + good(2) + b"\0" * 9 + b"\n" + good(3),
        {1: "acme", 2: "acme", 3: "acme"},
        [(3, "invalid_text", text(NUL.replace(b"\0", rb"\x00"))),
         (5, "invalid_text", r"\x00" * 9)],
    ),
    "control_bytes": File(
        HEAD + b"\n" + good(1, b"a\1b") + good(2, b"\1\2\3\4") + good(3, b"\x0b\x0c\x1a"),
        {1: "a\1b", 2: "\1\2\3\4", 3: "\x0b\x0c\x1a"},
    ),
    "line_ends_of_all_kinds": File(
        HEAD + b"\n" + good(1, end=b"\r\n") + good(2, end=b"\r") + good(3) + b"torn\r" + good(4)
        + b"\n\r\r\n" + good(5, end=b"\r\n"),
        dict.fromkeys(range(1, 6), "acme"),
        [(5, "wrong_column_count", "torn"), (7, "empty_line", None), (8, "empty_line", None),
         (9, "empty_line", None)],
    ),
    "lone_returns": File(
        HEAD + b"\r" + good(1, end=b"\r") + good(2, b'"a, b"', b"\r") + b"torn\r" + good(3),
        {1: "acme", 2: "a, b", 3: "acme"},
        [(4, "wrong_column_count", "torn")],
    ),
    "lone_returns_alone": File(
        HEAD + b"\r" + good(1, end=b"\r") + good(2, b'"a, b"', b"\r") + b"torn\r"
        + good(3, end=b""),
        {1: "acme", 2: "a, b", 3: "acme"},
        [(4, "wrong_column_count", "torn")],
    ),
    "repeated_headers": File(
        HEAD + b"\n" + good(1) + HEAD + b"\n" + good(2) + QUOTED_HEAD + b"\n" + good(3),
        {1: "acme", 2: "acme", 3: "acme"},
        [(3, "repeated_header", text(HEAD)), (5, "repeated_header", text(QUOTED_HEAD))],
    ),
    "two_files_with_marks": File(
        BOM + QUOTED_HEAD + b"\n" + good(1) + OPEN + b"\n" + BOM + QUOTED_HEAD + b"\n" + good(2)
        + BOM + good(3) + good(4, b'"two\nlines"'),
        {1: "acme", 2: "acme", 3: "acme", 4: "two\nlines"},
        [(3, "unclosed_quote", text(OPEN)), (4, "repeated_header", text(BOM + QUOTED_HEAD))],
    ),
    "a_line_of_3_mb": File(
        HEAD + b"\n" + good(1) + LONG + b"\n" + good(2) + good(3, LONG)
        + good(4, b'"' + LONG + b'"'),
        {1: "acme", 2: "acme", 3: LONG.decode(), 4: LONG.decode()},
        [(3, "wrong_column_count", LONG.decode())],
    ),
    "a_line_of_9_mb": File(
        HEAD + b"\n" + good(1) + ENDLESS + b"\n" + good(2) + ENDLESS + good(90) + good(3),
        {1: "acme", 2: "acme", 3: "acme"},
        [(3, "invalid_text", "y" * (8 * MIB + 1)), (5, "invalid_text", "y" * (8 * MIB + 1))],
    ),
    "a_cut_last_line": File(
        HEAD + b"\n" + good(1) + good(2) + CUT,
        {1: "acme", 2: "acme"},
        [(4, "wrong_column_count", text(CUT))],
    ),
    "a_cut_quoted_field": File(
        HEAD + b"\n" + good(1, b'"two\nlines"') + good(2) + OPEN,
        {1: "two\nlines", 2: "acme"},
        [(5, "unclosed_quote", text(OPEN))],
    ),
    "a_cut_letter": File(
        HEAD + b"\n" + good(1) + good(2) + b"2019-10-01 10:00:00 UTC,view,90,500,,caf\xc3",
        {1: "acme", 2: "acme"},
        [(4, "invalid_text", r"2019-10-01 10:00:00 UTC,view,90,500,,caf\xc3")],
    ),
    "empty_lines": File(
        HEAD + b"\n\n" + good(1) + b"\n" + good(2) + b"  \n" + good(3) + good(4) + b"\n",
        {1: "acme", 2: "acme", 3: "acme", 4: "acme"},
        [(2, "empty_line", None), (4, "empty_line", None), (6, "wrong_column_count", "  "),
         (9, "empty_line", None)],
    ),
}  # fmt: skip
ACCIDENTS["all_of_it_in_gz"] = File(
    HEAD + b"\r\n" + good(1, b'"two\r\nlines"', b"\r\n") + OPEN + b"\n" + good(2) + LATIN + b"\r"
    + good(3) + NUL + b"\n" + good(4) + HEAD + b"\n" + good(5) + LONG + b"\n\n" + good(6)
    + BOM + good(7) + good(8) + CUT,
    {1: "two\r\nlines"} | dict.fromkeys(range(2, 9), "acme"),
    [
        (4, "unclosed_quote", text(OPEN)),
        (6, "invalid_text", text(LATIN.replace(b"\xe9", rb"\xe9"))),
        (8, "invalid_text", text(NUL.replace(b"\0", rb"\x00"))),
        (10, "repeated_header", text(HEAD)),
        (12, "wrong_column_count", LONG.decode()),
        (13, "empty_line", None),
        (17, "wrong_column_count", text(CUT)),
    ],
)  # fmt: skip


def name_of(accident: str) -> str:
    return accident + (".csv.gz" if accident.endswith("gz") else ".csv")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with every accident, a file each; most of their events are the same."""
    folder = tmp_path_factory.mktemp("accidents")
    store = Store(folder / "datasets", folder / "warehouse" / "w.duckdb", folder / "reports")
    store.datasets.mkdir()
    for accident, file in ACCIDENTS.items():
        name = name_of(accident)
        content = gzip.compress(file.content, 1) if name.endswith("gz") else file.content
        (store.datasets / name).write_bytes(content)
    finished = store.run("etl", "--quiet")
    assert finished.code == 0, finished.errors
    return store


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_every_good_line_is_loaded_as_it_stands(loaded: Store, accident: str) -> None:
    rows = loaded.query(
        "select product_id, brand, price, user_id, session_id, category_id::bigint, event_type,"
        f" occurred_at from core.event_lines where source_file = '{name_of(accident)}'"
        " and rejection_reason is null order by product_id"
    )
    noon = datetime(2019, 10, 1, 10)
    assert rows == [
        (product, brand, Decimal(f"{product}.50"), product, "s", 500, "view", noon)
        for product, brand in ACCIDENTS[accident].kept.items()
    ]


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_every_bad_line_is_kept_with_number_reason_and_text(loaded: Store, accident: str) -> None:
    rows = loaded.query(
        "select line_number, rejection_reason, raw_line from core.rejected_events"
        f" where source_file = '{name_of(accident)}' order by line_number"
    )
    assert rows == ACCIDENTS[accident].refused


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_the_ledger_closes(loaded: Store, accident: str) -> None:
    ((read, kept, repeated, refused),) = loaded.query(
        "select line_count, kept_count, duplicate_count, rejected_count from core.loaded_files"
        f" where source_file = '{name_of(accident)}'"
    )
    file = ACCIDENTS[accident]
    assert (read, refused) == (len(file.kept) + len(file.refused), len(file.refused))
    assert kept + repeated == len(file.kept)


def test_no_copy_is_left_beside_the_warehouse(loaded: Store) -> None:
    left = {path.name for path in loaded.warehouse.parent.iterdir()}
    assert not [name for name in left if "records" in name]


@pytest.mark.parametrize(
    ("accident", "words"),
    [
        ("an_open_quote", "unclosed_quote"),
        ("a_line_of_9_mb", "invalid_text"),
        ("empty_lines", "empty_line"),
        ("all_of_it_in_gz", "repeated_header"),
    ],
)
def test_the_status_of_a_file_says_why(loaded: Store, accident: str, words: str) -> None:
    finished = loaded.run("status", "--file", name_of(accident))
    assert finished.code == 0, finished.errors
    assert words in finished.output
    assert "Traceback" not in finished.errors
