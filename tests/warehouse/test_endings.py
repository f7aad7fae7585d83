"""Files of events under every ending, with all that writing programs leave beside them."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest
import zstandard

from tests.conftest import HEADER
from tests.workbench import workbench

pytestmark = pytest.mark.slow

ENDINGS = {
    ".csv": bytes, ".tsv": bytes, ".txt": bytes,
    ".csv.gz": gzip.compress, ".gz": gzip.compress,
    ".csv.bz2": bz2.compress, ".tsv.bz2": bz2.compress,
    ".csv.xz": lzma.compress, ".txt.xz": lzma.compress, ".xz": lzma.compress,
    ".csv.zst": zstandard.compress, ".zst": zstandard.compress,
}  # fmt: skip


def test_every_ending_is_read_to_its_last_line(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        for number, (ending, compress) in enumerate(ENDINGS.items()):
            lines = [
                f"2019-10-01 10:00:00 UTC,view,{line + 1},5,,acme,2.50,{number + 1},s{line}"
                for line in range(2_000)
            ]
            text = "\n".join([HEADER, *lines])
            if ending.startswith(".tsv"):
                text = text.replace(",", "\t")
            # A line break in quotes: such a file is copied first, whatever its compression.
            if number % 4 == 3:
                text = text.replace("acme", '"ac\nme"', 1)
            (bench.datasets / f"a{ending}").write_bytes(compress(text.encode()))
        (bench.datasets / "_temporary").mkdir()
        for name in ("_SUCCESS", "b.7z", "_temporary/c.csv", "part-1.csv"):
            (bench.datasets / name).touch()
        bench.load()
        found = bench.query(
            "select source_file, line_count, count(distinct product_id), min(user_id), max(user_id)"
            " from core.events inner join core.loaded_files using (source_file) group by all"
        )
        assert sorted(found) == sorted(
            (f"a{ending}", 2_000, 2_000, number, number)
            for number, ending in enumerate(ENDINGS, start=1)
        )
