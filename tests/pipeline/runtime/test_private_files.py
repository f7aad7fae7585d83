"""Files for their owner alone."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from pipeline.privacy.keys import make_erasure_key
from pipeline.runtime.private_files import for_the_owner_alone, made_once, private_folder

MANY = 16


def _at_once(work) -> list:
    """Return what many threads get that begin the same work together."""
    results, gate = [], threading.Barrier(MANY)

    def one() -> None:
        gate.wait()
        results.append(work())

    threads = [threading.Thread(target=one) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_threads_that_make_a_file_at_once_all_get_what_the_first_one_wrote(tmp_path: Path) -> None:
    for turn in range(20):
        path = tmp_path / str(turn)
        got = _at_once(lambda path=path: made_once(path, str(threading.get_ident()).encode()))
        assert len(got) == MANY
        assert set(got) == {path.read_bytes()}
        assert path.stat().st_mode & 0o777 == 0o600
    assert len(list(tmp_path.iterdir())) == 20


def test_threads_that_ask_for_the_key_of_a_warehouse_get_the_same(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.delenv("AMAZING_KEY", raising=False)
    for turn in range(20):
        warehouse = tmp_path / f"{turn}.duckdb"
        keys = _at_once(lambda warehouse=warehouse: make_erasure_key(warehouse))
        assert len(keys) == MANY
        assert len(set(keys)) == 1


def test_threads_that_make_a_folder_at_once_all_have_it(tmp_path: Path) -> None:
    for turn in range(20):
        folder = tmp_path / str(turn) / "below"
        assert _at_once(lambda folder=folder: private_folder(folder)) == [folder] * MANY


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize(("given", "kept"), [(0o022, 0o077), (0o000, 0o077), (0o177, 0o177)])
def test_a_umask_that_allows_less_is_not_undone(tmp_path: Path, given: int, kept: int) -> None:
    former = os.umask(given)
    try:
        for_the_owner_alone()
        assert os.umask(kept) == kept
        (tmp_path / "made").touch()
        assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(former)
