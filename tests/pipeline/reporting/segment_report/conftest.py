"""The small store, built once, and an empty one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.gathering import gather_facts

from .store import USUAL, build


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The usual 200 users."""
    return build(tmp_path_factory.mktemp("report") / "store.duckdb", USUAL)


@pytest.fixture(scope="session")
def facts(warehouse: Path) -> Facts:
    """Its facts: one model, trained before most was kept, and no later month."""
    return gather_facts(warehouse)


@pytest.fixture
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse without relations."""
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("create schema marts")
        yield connection
