"""The small store, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from .store import USUAL, build


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The usual 200 users."""
    return build(tmp_path_factory.mktemp("report") / "store.duckdb", USUAL)
