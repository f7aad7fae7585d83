"""Which lines are one record, and which quotes cost their own line only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import records as module
from pipeline.ingest.lines import MAX_LINE_BYTES, LineScan
from pipeline.ingest.records import MAX_RECORD_BYTES, MAX_RECORD_LINES, read_records
from tests.naive_reader import is_whole_alone, parse, read_naively

BOM = b"\xef\xbb\xbf"
CONTENTS = st.lists(
    st.sampled_from(
        [b'"', b'""', b",", b",", b"\n", b"\n", b"\r\n", b"\r", b"a", b"1,2,3\n", b'4,"x\n',
         b'y",5\n', b'"6","7,","8"\r\n', b"\xe9", b"\0", BOM]
    ),
    max_size=25,
).map(b"".join)  # fmt: skip


def records_of(
    content: bytes, *, columns: int = 3, chunk_bytes: int = 1 << 18
) -> list[tuple[int, bytes]]:
    """Return number and text of each record, having counted its lines."""
    numbered, line_count = [], 0
    for records in read_records(_chunks(content, chunk_bytes), b",", columns):
        assert len(records.line_numbers) == len(records.texts)
        numbered += zip(records.line_numbers, records.texts, strict=True)
        line_count += records.line_count
    assert line_count == max(len(content.splitlines()) - 1, 0)
    return numbered


def _chunks(content: bytes, chunk_bytes: int) -> Iterable[bytes]:
    return (content[at : at + chunk_bytes] for at in range(0, len(content), chunk_bytes))


@pytest.fixture
def small_blocks(monkeypatch):
    """Blocks so small that records lie across them."""
    monkeypatch.setattr(module, "BLOCK_BYTES", 5)


@pytest.mark.parametrize(
    ("below_header", "expected"),
    [
        (b"1,2,3\n4,5,6\n", [(2, b"1,2,3"), (3, b"4,5,6")]),
        (b"1,2,3\n\n4,5,6", [(2, b"1,2,3"), (3, b""), (4, b"4,5,6")]),
        (b"1,2,3\r\n4,5,6\r7,8,9\n", [(2, b"1,2,3"), (3, b"4,5,6"), (4, b"7,8,9")]),
        # A quoted line break, several, of each kind, blank lines among them.
        (b'1,"2\n2",3\n4,5,6\n', [(2, b'1,"2\n2",3'), (4, b"4,5,6")]),
        (b'1,"2\r\n\r\n",3\r\n4,5,6', [(2, b'1,"2\r\n\r\n",3'), (5, b"4,5,6")]),
        (b'"1\n1","2\n2","3\n3"\n4,5,6\n', [(2, b'"1\n1","2\n2","3\n3"'), (6, b"4,5,6")]),
        (b'1,"say ""a\nb""",3\n4,5,6', [(2, b'1,"say ""a\nb""",3'), (4, b"4,5,6")]),
        # A quote that is never closed, in the middle and at the end.
        (b'1,"2,3\n4,5,6\n', [(2, b'1,"2,3'), (3, b"4,5,6")]),
        (b'1,2,3\n4,5,"6', [(2, b"1,2,3"), (3, b'4,5,"6')]),
        # The next quote would close it, but a whole line stands between or closes it.
        (b'1,"2,3\n4,5,6\n7,8",9\n', [(2, b'1,"2,3'), (3, b"4,5,6"), (4, b'7,8",9')]),
        (b'1,"2,3\n4,"5",6\n7,8,9\n', [(2, b'1,"2,3'), (3, b'4,"5",6'), (4, b"7,8,9")]),
        # It closes, but not into the columns of the header.
        (b'1,"2\n2"\n4,5,6\n', [(2, b'1,"2'), (3, b'2"'), (4, b"4,5,6")]),
        (b'1,"2\n2",3,4\n', [(2, b'1,"2'), (3, b'2",3,4')]),
        # A letter after the closing quote; a quote in the middle of a field is a letter.
        (b'1,"2\n2"x,3\n', [(2, b'1,"2'), (3, b'2"x,3')]),
        (b'1,2"\n2",3\n', [(2, b'1,2"'), (3, b'2",3')]),
        # Bytes that are not text are no reason to look further.
        (b'1,\xe9,3\n4,\0,"6\n7,8,9\n', [(2, b"1,\xe9,3"), (3, b'4,\0,"6'), (4, b"7,8,9")]),
        # The mark of a file that was put behind another.
        (BOM + b'"1\n1",2,3\n', [(2, BOM + b'"1\n1",2,3')]),
        (BOM + BOM + b'"1\n1",2,3\n', [(2, BOM + BOM + b'"1\n1",2,3')]),
        (b'"1\n' + BOM + b'"",2,3\n",5,6', [(2, b'"1'), (3, BOM + b'"",2,3'), (4, b'",5,6')]),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [1, 2, 3, 1000])
@pytest.mark.usefixtures("small_blocks")
def test_records_by_hand(below_header, expected, chunk_bytes):
    assert records_of(b"a,b,c\n" + below_header, chunk_bytes=chunk_bytes) == expected


@pytest.mark.parametrize("header", [b'"a,b,c\n', b'"a","b","c"\r\n', b"\n", b'x"y\r'])
def test_the_header_is_one_line_whatever_it_holds(header):
    assert records_of(header + b'1,"2\n2",3\n') == [(2, b'1,"2\n2",3')]


@pytest.mark.parametrize("content", [b"", b"a,b,c", b"a,b,c\n"])
def test_a_header_alone_has_no_records(content):
    assert records_of(content) == []


@pytest.mark.parametrize("length", [MAX_RECORD_LINES, MAX_RECORD_LINES + 1])
def test_the_end_of_a_field_is_looked_for_in_a_thousand_lines(length):
    record = b'1,"' + b"x\n" * (length - 1) + b'",3'
    found = records_of(b"a,b,c\n" + record + b"\n4,5,6\n")
    assert found[-1] == (length + 2, b"4,5,6")
    if length == MAX_RECORD_LINES:
        assert found[0] == (2, record)
    else:
        assert [text for _, text in found[:-1]] == record.splitlines()


@pytest.mark.parametrize("is_too_long", [False, True])
def test_the_end_of_a_field_is_looked_for_in_a_megabyte(is_too_long):
    follower = b"x" * (MAX_RECORD_BYTES - len(b'",3\n') + is_too_long) + b'",3'
    found = records_of(b'a,b,c\n1,"\n' + follower + b"\n4,5,6\n")
    whole = [(2, b'1,"\n' + follower)]
    assert found[:-1] == ([(2, b'1,"'), (3, follower)] if is_too_long else whole)
    assert found[-1] == (4, b"4,5,6")


@pytest.mark.parametrize("chunk_bytes", [1 << 18, 65_537])
def test_of_an_endless_line_little_is_kept_and_nothing_else_is_lost(chunk_bytes):
    endless = b"x" * (MAX_LINE_BYTES + 3_000_000)
    content = b"a,b,c\n1,2,3\n" + endless + b"\r\n4,5,6\n" + b"y" * MAX_LINE_BYTES + b"\n7,8,9"
    found = records_of(content, chunk_bytes=chunk_bytes)
    assert [number for number, _ in found] == [2, 3, 4, 5, 6]
    assert [text for _, text in found[::2]] == [b"1,2,3", b"4,5,6", b"7,8,9"]
    assert len(found[1][1]) == MAX_LINE_BYTES + 1
    assert len(found[3][1]) == MAX_LINE_BYTES


@pytest.mark.slow
@given(content=CONTENTS, columns=st.integers(1, 4))
@settings(max_examples=3000, deadline=None, derandomize=True, database=None)
def test_records_equal_those_of_the_naive_reading(content, columns):
    naive = read_naively(content, b",", columns)
    assert records_of(content, columns=columns) == [(r.line_number, r.text) for r in naive]


@pytest.mark.slow
@given(content=CONTENTS, chunk_bytes=st.integers(1, 12), block_bytes=st.integers(1, 20))
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_neither_chunks_nor_blocks_matter(content, chunk_bytes, block_bytes):
    expected = records_of(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_BYTES", block_bytes)
        assert records_of(content, chunk_bytes=chunk_bytes) == expected


@pytest.mark.slow
@given(content=CONTENTS)
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_the_records_of_a_text_with_tidy_quotes_are_its_lines(content):
    scan = LineScan()
    scan.update(content)
    if scan.finish().has_tidy_quotes:
        assert [text for _, text in records_of(content)] == content.splitlines()[1:]


@pytest.mark.slow
@given(
    rows=st.lists(
        st.lists(st.text('a1 ",\n\r\u00e9', max_size=8), min_size=3, max_size=3), max_size=10
    ),
    # The module leaves a return without quotes where no line ends with one.
    form=st.sampled_from(
        [("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]
    ),
)
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_what_the_csv_module_writes_is_read_as_it_reads_it(rows, form):
    line_end, quoting = form
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator=line_end, quoting=quoting)
    writer.writerows([["a", "b", "c"], *rows])
    found = [parse(text, b",").fields for _, text in records_of(sink.getvalue().encode())]
    # A row whose second line is whole by itself is beyond any reading that loses no line.
    if not any(_has_whole_line_inside(row) for row in rows):
        assert found == [tuple(field.encode() for field in row) for row in rows]


def _has_whole_line_inside(row: list[str]) -> bool:
    sink = io.StringIO()
    csv.writer(sink).writerow(row)
    inner = sink.getvalue().encode().splitlines()[1:]
    return any(is_whole_alone(line, b",", 3) for line in inner)
