"""What is found in Parquet files before the database reads them, and the copies made for it."""

from __future__ import annotations

import io
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import Layout, inspect, read_layout
from pipeline.ingest.parquet_copies import write_parquet_copy
from pipeline.runtime.errors import InputError
from tests.conftest import HEADER

COLUMNS = HEADER.split(",")


def no_text(values: list[bytes]) -> pa.Array:
    """Declare bytes to be text, as some writers do."""
    _, offsets, data = pa.array(values, pa.binary()).buffers()
    return pa.StringArray.from_buffers(len(values), offsets, data)


BAD = no_text([b"acme", b"nestl\xe9"])
LARGE = pa.array([b"acme", b"nestl\xe9"], pa.large_binary())
STRUCT = pa.StructArray.from_arrays([BAD], ["a"])
ODD = {
    "string": BAD,
    "large string": pa.LargeStringArray.from_buffers(2, *LARGE.buffers()[1:]),
    "dictionary": pa.DictionaryArray.from_arrays(pa.array([0, 1], pa.int32()), BAD),
    "NUL": pa.array(["acme", "a\0b"]),
}


def stored(**columns: pa.Array) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def layout_of(**types: str) -> Layout:
    return Layout({}, len(types), (), ",", parquet_columns=tuple(types.items()))


@pytest.mark.parametrize("kind", ODD)
def test_a_column_with_text_that_is_none_is_read_as_bytes_from_a_copy(add_file, tmp_path, kind):
    file = add_file("a.parquet", stored(n=pa.array([1, 2]), brand=ODD[kind]))
    found = inspect(file)
    assert (found.line_count, found.types_to_read, found.is_plain) == (2, {1: "binary"}, False)
    layout = layout_of(n="int64", brand="string").with_types(found.types_to_read)
    copy = write_parquet_copy(file, layout, tmp_path / "copy")
    assert copy.joined_line_count == 0
    rows = pq.read_table(copy.path)
    second = b"a\0b" if kind == "NUL" else b"nestl\xe9"
    assert rows.column(1).to_pylist() == [b"acme", second]
    assert rows.column(0).to_pylist() == rows.column("line_number").to_pylist() == [1, 2]
    assert set(rows.column("source_file").to_pylist()) == {"a.parquet"}


def test_such_text_within_lists_is_left_out_of_the_copy(add_file, tmp_path):
    file = add_file("a.parquet", stored(n=pa.array([1, 2]), more=STRUCT))
    found = inspect(file)
    assert found.types_to_read == {1: "null"}
    layout = layout_of(n="int64", more="struct<a: string>").with_types(found.types_to_read)
    copy = write_parquet_copy(file, layout, tmp_path / "copy")
    assert pq.read_table(copy.path).column(1).to_pylist() == [None, None]


def test_text_and_bytes_need_no_copy(add_file):
    binary = pa.array([b"\xff\0", None])
    views = pa.array(["x", None], pa.string_view())
    found = inspect(add_file("a.parquet", stored(a=binary, b=pa.array(["caf\u00e9", ""]), c=views)))
    assert found.is_plain
    assert not found.types_to_read


def test_damage_anywhere_is_found_before_the_database_meets_it(add_file):
    draw = Random(1)
    content = stored(
        n=pa.array(range(5_000)), text=pa.array([f"text {draw.random()}" for _ in range(5_000)])
    )
    damaged = []
    for _ in range(20):
        place = draw.randrange(4, len(content) - 100)
        damaged.append(content[:place] + draw.randbytes(100) + content[place + 100 :])
    damaged += [content[: len(content) // 2], content[:1_000] + content[3_000:], content[:8]]
    outcomes = set()
    for number, part in enumerate(damaged):
        try:
            outcomes.add(len(inspect(add_file(f"{number}.parquet", part)).types_to_read))
        except InputError as error:
            outcomes.add(str(error).removeprefix(f"{number}.parquet "))
    # Random bytes may be a text or a number like any other: there is no telling.
    assert "is damaged, cut or is not a Parquet file: fetch it again." in outcomes
    assert outcomes <= {"is damaged, cut or is not a Parquet file: fetch it again.", 0, 1}


def test_a_page_is_compared_with_its_checksum(add_file):
    sink = io.BytesIO()
    pq.write_table(
        pa.table({"text": ["first", "second"]}), sink, compression="none", use_dictionary=False,
        write_statistics=False, write_page_checksum=True,
    )  # fmt: skip
    content = sink.getvalue()
    assert inspect(add_file("a.parquet", content)).line_count == 2
    changed = content.replace(b"second", b"sEcond")
    with pytest.raises(InputError, match="is damaged"):
        inspect(add_file("b.parquet", changed))


@pytest.mark.parametrize(
    ("column", "values", "type_"),
    [
        ("brand", pa.array([{"a": 1}]), "struct"),
        ("user_id", pa.array([[7]]), "list"),
        ("event_time", pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())), "map"),
        ("user_id", pa.array([True]), "bool"),
    ],
)
def test_a_column_of_no_single_values_is_refused_by_name(add_file, column, values, type_):
    arrays = {name: values if name == column else pa.array(["1"]) for name in COLUMNS}
    with pytest.raises(InputError) as error:
        read_layout(add_file("a.parquet", stored(**arrays)))
    assert str(error.value) == (
        f"a.parquet has values of the type {type_} in its column {column}, where one text, number "
        "or time is needed: export it again, flattened."
    )


def test_a_name_of_a_column_that_is_no_text_is_one_sentence(add_file):
    content = stored(category_code=pa.array(["a"])).replace(b"category_code", b"category_cod\xe9")
    with pytest.raises(InputError, match="is damaged, cut or is not a Parquet file"):
        read_layout(add_file("a.parquet", content))
