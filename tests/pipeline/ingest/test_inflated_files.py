from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest
from isal import igzip

from pipeline.ingest.inflated_files import (
    InflatedFile,
    InflatedFiles,
    expect_content,
    inflated_path,
    read_inflated,
)

CONTENT = b"".join(b"%07d\n" % number for number in range(100_000))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "a[1].csv.gz"
    path.write_bytes(igzip.compress(CONTENT))
    expect_content(path, len(CONTENT))
    return path


def test_duckdb_reads_every_line_in_its_order(packed: Path) -> None:
    with duckdb.connect() as connection:
        read_inflated(connection)
        read_inflated(connection)
        rows = connection.execute(
            f"""
            select line, filename
            from read_csv(
                '{inflated_path(packed)}', columns = {{'line': 'VARCHAR'}}, header = false,
                auto_detect = false, compression = 'none', filename = true,
                buffer_size = 40000, max_line_size = 1000
            )
            """
        ).fetchall()
    assert [line for line, _ in rows] == CONTENT.decode().split()
    assert {name for _, name in rows} == {inflated_path(packed)}


def test_a_piece_is_found_again_at_its_position(packed: Path) -> None:
    file = InflatedFile(str(packed))
    for position in (0, 1000, 2000, 3000, 2000, 4000, 0, 700_000, 1000):
        file.seek(position)
        assert file.read(1000) == CONTENT[position : position + 1000]
        assert file.tell() == position + 1000
    file.seek(len(CONTENT) - 3)
    assert file.read(1000) == CONTENT[-3:]
    assert file.read(1000) == b""
    file.seek(len(CONTENT) + 5)
    assert file.read(1000) == b""
    file.close()
    assert file.closed


def test_without_positions_pieces_follow_each_other(packed: Path) -> None:
    file = InflatedFile(str(packed))
    file.seek(0)
    pieces = [file.read(1000)]

    def read_on() -> None:
        pieces.append(file.read(1000))

    for _ in range(3):
        thread = threading.Thread(target=read_on)
        thread.start()
        thread.join()
    assert b"".join(pieces) == CONTENT[:4000]


def test_each_thread_reads_from_the_position_that_it_set(packed: Path) -> None:
    file = InflatedFile(str(packed))
    are_set = threading.Barrier(2)
    found: dict[int, bytes] = {}

    def read_from(position: int) -> None:
        file.seek(position)
        are_set.wait()
        found[position] = file.read(1000)

    threads = [threading.Thread(target=read_from, args=(place,)) for place in (5000, 9000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {place: CONTENT[place : place + 1000] for place in (5000, 9000)}


def test_nothing_but_reading_from_the_beginning_is_offered(packed: Path) -> None:
    with pytest.raises(ValueError, match="The mode is 'wb'"):
        InflatedFiles().open(inflated_path(packed), "wb")
    with pytest.raises(ValueError, match="whence is 2"):
        InflatedFile(str(packed)).seek(0, 2)
