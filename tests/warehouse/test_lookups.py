"""Files that know more of the events: their changes are noticed, and lines keep their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest.files_to_load import look_at_files
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import QuietReporter
from pipeline.warehouse.connection import open_warehouse
from pipeline.warehouse.load_log import known_files
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

SETTINGS = {
    "optional_columns": ["category_id", "category_code", "brand", "user_session"],
    "lookups": [
        {"files": "Prices*.csv", "key": "product_id", "column": "item",
         "gives": {"price": "price"}},
        {"files": "kinds.csv", "key": "product_id", "column": "item",
         "gives": {"category_code": "kind"}},
    ],
    "max_rejected_share": 1,
}  # fmt: skip
HEADER = "event_time,event_type,product_id,user_id"
EVENTS = """
    select source_file, product_id, user_id, price, category_code
    from core.events order by all
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with workbench(tmp_path / "bench", SETTINGS) as made:
        write(made, "prices [1].csv", "item,price", "1,10.00", "2,20.00")
        write(made, "kinds.csv", "item,kind", "1,a.b")
        yield made


def write(bench: Workbench, name: str, *lines: str) -> None:
    (bench.datasets / name).write_text("\n".join(lines) + "\n")


def event(product: object, user: object, minute: int = 0, kind: str = "purchase") -> str:
    return f"2019-10-01 10:{minute:02}:00 UTC,{kind},{product},{user}"


class Listener(QuietReporter):
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


def look(bench: Workbench) -> tuple[list[str], list[str]]:
    """Return the files that a run would read now, and what it would say."""
    listener = Listener()
    with open_warehouse(bench.warehouse) as connection:
        known = known_files(connection)
    files, _ = look_at_files(bench.datasets, known, variables=bench.variables, reporter=listener)
    return [entry.file.source_file for entry in files], listener.said


@pytest.mark.long
def test_what_changes_in_a_lookup_file_changes_the_lines_that_were_loaded(bench: Workbench) -> None:
    write(bench, "a.csv", HEADER, event(1, 7), event(2, 7, 1))
    write(bench, "b.csv", HEADER, event(1, 8), event(3, 8, 1))
    bench.load()
    assert bench.query(EVENTS) == [
        ("a.csv", 1, 7, Decimal("10.00"), "a.b"),
        ("a.csv", 2, 7, Decimal("20.00"), None),
        ("b.csv", 1, 8, Decimal("10.00"), "a.b"),
    ]
    assert look(bench) == ([], [])
    # Copied again: the same content.
    write(bench, "kinds.csv", "item,kind", "1,a.b")
    assert look(bench) == ([], [])
    write(bench, "prices [1].csv", "item,price", "1,11.00", "2,20.00", "3,30.00")
    assert look(bench) == (
        ["a.csv", "b.csv"], ["The lookup files changed, so 2 loaded file(s) are read again."]
    )  # fmt: skip
    bench.load()
    expected = [
        ("a.csv", 1, 7, Decimal("11.00"), "a.b"),
        ("a.csv", 2, 7, Decimal("20.00"), None),
        ("b.csv", 1, 8, Decimal("11.00"), "a.b"),
        ("b.csv", 3, 8, Decimal("30.00"), None),
    ]
    assert bench.query(EVENTS) == expected
    assert look(bench) == ([], [])
    # One more file of the same lookup, and another way to read it.
    write(bench, "PRICES2.CSV", "item,price", "4,40.00")
    assert look(bench)[0] == ["a.csv", "b.csv"]
    bench.load()
    bench.variables |= {"lookups": SETTINGS["lookups"][:1], "other_files": ["kinds.csv"]}
    assert look(bench)[0] == ["a.csv", "b.csv"]
    bench.load()
    bench.variables = dict(SETTINGS)
    bench.load()
    assert bench.query(EVENTS) == expected
    # What was made step by step is what is made at once.
    bench.warehouse.unlink()
    bench.load()
    assert bench.query(EVENTS) == expected


def test_files_that_are_gone_are_named(bench: Workbench) -> None:
    write(bench, "a.csv", HEADER, event(1, 7))
    write(bench, "b.csv", HEADER, event(1, 8))
    bench.load()
    (bench.datasets / "b.csv").unlink()
    assert look(bench) == ([], [])
    write(bench, "prices [1].csv", "item,price", "1,12.00")
    assert look(bench) == (
        ["a.csv"],
        [
            "The lookup files changed, so 1 loaded file(s) are read again.",
            "b.csv: no longer in the data folder, so the lines keep what the former lookup files"
            " said; put the files back, or forget them with --forget-file.",
        ],
    )
    bench.load()
    assert [row[3] for row in bench.query(EVENTS)] == [Decimal("12.00"), Decimal("10.00")]


def test_refused_lines_of_text_and_parquet_have_their_number(bench: Workbench) -> None:
    """Enough lines to be read in several pieces, in which a join leaves no order."""
    bad = {3: "", 5_000: "x,y", 150_000: ""}
    users = [bad.get(number, str(number % 1_000 + 1)) for number in range(1, 150_001)]
    lines = [event(number % 2 + 1, user, number % 60) for number, user in enumerate(users, start=1)]
    write(bench, "a.csv", HEADER, *lines)
    times, kinds, products = zip(*(line.split(",")[:3] for line in lines), strict=True)
    columns = {"event_time": times, "event_type": kinds, "product_id": products, "user_id": users}
    pq.write_table(
        pa.table({name: pa.array(values) for name, values in columns.items()}),
        bench.datasets / "b.parquet", row_group_size=40_000,
    )  # fmt: skip
    bench.load()
    refused = (
        "select line_number, rejection_reason from core.rejected_events"
        " where source_file = '{}' order by all"
    )
    assert bench.query(refused.format("a.csv")) == [
        (4, "missing_user"), (5_001, "wrong_column_count"), (150_001, "missing_user")
    ]  # fmt: skip
    # A comma is a letter there: the id of a user.
    assert bench.query(refused.format("b.parquet")) == [
        (3, "missing_user"),
        (150_000, "missing_user"),
    ]
    counts = "select source_file, line_count, kept_count + duplicate_count from core.loaded_files"
    assert bench.query(counts + " order by 1") == [
        ("a.csv", 150_000, 149_997), ("b.parquet", 150_000, 149_998)
    ]  # fmt: skip
    assert bench.query("select distinct price, product_id from core.events order by all") == [
        (Decimal("10.00"), 1), (Decimal("20.00"), 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (None, b"", "No file kinds.csv is in the data folder"),
        (
            "kinds.csv",
            b"item,sort\n1,a\n",
            "kinds.csv lacks the column kind that the setting lookups",
        ),
        (
            "kinds.csv",
            b"item,kind\n1,nestl\xe9\n",
            "kinds.csv is not text in UTF-8: save it again so.",
        ),
        ("kinds.csv", b"", "kinds.csv is empty"),
        ("prices2.csv", b"PAR1", "prices2.csv is not a CSV file but a Parquet file"),
    ],
)
def test_a_lookup_file_that_cannot_be_joined_is_one_sentence(
    bench: Workbench, name: str | None, content: bytes, words: str
) -> None:
    write(bench, "a.csv", HEADER, event(1, 7))
    if name:
        (bench.datasets / name).write_bytes(content)
    else:
        (bench.datasets / "kinds.csv").unlink()
    with pytest.raises(InputError) as error:
        look_at_files(bench.datasets, {}, variables=bench.variables)
    assert str(error.value).startswith(words)
