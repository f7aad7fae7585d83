"""Lines and their ends, however the bytes are cut into chunks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.lines import LineFacts, LineScan

# Bytes that matter more often than chance has it, among any others.
CONTENTS = st.lists(
    st.sampled_from(
        [b"\n", b"\r", b"\r\n", b"a,b", b'"', b" ", b"a b", b"\0", b"\1", b"\xc3\xa9", b"\xc3"]
    )
    | st.binary(max_size=6),
    max_size=40,
).map(b"".join)
# A text begins after a line end, and ends before one.
OUTER_BLANK = re.compile(rb'(?:\A|[,;\t\r\n"]) | (?:\Z|[,;\t\r\n"])')


def scan(content: bytes, chunk_bytes: int = 1 << 18) -> LineFacts:
    lines = LineScan()
    for start in range(0, len(content), chunk_bytes):
        lines.update(content[start : start + chunk_bytes])
    return lines.finish()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (0, 0, "none", False)),
        (b"ab", (1, 2, "none", False)),
        (b"ab\n", (1, 2, "lf", True)),
        (b"ab\nc", (2, 2, "lf", False)),
        (b"\n\n", (2, 0, "lf", True)),
        (b"ab\r\nc\r\n", (2, 2, "crlf", True)),
        (b"ab\rcde\r", (2, 3, "cr", True)),
        (b"\r", (1, 0, "cr", True)),
        (b"ab\nc\r\n", (2, 2, "mixed", True)),
        (b"a\r\r\nb\n", (3, 1, "mixed", True)),
        (b"a\n\rb", (3, 1, "mixed", False)),
        (b"a\r\nb\r", (2, 1, "mixed", True)),
        (b"\r\nabc", (2, 3, "crlf", False)),
        (b"\n\r\r", (3, 0, "mixed", True)),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [1, 2, 100])
def test_lines_are_counted_by_hand(content, expected, chunk_bytes):
    facts = scan(content, chunk_bytes)
    found = (facts.line_count, facts.longest_line_bytes, facts.line_ends, facts.ends_with_line_end)
    assert found == expected


@pytest.mark.parametrize(
    ("content", "is_utf8"),
    [
        (b"ascii\n", True),
        ("é東😀\n".encode(), True),
        (b"caf\xe9\n", False),
        (b"cut \xf0\x9f\x98", False),
        (b"\xf0\x9f\x98a", False),
        (b"\xed\xa0\x80", False),
    ],
)
@pytest.mark.parametrize("chunk_bytes", [1, 2, 3, 100])
def test_utf8_is_judged_across_chunks(content, is_utf8, chunk_bytes):
    assert scan(content, chunk_bytes).is_utf8 is is_utf8


def test_a_line_of_three_megabytes_is_measured():
    facts = scan(b"a\n" + b"x" * 3_000_000)
    assert (facts.line_count, facts.longest_line_bytes) == (2, 3_000_000)
    assert scan(b"a\n" + b"x" * 3_000_000 + b"\r\nb").longest_line_bytes == 3_000_000


@pytest.mark.slow
@given(content=CONTENTS, chunk_bytes=st.integers(1, 12))
@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
def test_facts_equal_those_of_python_for_any_bytes(content, chunk_bytes):
    facts = scan(content, chunk_bytes)
    lines = content.splitlines()  # of bytes: at \n, \r and \r\n, nothing else
    assert facts.line_count == len(lines)
    assert facts.longest_line_bytes == max(map(len, lines), default=0)
    assert facts.ends_with_line_end == content.endswith((b"\n", b"\r"))
    assert facts.has_quotes == (content.count(b'"') > 0)
    assert facts.has_outer_blanks == bool(OUTER_BLANK.search(content))
    assert facts.has_nul_bytes == (content.count(b"\0") > 0)
    assert facts.has_x01_bytes == (content.count(b"\1") > 0)
    assert facts.is_utf8 == (content.decode("utf-8", "ignore").encode() == content)
    pairs = content.count(b"\r\n")
    counts = {
        "lf": content.count(b"\n") - pairs,
        "crlf": pairs,
        "cr": content.count(b"\r") - pairs,
    }
    present = [kind for kind, count in counts.items() if count]
    assert facts.line_ends == ("mixed" if len(present) > 1 else (present or ["none"])[0])
