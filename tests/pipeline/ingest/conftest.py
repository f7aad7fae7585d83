"""A data folder for one test, and a way to put files into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest import InputFile, discover

AddFile = Callable[[str, bytes], InputFile]


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """An empty data folder."""
    folder = tmp_path / "datasets"
    folder.mkdir()
    return folder


@pytest.fixture
def add_file(datasets: Path) -> AddFile:
    """Writes a file below the data folder and returns it as discovered."""

    def add(name: str, content: bytes) -> InputFile:
        path = datasets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return next(file for file in discover(datasets) if file.source_file == name)

    return add
