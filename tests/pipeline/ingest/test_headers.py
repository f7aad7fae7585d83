"""Where the columns stand, and every file that has none."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from pipeline.ingest import COLUMNS, read_layout
from pipeline.ingest.headers import NOT_THERE
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError

HEADER = (
    b"event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
)
ROW = b"2019-10-01 00:00:00 UTC,view,1,2,,b,3.5,541312140,s"
PLAIN = {column: position for position, column in enumerate(COLUMNS)}


def parquet_bytes(columns: dict[str, list[str]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_plain_header_gives_the_positions(add_file, line_end, mark):
    layout = read_layout(add_file("a.csv", mark + HEADER + line_end + ROW + line_end))
    assert (layout.positions, layout.column_count, layout.extra_columns, layout.delimiter) == (
        PLAIN,
        9,
        (),
        ",",
    )


@pytest.mark.parametrize(
    ("name", "compress"), [("a.csv.gz", gzip.compress), ("a.csv.zst", zstandard.compress)]
)
def test_a_compressed_file_is_read_like_a_plain_one(add_file, name, compress):
    layout = read_layout(add_file(name, compress(HEADER + b"\n" + ROW)))
    assert layout.positions == PLAIN


def test_order_case_blanks_and_quotes_do_not_matter_and_extras_are_named(add_file):
    header = (
        b'"USER_ID", Price ,\'brand\',event_type,"a, b",category_code,category_id,,'
        b'product_id,Event_Time,"user_session"\t,"541312140"'
    )
    layout = read_layout(add_file("a.csv", header + b"\n1"))
    assert layout.positions == {
        "user_id": 0,
        "price": 1,
        "brand": 2,
        "event_type": 3,
        "category_code": 5,
        "category_id": 6,
        "product_id": 8,
        "event_time": 9,
        "user_session": 10,
    }
    assert layout.column_count == 12
    assert layout.extra_columns == ("(unnamed)", "(unnamed)", "(unnamed)")


def test_extra_names_are_repeated(add_file):
    layout = read_layout(add_file("a.csv", HEADER + b",Loyalty Card,pr\xc3\xa9nom\n1"))
    assert layout.extra_columns == ("loyalty card", "prénom")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_delimiter_is_taken_where_it_finds_more_columns(add_file, delimiter):
    header = HEADER.decode().replace(",", delimiter) + delimiter + "a,b"
    layout = read_layout(add_file("a.csv", header.encode() + b"\n1"))
    assert (layout.delimiter, layout.positions, layout.column_count) == (delimiter, PLAIN, 10)


def test_missing_columns_are_named_with_those_found(add_file):
    header = HEADER.replace(b",brand,price", b",Marke")
    with pytest.raises(InputError) as error:
        read_layout(add_file("sub/a.csv", header + b"\n1"))
    assert str(error.value) == (
        "sub/a.csv lacks the columns brand, price (it has event_time, event_type, product_id, "
        "category_id, category_code, marke, user_id, user_session): add or rename in the first "
        "line, or say it in dbt_project.yml: `python run_pipeline.py explore` proposes the "
        "settings."
    )


def test_one_missing_column_is_named(add_file):
    with pytest.raises(InputError, match=r"^a\.csv lacks the column price \("):
        read_layout(add_file("a.csv", HEADER.replace(b"price", b"cost") + b"\n1"))


def test_a_file_without_header_is_refused_without_repeating_the_event(add_file):
    with pytest.raises(InputError, match=r"^a\.csv has no header with the columns") as error:
        read_layout(add_file("a.csv", ROW + b"\n" + ROW))
    assert "541312140" not in str(error.value)


def test_a_column_that_stands_twice_is_named(add_file):
    with pytest.raises(InputError, match=r"^a\.csv has the column price twice"):
        read_layout(add_file("a.csv", HEADER + b",PRICE\n1"))


BAD_CONTENTS = {
    "empty": (b"", "is empty"),
    "a mark alone": (b"\xef\xbb\xbf", "no header"),
    "a header alone": (HEADER, "has a header and no data line"),
    "a header and its end": (HEADER + b"\r\n", "has a header and no data line"),
    "a header and blank lines": (HEADER + b"\n\n\r\n", "has a header and no data line"),
    "a blank first line": (b"\n" + HEADER + b"\n1", "no header"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no header"),
    "NUL bytes": (HEADER + b"\0\n1", "NUL bytes"),
    "UTF-16": (HEADER.decode().encode("utf-16") + b"\n\0", "is text in UTF-16: save it again"),
    "UTF-16, big endian": (b"\xfe\xff\0e\0v", "is text in UTF-16"),
    "UTF-16 without mark": (HEADER.decode().encode("utf-16-le"), "NUL bytes"),
    "gzip": (gzip.compress(HEADER, mtime=0), r"a gzip file: give it the ending \.csv\.gz"),
    "zstd": (zstandard.compress(HEADER), r"a zstd file: give it the ending \.csv\.zst"),
    "a workbook": (b"PK\x03\x04....", "a zip file or a workbook"),
    "Parquet": (b"PAR1....", r"a Parquet file: give it the ending \.parquet"),
    "a line without end": (HEADER + b"," + b"x" * 200_000, "its first line does not end"),
    "an endless line": (b"x" * 3_000_000, "its first line does not end"),
}


@pytest.mark.parametrize("case", BAD_CONTENTS)
def test_what_is_no_table_is_refused_in_one_sentence(add_file, case):
    content, sentence = BAD_CONTENTS[case]
    with pytest.raises(InputError, match=sentence) as error:
        read_layout(add_file("it's.csv", content))
    assert str(error.value).startswith("it's.csv ")
    assert "\n" not in str(error.value)


def test_data_after_many_blank_lines_is_no_header_alone(add_file):
    layout = read_layout(add_file("a.csv", HEADER + b"\n" * 600_000 + ROW))
    assert layout.column_count == 9


@pytest.mark.parametrize("length", [262_143 - len(HEADER), 262_144 - len(HEADER)])
def test_a_chunk_may_end_inside_the_blank_lines(add_file, length):
    with pytest.raises(InputError, match="no data line"):
        read_layout(add_file("b.csv", HEADER + b"\r" + b"\n" * 100))
    assert read_layout(add_file("a.csv", HEADER + b"\n" * length + b"1")).column_count == 9


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv.gz", b"plain text", "is damaged or is not a gzip file"),
        ("a.csv.zst", b"plain text", "is damaged or is not a zstd file"),
        ("a.csv.gz", gzip.compress(HEADER, mtime=0)[:20], "ends too early: fetch it again"),
        ("a.csv.zst", zstandard.compress(HEADER)[:20], "ends too early: fetch it again"),
        ("a.csv.gz", b"", "is empty"),
        ("a.csv.zst", b"", "is empty"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), "is empty"),
        (
            "a.csv.gz",
            gzip.compress(gzip.compress(HEADER, mtime=0), mtime=0),
            "holds no CSV file but a gzip file: decompress it once",
        ),
        ("a.parquet", b"", "is empty"),
        ("a.parquet", b"PAR1 and no more", "damaged, cut or is not a Parquet file"),
        ("a.parquet", parquet_bytes({"price": ["1"]})[:-10], "damaged, cut or is not a Parquet"),
        ("a.parquet", parquet_bytes({"price": ["1"]}), "lacks the columns event_time"),
        ("a.parquet", parquet_bytes({c: [] for c in COLUMNS}), "has columns and no row"),
    ],
)
def test_damaged_files_are_refused_by_name(add_file, name, content, sentence):
    with pytest.raises(InputError, match=f"^{name} .*{sentence}"):
        read_layout(add_file(name, content))


def test_parquet_columns_come_from_the_schema(add_file):
    columns = {column.upper(): ["1"] for column in reversed(COLUMNS)}
    layout = read_layout(add_file("a.parquet", parquet_bytes(columns | {"extra": ["1"]})))
    assert layout.positions == {column: 8 - position for column, position in PLAIN.items()}
    assert (layout.column_count, layout.extra_columns) == (10, ("extra",))


def test_a_file_that_became_a_folder_or_vanished_is_refused(add_file):
    file = add_file("a.csv", HEADER)
    file.path.unlink()
    with pytest.raises(InputError, match=r"^a\.csv is no longer there"):
        read_layout(file)
    file.path.mkdir()
    with pytest.raises(InputError, match=r"^a\.csv is a folder"):
        read_layout(file)


def test_a_file_without_permission_is_refused(add_file, monkeypatch):
    file = add_file("a.csv", HEADER)

    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"^a\.csv cannot be read \(Permission denied\)"):
        read_layout(file)


def test_a_file_that_changed_since_it_was_found_is_refused(add_file):
    file = add_file("a.csv", HEADER + b"\n1")
    file.path.write_bytes(HEADER + b"\n12")
    with pytest.raises(InputError, match="changed while it was being read"):
        read_layout(file)


SHOP = ReadingSettings(
    columns={
        "event_time": ("timestamp",), "user_id": ("customer id", "customerid"),
        "product_id": ("sku",), "price": ("unit price",), "quantity": ("qty",),
    },
    optional_columns=("category_id", "category_code", "brand", "user_session", "event_type"),
)  # fmt: skip


def test_columns_are_found_by_the_names_of_the_settings(add_file):
    header = b'Qty,SKU,"Unit Price", CustomerID ,Timestamp,note'
    layout = read_layout(add_file("a.csv", header + b"\n1"), SHOP)
    assert layout.positions == {
        "event_time": 4, "event_type": NOT_THERE, "product_id": 1, "category_id": NOT_THERE,
        "category_code": NOT_THERE, "brand": NOT_THERE, "price": 2, "user_id": 3,
        "user_session": NOT_THERE, "quantity": 0,
    }  # fmt: skip
    assert layout.extra_columns == ("note",)


def test_the_first_of_several_names_counts_and_before_our_own(add_file):
    header = b"price,unit price,customerid,user_id,customer id,sku,timestamp"
    positions = read_layout(add_file("a.csv", header + b"\n1"), SHOP).positions
    assert (positions["price"], positions["user_id"]) == (1, 4)
    assert "quantity" not in positions


def test_a_column_that_is_not_optional_is_missed(add_file):
    with pytest.raises(InputError, match=r"^a\.csv lacks the column user_id \("):
        read_layout(add_file("a.csv", b"timestamp,sku,unit price\n1"), SHOP)


def test_the_delimiter_of_the_settings_counts(add_file):
    names = HEADER.decode().split(",")
    file = add_file("a.csv", "|".join(names).encode() + b"\n1")
    assert read_layout(file, ReadingSettings(delimiter="|")).delimiter == "|"
    with pytest.raises(InputError, match="no header"):
        read_layout(file)
