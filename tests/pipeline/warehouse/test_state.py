"""What the command line asks of the notes of former runs."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.commands import build
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import QuietReporter
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.state import (
    OUTDATED,
    note_state_of_features,
    settings_of_features,
    state_of_features,
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with features, and with notes as dbt leaves them."""
    path = tmp_path / "w.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.user_features (user_id bigint)")
        connection.execute("create schema ops")
        connection.execute(
            "create table ops.features_state (is_whole boolean, state text, settings text)"
        )
    return path


def _note(warehouse: Path, statement: str) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(statement)


def test_features_that_dbt_alone_made_have_no_state(tmp_path: Path, warehouse: Path) -> None:
    assert state_of_features(tmp_path / "none.duckdb") is None
    assert state_of_features(warehouse) is None
    _note(warehouse, "insert into ops.features_state values (true, null, null)")
    assert state_of_features(warehouse) is None
    assert settings_of_features(warehouse) == {}


def test_what_features_were_made_from_is_kept_beside_them(warehouse: Path) -> None:
    _note(warehouse, "insert into ops.features_state values (true, null, null)")
    note_state_of_features(warehouse, "abc", {"as_of": "None"})
    assert state_of_features(warehouse) == "abc"
    assert settings_of_features(warehouse) == {"as_of": "None"}


def test_features_of_a_run_that_died_are_outdated(warehouse: Path) -> None:
    _note(warehouse, "insert into ops.features_state values (false, null, null)")
    assert state_of_features(warehouse) == OUTDATED


def test_features_of_an_earlier_version_are_not_segmented(warehouse: Path) -> None:
    """Its notes stand elsewhere; `etl` moves them."""
    _note(warehouse, "drop schema ops cascade")
    settings = RunSettings(
        datasets=warehouse.parent, warehouse=warehouse, reports=warehouse.parent / "reports"
    )
    with pytest.raises(InputError, match=r"An earlier version made the features .* etl` first\."):
        build.model(settings, QuietReporter())
