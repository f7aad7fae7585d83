"""Which marks the prices of a file have, and where only a person can know."""

from __future__ import annotations

import gzip
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import COLUMNS, inspect, read_layout
from pipeline.ingest.number_formats import NumberFormat, Votes
from pipeline.ingest.prices import find_number_format
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError


def number_format(*prices: str, **marks: str) -> NumberFormat | None:
    votes = Votes()
    votes.add((price, 1) for price in prices)
    return votes.number_format(**marks)


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        (["12.50", "899"], NumberFormat(".")),
        (["12,5", "899"], NumberFormat(",")),
        (["1.299,00", "899"], NumberFormat(",", ".")),
        (["1,299.00", "1.2,3,4"], NumberFormat(".", ",")),
        (["1.299.000", "899"], NumberFormat(",", ".")),
        (["1 299,00", "12,00"], NumberFormat(",", " ")),
        (["1\u202f299,00"], NumberFormat(",", "\u202f")),
        (["1'299.00"], NumberFormat(".", "'")),
        (["1'299"], NumberFormat(".", "'")),
        (["0.125", "0.999"], NumberFormat(".")),
        (["1234.567"], NumberFormat(".")),
        (["-12,50", "+1.299"], NumberFormat(",", ".")),
        # A group of three is told by the others.
        (["1,299", "12.50"], NumberFormat(".", ",")),
        (["1.299", "12.50"], NumberFormat(".")),
        # Nothing to tell.
        (["899", "12", "", "free", "1e3", "1.2.3", "1.299.00"], NumberFormat(".")),
        # One price among many is an accident.
        ([*["12.50"] * 20, "12,50"], NumberFormat(".")),
    ],
)
def test_marks_are_told_by_all_prices(prices, expected):
    assert number_format(*prices) == expected
    assert number_format(*reversed(prices)) == expected


@pytest.mark.parametrize(
    "prices",
    [
        ["1.299", "899"],
        ["1,299"],
        ["1.299", "2,500"],
        ["12.50", "12,50"],
        # One price that could be a slip, against many.
        ["12.5", *["1.299"] * 20],
    ],
)
def test_what_can_be_read_in_two_ways_is_a_question(prices):
    assert number_format(*prices) is None
    assert number_format(*prices, decimal_mark=".") is not None


def test_what_is_set_needs_no_telling():
    assert number_format("1.299", decimal_mark=".") == NumberFormat(".")
    assert number_format("1.299", decimal_mark=",") == NumberFormat(",", ".")
    assert number_format("1.299", thousands_mark=".") == NumberFormat(",", ".")
    assert number_format("12.50", thousands_mark=" ") == NumberFormat(".", " ")
    assert number_format("12.50", decimal_mark=",") == NumberFormat(",")


HEADER = ";".join(COLUMNS)


def text(prices: list[str], delimiter: str = ";") -> bytes:
    rows = [f"2019-10-01 00:00:00 UTC;view;1;2;;b;{price};1;s" for price in prices]
    return "\n".join([HEADER, *rows]).replace(";", delimiter).encode()


def find(file, settings: ReadingSettings | None = None) -> NumberFormat:
    layout = read_layout(file)
    return find_number_format(file, layout, inspect(file, layout), settings or ReadingSettings())


@pytest.mark.parametrize("count", [1, 30_000])
@pytest.mark.parametrize("last", ["1.299,00", "1299,00"])
def test_the_last_price_counts_like_the_first(add_file, count, last):
    file = add_file("a.csv", text(["899"] * count + [last]))
    assert find(file) == NumberFormat(",", "." if "." in last else None)


def test_every_kind_of_text_is_looked_at(add_file):
    comma = NumberFormat(",", ".")
    assert find(add_file("a.csv.gz", gzip.compress(text(["1.299,00"])))) == comma
    assert find(add_file("b.csv", text(["1.299,00"], "\t"))) == comma
    assert find(add_file("c.csv", text(['"1.299,00"'], ","))) == comma
    # Quotes that do not match up, a torn line, a second header: what is no record counts not.
    odd = b'\nx;y\n2019;"open;view\n' + ";".join(COLUMNS[::-1]).encode()
    odd += b"\ns;1;2.500,00;b;;2;1;view;2019-10-01 00:00:00 UTC\n"
    assert find(add_file("d.csv", text(["2.500"]) + odd)) == comma
    assert find(add_file("e.csv", text(["899"]) + b";\xe9\xe9")) == NumberFormat(".")


@pytest.mark.parametrize(
    ("type_", "values", "expected"),
    [
        (pa.string(), ["1.299,00"], NumberFormat(",", ".")),
        (pa.binary(), [b"12,50"], NumberFormat(",")),
        (pa.dictionary(pa.int32(), pa.string()), ["12,50"], NumberFormat(",")),
        (pa.float64(), [1.299], NumberFormat(".")),
    ],
)
def test_texts_in_parquet_are_looked_at_too(add_file, type_, values, expected):
    columns = {name: pa.array(["1"]) for name in COLUMNS} | {"price": pa.array(values, type_)}
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    assert find(add_file("a.parquet", sink.getvalue())) == expected


def test_the_question_shows_prices_and_the_setting(add_file):
    file = add_file("a.csv", text(["1.299", "899"]))
    with pytest.raises(InputError) as error:
        find(file)
    assert str(error.value) == (
        "a.csv writes prices such as 1.299: does a point or a comma stand before the decimals?"
        ' Set decimal_mark in dbt_project.yml to "." or ",".'
    )
    assert find(file, ReadingSettings(decimal_mark=",")) == NumberFormat(",", ".")


def test_the_question_shows_the_prices_that_contradict(add_file):
    with pytest.raises(InputError, match=r"such as 12,50 and 9\.50: does"):
        find(add_file("a.csv", text(["12,50", "9.50"])))
