"""What a file holds, whichever way it is stored."""

from __future__ import annotations

import gzip
import io
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xxhash
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import Inspection, discover, inspect, inspect_all
from pipeline.ingest.contents import CHUNK_BYTES
from pipeline.runtime.errors import InputError

REAL = b"event_time,price\r\n2019-10-01 00:00:00 UTC,3.5\r\n2019-10-01 00:00:00 UTC,4"


def zstd_frame(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(content)


class RecordedStage:
    def __init__(self) -> None:
        self.amount = 0.0

    def advance(self, amount: float) -> None:
        self.amount += amount

    def describe(self, text: str) -> None:
        raise AssertionError(text)


def test_a_plain_file_is_described(add_file):
    assert inspect(add_file("a.csv", REAL)) == Inspection(
        line_count=2,
        fingerprint=xxhash.xxh3_128_hexdigest(REAL),
        content_bytes=len(REAL),
        longest_line_bytes=27,
        line_ends="crlf",
        has_quotes=False,
        has_carriage_returns=True,
        has_nul_bytes=False,
        has_x01_bytes=False,
        is_utf8=True,
        ends_with_line_end=False,
    )


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("a.csv.gz", gzip.compress(REAL, mtime=0)),
        ("a.csv.zst", zstd_frame(REAL)),
        ("members.csv.gz", gzip.compress(REAL[:30], mtime=0) + gzip.compress(REAL[30:], mtime=0)),
        ("frames.csv.zst", zstd_frame(REAL[:30]) + zstd_frame(b"") + zstd_frame(REAL[30:])),
        ("padded.csv.gz", gzip.compress(REAL, mtime=0) + bytes(512)),
    ],
)
def test_a_compressed_copy_is_described_alike(add_file, name, stored):
    assert inspect(add_file(name, stored)) == inspect(add_file("plain.csv", REAL))


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        (b'h\n"a"', "has_quotes"),
        (b"h\na b;c ;d", "has_outer_blanks"),
        (b"h\na\rb", "has_carriage_returns"),
        (b"h\na\0b", "has_nul_bytes"),
        (b"h\na\1b", "has_x01_bytes"),
    ],
)
def test_each_anomaly_raises_its_own_flag(add_file, content, flag):
    flags = {
        "has_quotes", "has_outer_blanks", "has_carriage_returns", "has_nul_bytes", "has_x01_bytes",
    }  # fmt: skip
    found = inspect(add_file("a.csv", content))
    assert {name for name in flags if getattr(found, name)} == {flag}
    assert found.is_utf8


@pytest.mark.parametrize(("content", "line_count"), [(b"", 0), (b"h", 0), (b"h\n\n\nx\n\n", 4)])
def test_the_header_is_no_data_line_and_blank_lines_are(add_file, content, line_count):
    assert inspect(add_file("a.csv", content)).line_count == line_count


def test_rows_of_parquet_are_counted_and_its_stored_bytes_hashed(add_file):
    sink = io.BytesIO()
    pq.write_table(pa.table({"price": ["1", "2", "3"]}), sink)
    found = inspect(add_file("a.parquet", sink.getvalue()))
    expected = xxhash.xxh3_128_hexdigest(sink.getvalue())
    assert found == Inspection(3, expected, len(sink.getvalue()))


@pytest.mark.slow
@given(
    content=st.lists(st.sampled_from([b"\n", b"\r\n", b"\r", b"x", b'"']) | st.binary(max_size=9))
    .map(b"".join)
    .flatmap(lambda start: st.sampled_from([start, start + b"y" * CHUNK_BYTES + b"\r" + start])),
    cut=st.integers(0, 50),
)
@settings(max_examples=120, deadline=None, derandomize=True, database=None)
def test_line_count_equals_a_naive_count_in_every_form(content, cut):
    forms = {
        "a.csv": content,
        "a.csv.gz": gzip.compress(content[:cut], 1) + gzip.compress(content[cut:], 1),
        "a.csv.zst": zstd_frame(content[:cut]) + zstd_frame(content[cut:]),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, stored in forms.items():
            (Path(folder) / name).write_bytes(stored)
        found = [inspect(file) for file in discover(Path(folder))]
    naive = max(len(content.splitlines()) - 1, 0)
    assert [inspection.line_count for inspection in found] == [naive] * 3
    assert len({inspection.fingerprint for inspection in found}) == 1


STORED = {"a.csv.gz": gzip.compress(REAL * 50), "a.csv.zst": zstd_frame(REAL * 50)}


@pytest.mark.parametrize("name", STORED)
def test_a_cut_is_noticed_wherever_it_is(add_file, name):
    for length in range(1, len(STORED[name])):
        with pytest.raises(InputError, match=f"^{name} ends too early: fetch it again"):
            inspect(add_file(name, STORED[name][:length]))


@pytest.mark.parametrize("name", STORED)
def test_a_cut_second_part_is_noticed(add_file, name):
    with pytest.raises(InputError, match="ends too early"):
        inspect(add_file(name, STORED[name] + STORED[name][:-1]))


@pytest.mark.parametrize(("name", "position"), [("a.csv.gz", -6), ("a.csv.zst", -1)])
def test_a_wrong_checksum_is_noticed(add_file, name, position):
    stored = bytearray(STORED[name])
    stored[position] ^= 1
    with pytest.raises(InputError, match=f"^{name} is damaged"):
        inspect(add_file(name, bytes(stored)))


@pytest.mark.slow
@given(position=st.integers(0, 10_000), value=st.integers(0, 255), name=st.sampled_from([*STORED]))
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_a_damaged_byte_gives_a_sentence_or_the_same_content(position, value, name):
    stored = bytearray(STORED[name])
    stored[position % len(stored)] = value
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(stored)
        (file,) = discover(Path(folder))
        with suppress(InputError):
            assert inspect(file).fingerprint == xxhash.xxh3_128_hexdigest(REAL * 50)


def test_a_file_that_grows_while_it_is_read_is_refused(add_file):
    file = add_file("a.csv", REAL)

    class Growing(RecordedStage):
        def advance(self, amount: float) -> None:
            if not self.amount:  # once only: what is appended is read in turn
                file.path.write_bytes(REAL + b"\nx")
            super().advance(amount)

    with pytest.raises(InputError, match=r"^a\.csv changed while it was being read"):
        inspect(file, stage=Growing())


def test_progress_ends_at_the_stored_size(add_file):
    stage = RecordedStage()
    file = add_file("a.csv.gz", STORED["a.csv.gz"])
    inspect(file, stage=stage)
    assert stage.amount == file.size_bytes


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_stand_in_the_order_of_the_files(add_file, datasets, workers):
    for number in range(12):
        add_file(f"{number:02}.csv", b"h\n" + b"x\n" * number)
    found = inspect_all(discover(datasets), workers=workers)
    assert [inspection.line_count for inspection in found] == list(range(12))


def test_no_file_is_no_work():
    assert inspect_all([]) == []


def test_the_first_damaged_file_in_their_order_is_named(add_file, datasets):
    add_file("a.csv", b"h\n" + b"x" * 5_000_000)
    add_file("b.csv.gz", STORED["a.csv.gz"][:-1])
    add_file("c.csv.gz", b"no gzip")
    for _ in range(5):
        with pytest.raises(InputError, match=r"^b\.csv\.gz"):
            inspect_all(discover(datasets))


def test_a_vanished_file_is_named(add_file):
    file = add_file("a.csv", REAL)
    with pytest.raises(InputError, match=r"^gone\.csv is no longer there"):
        inspect_all(
            [file, replace(file, path=file.path.with_name("gone.csv"), source_file="gone.csv")]
        )
