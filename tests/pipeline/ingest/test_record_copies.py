"""The folder of copies: made once, private, and never fuller than needed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ingest import Layout, discover
from pipeline.ingest.record_copies import copy_records
from pipeline.ingest.session import session
from pipeline.runtime.errors import InputError
from tests.conftest import ROOT

LAYOUT = Layout({}, 2, (), ",")


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "warehouse" / "w.duckdb.records"


def test_copies_stand_in_the_order_of_the_files(add_file, folder):
    files = [add_file(name, b'a,b\n"1\n",2\n') for name in ("b.csv", "a.csv", "y/a.csv")]
    copies = copy_records([(file, LAYOUT) for file in files], folder)
    assert [copy.joined_line_count for copy in copies] == [1, 1, 1]
    assert len({copy.path for copy in copies}) == 3
    assert {copy.path for copy in copies} == set(folder.iterdir())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_copy_is_made_once(add_file, folder):
    file = add_file("a.csv", b'a,b\n"1\n",2\n')
    (first,) = copy_records([(file, LAYOUT)], folder)
    changed = first.path.stat().st_mtime_ns
    assert copy_records([(file, LAYOUT)], folder) == [first]
    assert first.path.stat().st_mtime_ns == changed


def test_a_changed_file_is_copied_again(add_file, datasets, folder):
    copy_records([(add_file("a.csv", b'a,b\n"1\n",2\n'), LAYOUT)], folder)
    file = add_file("a.csv", b'a,b\n"1\n\n",2\n')
    (copy,) = copy_records([(file, LAYOUT)], folder)
    assert copy.joined_line_count == 2
    # One more column, and the quoted field has to be closed elsewhere.
    (copy,) = copy_records([(file, replace(LAYOUT, column_count=3))], folder)
    assert copy.joined_line_count == 0


def test_whatever_else_lies_in_the_folder_goes(add_file, folder):
    file = add_file("a.csv", b'a,b\n"1\n",2\n')
    (copy,) = copy_records([(file, LAYOUT)], folder)
    left_behind = folder / "0123456789abcdef.parquet"
    left_behind.write_bytes(b"of a killed run")
    (kept,) = copy_records([(file, LAYOUT)], folder)
    assert list(folder.iterdir()) == [kept.path] == [copy.path]
    assert copy_records([], folder) == []
    assert not folder.exists()


def test_a_copy_that_somebody_removed_is_made_again(add_file, folder):
    file = add_file("a.csv", b'a,b\n"1\n",2\n')
    (copy,) = copy_records([(file, LAYOUT)], folder)
    copy.path.unlink()
    assert copy_records([(file, LAYOUT)], folder) == [copy]
    assert copy.path.exists()


def test_no_file_makes_no_folder(folder):
    assert copy_records([], folder) == []
    assert not folder.exists()


def test_a_file_that_cannot_be_copied_is_named(add_file, datasets, folder):
    file = add_file("a.csv", b"a,b\n1,2\n")
    file.path.unlink()
    with pytest.raises(InputError, match=r"^a\.csv is no longer there"):
        copy_records([(file, LAYOUT)], folder)
    assert list(folder.iterdir()) == []


def test_the_folder_goes_when_the_session_ends(add_file, folder):
    file = add_file("a.csv", b'a,b\n"1\n",2\n')
    with session() as made:
        (copy,) = copy_records([(file, LAYOUT)], folder)
        assert copy.path.exists()
    assert not folder.exists()
    assert not made.copies


def test_the_folder_goes_when_the_process_ends(add_file, datasets, folder):
    add_file("a.csv", b'a,b\n"1\n",2\n')
    assert [file.source_file for file in discover(datasets)] == ["a.csv"]
    script = (
        "from pathlib import Path; import sys\n"
        "from pipeline.ingest import Layout, discover\n"
        "from pipeline.ingest.record_copies import copy_records\n"
        "folder = Path(sys.argv[2])\n"
        "files = [(file, Layout({}, 2, (), ',')) for file in discover(Path(sys.argv[1]))]\n"
        "copy_records(files, folder)\n"
        "print(len(list(folder.iterdir())))\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", script, str(datasets), str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout == "1\n"
    assert not folder.exists()
