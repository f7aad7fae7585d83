"""Lines of a person are told from those of others, and files written anew without them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
from pathlib import Path

import pytest
import zstandard

from pipeline.privacy.lines import Finder, Table, count_lines, drop_lines
from pipeline.privacy.people import Person, people

HEADER = b"event_time,product_id,user_id\n"
TABLE = Table(",", 2, 3)


@pytest.mark.parametrize(
    ("line", "is_theirs"),
    [
        (b"2019-10-01,9,7\n", True),
        (b'2019-10-01,9," 7 "\n', True),
        (b"2019-10-01,9,7.0\n", True),
        (b"2019-10-01,7,9\n", False),
        (b"2019-10-01,9,77\n", False),
        # Torn: nobody knows what the 7 is, so it goes.
        (b"7,9\n", True),
    ],
)
def test_the_field_of_the_customer_decides(line: bytes, is_theirs: bool) -> None:
    assert Finder([Person("7", 7)]).holds(line, TABLE) is is_theirs


def test_a_name_is_found_with_blanks_and_in_its_quotes() -> None:
    finder = Finder(people(["Anna de Vries"]))
    assert finder.holds(b'2019-10-01,9,"Anna de Vries"\n', TABLE)
    assert not finder.holds(b'2019-10-01,9,"Anna"\n', TABLE)


@pytest.mark.parametrize(
    ("compression", "pack", "unpack"),
    [
        ("none", bytes, bytes),
        ("gzip", gzip.compress, gzip.decompress),
        ("bzip2", bz2.compress, bz2.decompress),
        ("xz", lzma.compress, lzma.decompress),
        (
            "zstd",
            zstandard.ZstdCompressor().compress,
            lambda packed: zstandard.ZstdDecompressor().decompressobj().decompress(packed),
        ),
    ],
)
def test_a_file_is_rewritten_as_it_was_compressed(tmp_path: Path, compression, pack, unpack):
    path = tmp_path / "events"
    # Without a line end at the end, and with both kinds of them.
    path.write_bytes(pack(HEADER + b"a,9,7\r\nb,9,8\r\nc,9,7\nd,9,9"))
    path.chmod(0o640)
    finder = Finder([Person("7", 7)])
    assert count_lines(path, compression, finder, TABLE) == 2
    drop_lines(path, compression, finder, TABLE)
    assert unpack(path.read_bytes()) == HEADER + b"b,9,8\r\nd,9,9"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [path] == list(tmp_path.iterdir())
