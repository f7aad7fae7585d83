"""What is asked of the environment before Spark begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.runtime.errors import InputError
from pipeline.runtime.settings import RunSettings
from pipeline.spark.requirements import local_rows


def test_how_many_rows_come_home_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMAZING_LOCAL_ROWS", raising=False)
    assert local_rows() == 20_000_000
    monkeypatch.setenv("AMAZING_LOCAL_ROWS", "0")
    assert local_rows() == 0
    monkeypatch.setenv("AMAZING_LOCAL_ROWS", "many")
    with pytest.raises(InputError, match="AMAZING_LOCAL_ROWS 'many' is not a number of rows"):
        local_rows()


def test_the_tables_are_where_the_user_says_and_their_catalogue_on_this_machine() -> None:
    beside = RunSettings(warehouse=Path("/w/store.duckdb"))
    assert beside.lake_variables == {
        "AMAZING_LAKE": "/w/store.lake",
        "AMAZING_METASTORE": "/w/store.lake/metastore",
    }
    elsewhere = RunSettings(warehouse=Path("/w/store.duckdb"), lake="/mnt/lake")
    assert elsewhere.lake_variables["AMAZING_METASTORE"] == "/mnt/lake/metastore"
    remote = RunSettings(warehouse=Path("/w/store.duckdb"), lake="s3a://shop/lake")
    assert remote.lake_variables == {
        "AMAZING_LAKE": "s3a://shop/lake",
        "AMAZING_METASTORE": "/w/store.lake/metastore",
    }
    assert remote.as_demo().lake_folder.endswith("/store.lake")
