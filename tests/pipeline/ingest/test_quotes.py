"""Quotes that stay within their lines, and quotes that do not."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.quotes import QuoteScan
from tests.naive_reader import parse

BOM = b"\xef\xbb\xbf"
# Little else than what decides.
CONTENTS = st.lists(
    st.sampled_from([b'"', b'""', b",", b"\n", b"\r\n", b"\r", b"a", b"\xc3\xa9", BOM]), max_size=30
).map(b"".join)


def is_tidy(content: bytes, chunk_bytes: int = 1 << 18) -> bool:
    scan = QuoteScan()
    for start in range(0, len(content), chunk_bytes):
        scan.update(content[start : start + chunk_bytes])
    return scan.finish()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", True),
        (b"a,b\n1,2\n", True),
        (b'"a","b"\n"1","2"', True),
        (b'a,b\r\n"1","2"\r\n', True),
        (b'a;b\n"1";2\n', True),
        (b'a\tb\n1\t"2"\n', True),
        (b'a,b\n"say ""hi""",""\n', True),
        (b'a,b\n"""",1\n', True),
        (b'a,b\n"1, 2",3\n', True),
        (BOM + b'"a",b\n1,2\n', True),
        # A quoted line break; a quote that is never closed, at any place.
        (b'a,b\n1,"two\nlines"\n', False),
        (b'a,b\n1,"two\rlines"\n', False),
        (b'a,b\n"1,2\n3,4\n', False),
        (b'a,b\n1,2\n3,"4', False),
        (b'"a,b\n1,2\n', False),
        (b'"', False),
        (b'",', False),
        # Stray quotes, even where they come in pairs.
        (b'a,b\n1,5" disk\n', False),
        (b'a,b\n1,5" and 3" disks\n', False),
        (b'a,b\n1,"x"y\n', False),
        (b'a,b\n1, "x"\n', False),
        (b'a,b\n' + BOM + b'"1",2\n', False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("chunk_bytes", [1, 2, 3, 1000])
def test_quotes_are_judged_by_hand(content, expected, chunk_bytes):
    assert is_tidy(content, chunk_bytes) is expected


@pytest.mark.slow
@given(content=CONTENTS, cuts=st.lists(st.integers(0, 60), max_size=5))
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_where_the_chunks_are_cut_does_not_matter(content, cuts):
    scan = QuoteScan()
    for start, end in pairwise([0, *sorted(cuts), len(content)]):
        scan.update(content[start:end])
    assert scan.finish() is is_tidy(content)


@pytest.mark.slow
@given(content=CONTENTS)
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_no_line_of_a_tidy_text_has_a_quote_that_fails(content):
    lines = content.removeprefix(BOM).splitlines()
    if is_tidy(content):
        assert {parse(line, b",").state for line in lines} <= {"closed"}
    elif b'"' not in content:
        pytest.fail("a text without quotes was not called tidy")


@given(
    rows=st.lists(st.lists(st.text('a ",;\u00e9', max_size=6), min_size=2, max_size=4), max_size=8),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=500, deadline=None, derandomize=True, database=None)
def test_what_the_csv_module_writes_without_line_breaks_is_tidy(rows, line_end, quoting):
    sink = io.StringIO()
    csv.writer(sink, lineterminator=line_end, quoting=quoting).writerows(rows)
    assert is_tidy(sink.getvalue().encode())


def test_a_long_text_with_one_stray_quote():
    line = b'1,"a, b",2\n'
    assert is_tidy(line * 100_000)
    assert not is_tidy(line * 50_000 + b'1,"a, b,2\n' + line * 50_000)
