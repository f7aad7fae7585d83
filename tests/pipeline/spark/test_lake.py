"""Folders of a lake that a killed run left without a table, or a table without its folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.runtime.errors import InputError
from pipeline.spark import lake
from pipeline.spark.lake import claim_lake, mend_lake


@dataclass
class Catalogue:
    """What a session tells of the schema `core`."""

    folder: Path
    tables: tuple[str, ...]

    @property
    def catalog(self) -> Catalogue:
        return self

    def listDatabases(self) -> list[SimpleNamespace]:
        return [
            SimpleNamespace(name="core", locationUri=f"file:{self.folder}"),
            SimpleNamespace(name="default", locationUri="file:/nowhere"),
        ]

    def sql(self, query: str) -> Catalogue:
        assert query == "show tables in core"
        return self

    def collect(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(tableName=name) for name in self.tables]


def _mended(folder: Path, folders: list[str], tables: tuple[str, ...]) -> dict[str, str]:
    for name in folders:
        (folder / name).mkdir()
        (folder / name / "part").write_text(name)
    mend_lake(Catalogue(folder, tables))
    return {path.name: (path / "part").read_text() for path in folder.iterdir()}


def test_what_belongs_to_tables_stays(tmp_path: Path) -> None:
    assert _mended(tmp_path, ["days"], ("days", "a_view")) == {"days": "days"}


def test_a_folder_of_no_table_goes(tmp_path: Path) -> None:
    folders = ["days", "arrived_lines", "sessions__next"]
    assert _mended(tmp_path, folders, ("days",)) == {"days": "days"}


def test_a_folder_that_was_moved_before_its_table_had_the_name_is_moved_back(
    tmp_path: Path,
) -> None:
    assert _mended(tmp_path, ["days"], ("days__next",)) == {"days__next": "days"}


def test_a_new_folder_beside_a_whole_one_goes(tmp_path: Path) -> None:
    folders = ["days", "days__next"]
    assert _mended(tmp_path, folders, ("days__next",)) == {"days__next": "days__next"}


def test_a_lake_without_a_folder_yet_is_left_alone(tmp_path: Path) -> None:
    mend_lake(Catalogue(tmp_path / "core.db", ()))
    assert list(tmp_path.iterdir()) == []


def test_a_lake_is_that_of_one_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lake, "folder_of_lake", lambda _, place: lake._FolderOfArrow(place))
    session, shop = SimpleNamespace(_jvm=None), tmp_path / "shop"
    for _ in range(2):
        claim_lake(session, str(shop / "lake"), shop / "store.duckdb")
    # Both may be moved together.
    moved = shop.rename(tmp_path / "moved")
    claim_lake(session, str(moved / "lake"), moved / "store.duckdb")
    with pytest.raises(InputError, match=r"another warehouse \(\.\./store\.duckdb, seen from"):
        claim_lake(session, str(moved / "lake"), moved / "other.duckdb")


def test_the_catalogue_of_a_server_is_its_own_affair(tmp_path: Path) -> None:
    claim_lake(SimpleNamespace(), str(tmp_path / "lake"), tmp_path / "store.duckdb")
    assert list(tmp_path.iterdir()) == []
