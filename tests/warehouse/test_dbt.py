"""What an analytics engineer does: plain dbt, from the root."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Store, run_dbt

pytestmark = pytest.mark.slow

_NOTES = "select table_name, column_name from duckdb_columns() where schema_name = 'ops'"
# Unit tests are about the models, not about a store: one build runs them.
BUILD = ("build", "--warn-error", "--exclude-resource-type", "unit_test")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, demo_store: Store) -> Store:
    """The files of the synthetic store, built by `dbt build` alone."""
    folder = tmp_path_factory.mktemp("dbt")
    store = Store(demo_store.datasets, folder / "dbt.duckdb", folder / "reports")
    finished = run_dbt("build", "--warn-error", datasets=store.datasets, warehouse=store.warehouse)
    assert finished.code == 0, finished.output
    return store


@pytest.fixture(scope="module")
def manifest(built: Store) -> dict:
    """What dbt knows of the project, after writing its documentation."""
    finished = run_dbt(
        "docs", "generate", "--static", datasets=built.datasets, warehouse=built.warehouse
    )
    assert finished.code == 0, finished.output
    assert (built.warehouse.parent / "target" / "static_index.html").stat().st_size > 1_000_000
    return json.loads((built.warehouse.parent / "target" / "manifest.json").read_text())


def _models(manifest: dict) -> dict[str, dict]:
    return {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
    }


def test_dbt_alone_gives_the_same_segments(built: Store, demo_store: Store) -> None:
    everything = "select * from marts.user_segments order by user_id"
    assert built.query(everything) == demo_store.query(everything)


def test_it_builds_again_on_a_built_warehouse(built: Store) -> None:
    before = built.query("select * from core.loaded_files order by source_file")
    finished = run_dbt(*BUILD, datasets=built.datasets, warehouse=built.warehouse)
    assert finished.code == 0, finished.output
    assert built.query("select * from core.loaded_files order by source_file") == before


def test_what_is_made_in_parts_is_what_it_is_as_a_whole(built: Store, tmp_path: Path) -> None:
    months = "select * from core.int_user_months order by user_id, visit_month"
    totals = "select * from core.int_user_totals"
    (largest,) = built.query(
        "select count(*) from core.events group by date_trunc('month', occurred_at)"
        " order by all desc limit 1"
    )[0]
    parts = Store(built.datasets, tmp_path / "parts.duckdb", tmp_path / "reports")
    finished = run_dbt(
        "run", "--select", "+int_user_totals",
        "--vars", json.dumps({"events_in_batch": largest // 5}),
        datasets=parts.datasets,
        warehouse=parts.warehouse,
    )  # fmt: skip
    assert finished.code == 0, finished.output
    assert parts.query(months) == built.query(months)
    assert parts.query(totals) == built.query(totals)


def test_it_builds_on_nothing(tmp_path: Path) -> None:
    (tmp_path / "datasets").mkdir()
    warehouse = tmp_path / "empty.duckdb"
    finished = run_dbt(*BUILD, datasets=tmp_path / "datasets", warehouse=warehouse)
    assert finished.code == 0, finished.output


def test_the_lineage_runs_from_the_files_to_the_report(manifest: dict) -> None:
    # Campaigns start from what was drawn, which no build makes again.
    sources = ("datasets.files_to_load", "ops.campaigns", "ops.campaign_members")
    reached = {f"source.amazing_customer_segments.{source}" for source in sources}
    while True:
        children = {child for node in reached for child in manifest["child_map"].get(node, [])}
        if children <= reached:
            break
        reached |= children
    models = {node["unique_id"] for node in _models(manifest).values()}
    assert models <= reached
    assert "exposure.amazing_customer_segments.segment_report" in reached


def test_every_model_and_column_is_described(manifest: dict) -> None:
    for name, node in _models(manifest).items():
        assert node["description"].strip(), name
        assert "One row per" in node["description"], name
        for column, facts in node["columns"].items():
            assert facts["description"].strip(), f"{name}.{column}"


def test_every_column_of_the_warehouse_is_in_the_documentation(
    manifest: dict, built: Store
) -> None:
    models = _models(manifest)
    # They repeat the columns of `segment_inputs` and `user_features`, which are described there.
    for name in (
        "int_training_users", "int_history_features", "int_history_inputs", "int_outcomes",
        "int_early_features", "int_compared_users",
    ):  # fmt: skip
        del models[name]
    for name, node in models.items():
        columns = built.query(
            "select column_name from information_schema.columns"
            f" where table_schema = '{node['schema']}' and table_name = '{name}'"
        )
        assert {column for (column,) in columns} == set(node["columns"]), name


def test_every_note_of_the_runs_is_described(
    manifest: dict, built: Store, demo_store: Store
) -> None:
    with duckdb.connect(str(published_path(demo_store.warehouse)), read_only=True) as published:
        found = set(published.execute(_NOTES).fetchall()) | set(built.query(_NOTES))
    assert found == {
        (source["name"], column)
        for source in manifest["sources"].values()
        if source["schema"] == "ops"
        for column in source["columns"]
    }


def test_every_description_is_in_the_warehouse(manifest: dict, built: Store) -> None:
    for name, node in _models(manifest).items():
        described = built.query(
            "select column_name, comment from duckdb_columns()"
            f" where schema_name = '{node['schema']}' and table_name = '{name}'"
            " and comment is not null"
        )
        assert dict(described) == {
            column: facts["description"] for column, facts in node["columns"].items()
        }, name
        kind = "tables" if node["config"]["materialized"] != "view" else "views"
        assert built.query(
            f"select comment from duckdb_{kind}() where schema_name = '{node['schema']}'"
            f" and {kind[:-1]}_name = '{name}'"
        ) == [(node["description"],)], name


def test_marts_keep_their_contracts(manifest: dict) -> None:
    # A Python model cannot have a contract; what is called `int_` is no mart.
    for name, node in _models(manifest).items():
        is_mart = node["schema"] == "marts" and not name.startswith("int_")
        if is_mart and node["language"] == "sql":
            assert node["config"]["contract"]["enforced"], name


def test_layers_point_downwards(manifest: dict) -> None:
    order = ["staging", "core", "marts"]
    models = _models(manifest)
    by_id = {node["unique_id"]: node for node in models.values()}
    for node in models.values():
        for parent in node["depends_on"]["nodes"]:
            if parent in by_id:
                assert order.index(by_id[parent]["schema"]) <= order.index(node["schema"])


def test_rules_with_a_branch_have_unit_tests(manifest: dict) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    # These only read, count or pass on: see the end-to-end tests.
    plain = {
        "stg_lines", "event_lines", "id_texts", "loaded_files", "month_versions",
        "int_user_products", "int_training_users", "trained_segments", "segment_texts",
        "segment_model", "int_sampled_users",
        "int_compared_users", "feature_redundancy", "int_history_inputs", "segment_value",
        "value_shares", "experiment_sizes",
        "campaign_members", "int_campaign_groups", "campaign_results",
    }  # fmt: skip
    assert set(_models(manifest)) - tested == plain


@pytest.mark.long
def test_the_command_of_the_readme_holds_on_real_rows_and_from_elsewhere(
    tmp_path: Path, real_rows: Path
) -> None:
    finished = run_dbt(
        "build", "--warn-error", "--project-dir", str(ROOT), "--profiles-dir", str(ROOT),
        datasets=real_rows, warehouse=tmp_path / "w.duckdb", cwd=tmp_path, is_cold=True,
    )  # fmt: skip
    assert finished.code == 0, finished.output[-3000:]
    assert "Traceback" not in finished.output + finished.errors
