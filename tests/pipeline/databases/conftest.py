"""A publication to load, and a real PostgreSQL to load it into."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store
from tests.postgres_server import PostgresServer, running_server


@pytest.fixture(scope="session")
def published(demo_store: Store) -> Path:
    """The publication of the synthetic store."""
    return published_path(demo_store.warehouse)


@pytest.fixture(scope="session")
def smaller(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without every other customer, one of whom has a text for an id."""
    path = tmp_path_factory.mktemp("smaller") / "smaller_marts.duckdb"
    shutil.copy(published, path)
    with duckdb.connect(str(path)) as connection:
        for table in ("user_features", "user_segments"):
            connection.execute(f"delete from marts.{table} where user_id % 2 = 1")
        connection.execute(
            "insert into core.id_texts (kind, id, id_text)"
            " select 'user', min(user_id), 'anna@example.com' from marts.user_segments"
        )
    return path


@pytest.fixture(scope="session")
def with_objector(published: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The publication, one customer of which objects to being profiled, and who that is."""
    path = tmp_path_factory.mktemp("objector") / "objector_marts.duckdb"
    shutil.copy(published, path)
    with duckdb.connect(str(path)) as connection:
        user = connection.execute(
            "select min(user_id) from marts.user_segments where segment_id is not null"
        ).fetchall()[0][0]
        # As `user_segments` writes it for who is in `ops.objections`.
        connection.execute(
            "update marts.user_segments set segment_id = null, segment_name = null,"
            " confidence = null, unsegmented_reason = 'objected' where user_id = ?",
            [user],
        )
    return path, user


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """A real PostgreSQL."""
    with running_server() as started:
        yield started


@pytest.fixture
def postgres(server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresServer]:
    """The server with the password in the environment, and without our schema afterwards."""
    monkeypatch.setenv("PGPASSWORD", server.password)
    yield server
    server.execute("drop schema if exists amazing cascade", "drop schema if exists bi cascade")
