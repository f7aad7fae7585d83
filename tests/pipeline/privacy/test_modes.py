"""Who else can read a warehouse, by the modes of the file and of all folders above it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.privacy.modes import open_to_others


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
@pytest.mark.parametrize(
    ("folder", "file", "found"),
    [(0o755, 0o600, ()), (0o755, 0o640, ("w.duckdb",)), (0o700, 0o644, ())],
)
def test_a_file_is_open_where_its_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: int, file: int, found: tuple
) -> None:
    inner = tmp_path / "warehouse"
    inner.mkdir()
    warehouse = inner / "w.duckdb"
    warehouse.touch()
    warehouse.chmod(file)
    inner.chmod(folder)
    opened = [above for above in tmp_path.parents if not above.stat().st_mode & 0o011]
    modes = {above: os.stat_result((0o755, *above.stat()[1:])) for above in (*opened, tmp_path)}
    stat = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **more: modes.get(path) or stat(path, **more))
    assert open_to_others(warehouse, tmp_path / "reports") == found
