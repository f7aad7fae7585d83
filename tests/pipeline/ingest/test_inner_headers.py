"""Headers below the first line: found wherever chunks are cut, and followed record by record."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from pipeline.ingest import COLUMNS, inspect, read_layout
from pipeline.ingest.inner_headers import HeaderRule, HeaderScan
from pipeline.ingest.lines import LineScan
from pipeline.ingest.record_files import write_record_file

FIRST = list(range(9))
HEADER = ",".join(COLUMNS).encode()
REVERSED = ",".join(COLUMNS[::-1]).encode()
ROW = b"2019-10-01 00:00:00 UTC,view,1,2,,b,3.5,541312140,s"


@pytest.fixture
def layout(add_file):
    return read_layout(add_file("a.csv", HEADER + b"\n" + ROW))


@pytest.mark.parametrize(
    ("line", "positions"),
    [
        (ROW, None),
        (HEADER, FIRST),
        (HEADER.upper(), FIRST),
        (HEADER.title(), FIRST),
        (b'\xef\xbb\xbf"' + HEADER.replace(b",", b'" , "') + b'"', FIRST),
        (REVERSED, FIRST[::-1]),
        # What the first header does not have, or has otherwise, tells nothing of the fields.
        (HEADER + b",extra", []),
        (HEADER.replace(b",", b";"), []),
        (HEADER.replace(b"price", b"cost"), []),
        (HEADER.replace(b"brand", b"price"), []),
        # A few of these words in a line are no header.
        (b"2019-10-01 00:00:00 UTC,view,1,2,category_code,brand,3.5,price,user_session", None),
    ],
)
def test_a_header_is_a_line_of_most_of_the_names(layout, line, positions):
    assert HeaderRule(layout).positions_below(line) == positions


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize(
    ("below", "is_other"),
    [([ROW, HEADER, ROW], False), ([ROW, REVERSED, ROW], True), ([ROW, REVERSED], True)],
)
def test_another_header_is_found_wherever_chunks_are_cut(layout, end, below, is_other):
    content = end.join([HEADER, ROW, *below])
    for size in (1, 2, 3, 50, 91, 1000):
        scan = LineScan(layout)
        for start in range(0, len(content), size):
            scan.update(content[start : start + size])
        assert scan.finish().has_other_header is is_other


def test_the_names_are_those_of_the_file(add_file):
    layout = read_layout(add_file("a.csv", HEADER.upper() + b",extra\n" + ROW + b",1"))
    header = b"extra," + REVERSED
    assert HeaderRule(layout).positions_below(header) == [9 - place for place in range(9)]


def test_each_record_has_the_positions_of_the_last_header(add_file, tmp_path):
    lines = [HEADER, ROW, REVERSED, ROW, HEADER + b",x", ROW, HEADER, ROW]
    file = add_file("a.csv", b"\n".join(lines))
    layout = read_layout(file)
    found = inspect(file, layout)
    assert (found.has_other_header, found.is_plain) == (True, False)
    copy = write_record_file(file, layout, tmp_path / "copy.parquet")
    rows = pq.read_table(copy.path).to_pylist()
    assert [row["positions"] for row in rows] == [
        None, FIRST[::-1], FIRST[::-1], [], [], FIRST, FIRST
    ]  # fmt: skip


def test_a_text_without_end_is_no_header(layout):
    scan = HeaderScan(layout)
    assert not scan.has_other_header
    assert HeaderRule(layout).positions_below(b"user_session" * 20_000) is None
