"""Copies of records as Parquet: what they hold, and what happens where they cannot be written."""

from __future__ import annotations

import errno
import gzip
import os
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import InputFile, Layout, discover
from pipeline.ingest import copy_writer as module
from pipeline.ingest.lines import MAX_LINE_BYTES
from pipeline.ingest.record_files import RecordFile, write_record_file
from pipeline.runtime.errors import InputError, PipelineError
from tests.naive_reader import read_naively

LAYOUT = Layout({}, 3, (), ",")


@pytest.fixture
def target(tmp_path) -> Path:
    return tmp_path / "copy.parquet"


def rows_of(copy: RecordFile) -> list[tuple]:
    return [tuple(row.values())[:4] for row in pq.read_table(copy.path).to_pylist()]


def test_a_copy_has_one_row_per_record(add_file, target):
    content = b'a,b,c\n1,"2\n2",3\r\n\n4,caf\xe9,6\n7,\0,9\n8,"9,10\ncaf\xc3\xa9,12,13'
    copy = write_record_file(add_file("y/a.csv", content), LAYOUT, target)
    assert copy == RecordFile(target, joined_line_count=1)
    assert rows_of(copy) == [
        ("y/a.csv", 2, '1,"2\n2",3', True),
        ("y/a.csv", 4, None, True),
        ("y/a.csv", 5, r"4,caf\xe9,6", False),
        ("y/a.csv", 6, r"7,\x00,9", False),
        ("y/a.csv", 7, '8,"9,10', True),
        ("y/a.csv", 8, "café,12,13", True),
    ]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_delimiter_and_the_columns_are_those_of_the_header(add_file, target):
    file = add_file("a.csv", b'a;b\n1;"2\n2"\n1,"2\n2",3\n')
    copy = write_record_file(file, Layout({}, 2, (), ";"), target)
    assert [row[1:3] for row in rows_of(copy)] == [(2, '1;"2\n2"'), (4, '1,"2'), (5, '2",3')]


def test_a_compressed_file_is_copied_alike(add_file, tmp_path):
    content = b'a,b,c\n1,"2\n2",3\n4,\xe9,6\n' * 20_000
    plain = write_record_file(add_file("a.csv", content), LAYOUT, tmp_path / "plain")
    packed = write_record_file(
        add_file("a.csv.gz", gzip.compress(content, 1)), LAYOUT, tmp_path / "packed"
    )
    assert plain.joined_line_count == packed.joined_line_count == 20_000
    assert [row[1:] for row in rows_of(plain)] == [row[1:] for row in rows_of(packed)]


def test_a_line_beyond_the_longest_is_no_text_any_more(add_file, target):
    content = b"a,b,c\n" + b"x" * MAX_LINE_BYTES + b"\n" + b"y" * (MAX_LINE_BYTES + 9) + b"\n1,2,3"
    rows = rows_of(write_record_file(add_file("a.csv", content), LAYOUT, target))
    assert [row[1] for row in rows] == [2, 3, 4]
    assert [row[3] for row in rows] == [True, False, True]
    assert rows[1][2] == "y" * (MAX_LINE_BYTES + 1)


@given(
    lines=st.lists(
        st.sampled_from([b"1,2,3", b'1,"2', b'2",3', b"", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80"])
        | st.binary(max_size=8),
        max_size=12,
    )
)
@settings(max_examples=200, deadline=None, derandomize=True, database=None)
def test_any_bytes_are_copied_and_can_be_read_again(tmp_path_factory, lines):
    content = b"a,b,c\n" + b"\n".join(lines)
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.csv").write_bytes(content)
    (file,) = discover(folder)
    copy = write_record_file(file, LAYOUT, folder / "copy")
    naive = read_naively(content, b",", 3)
    rows = rows_of(copy)
    assert [row[1] for row in rows] == [record.line_number for record in naive]
    assert [row[3] for row in rows] == [is_text(record.text) for record in naive]
    assert [row[2] for row in rows if row[3]] == [
        record.text.decode() or None for record in naive if is_text(record.text)
    ]
    assert copy.joined_line_count == sum(record.line_count - 1 for record in naive)


def is_text(content: bytes) -> bool:
    return b"\0" not in content and content == content.decode("utf-8", "ignore").encode()


def test_a_cut_file_leaves_no_copy(add_file, target):
    packed = gzip.compress(os.urandom(1 << 20))
    file = add_file("a.csv.gz", packed[:-100])
    with pytest.raises(InputError, match=r"^a\.csv\.gz ends too early"):
        write_record_file(file, LAYOUT, target)
    assert not target.exists()


def test_a_file_that_changed_since_it_was_found_leaves_no_copy(add_file, target):
    file = add_file("a.csv", b"a,b,c\n1,2,3\n")
    file.path.write_bytes(b"a,b,c\n1,2,3\n4,5,6\n")
    with pytest.raises(InputError, match=r"^a\.csv changed"):
        write_record_file(file, LAYOUT, target)
    assert not target.exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk became full"), (errno.EDQUOT, "disk became full"), (errno.EIO, "rights")],
)
def test_what_the_disk_refuses_is_a_sentence_and_leaves_no_copy(
    add_file: object, target: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    class Refusing(pq.ParquetWriter):
        def write_table(self, *_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.pq, "ParquetWriter", Refusing)
    file: InputFile = add_file("a.csv", b"a,b,c\n1,2,3\n")  # type: ignore[operator]
    with pytest.raises(PipelineError, match=words) as caught:
        write_record_file(file, LAYOUT, target)
    assert "a.csv" in str(caught.value)
    assert not isinstance(caught.value, InputError)
    assert not target.exists()


def test_a_folder_that_is_not_there_is_a_sentence(add_file, tmp_path):
    with pytest.raises(PipelineError, match=r"copy of a\.csv cannot be written"):
        write_record_file(add_file("a.csv", b"a\n1"), LAYOUT, tmp_path / "gone" / "copy")
