"""`report`: the reports again, from what is published and from nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.lock import run_lock
from pipeline.warehouse.publication import PUBLISHED_TABLES, PUBLISHED_VIEWS, published_path
from tests.conftest import Finished, Store, run_pipeline

pytestmark = pytest.mark.slow


def _report(store: Store, folder: Path, *options: str) -> Finished:
    return run_pipeline("report", "--warehouse", store.warehouse, "--reports", folder, *options)


def test_it_is_the_report_of_the_run_while_another_one_is_under_way(
    demo_store: Store, tmp_path: Path
) -> None:
    before = demo_store.warehouse.read_bytes()
    with run_lock(demo_store.warehouse), duckdb.connect(str(demo_store.warehouse)):
        finished = _report(demo_store, tmp_path)
        french = _report(demo_store, tmp_path, "--lang", "fr", "--quiet")
    assert (finished.code, french.code) == (0, 0), finished.errors + french.errors
    assert (french.output, french.errors) == ("", "")
    assert (tmp_path / "report.fr.html").is_file()
    for name in ("report.html", "report.md"):
        assert (tmp_path / name).read_bytes() == (demo_store.reports / name).read_bytes()
    assert demo_store.warehouse.read_bytes() == before


def test_it_ends_with_the_segments_and_the_paths(demo_store: Store, tmp_path: Path) -> None:
    finished = _report(demo_store, tmp_path, "--open")
    assert finished.code == 0, finished.errors
    names = demo_store.query(
        "select segment_name from marts.segment_profiles order by revenue desc"
    )
    lines = finished.output.splitlines()
    assert lines[0].split("  ")[0] == "Segment"
    shown = [line.split("  ")[0] for line in lines[1 : len(names) + 1]]
    assert shown == [name for (name,) in names]
    assert f"report                 {tmp_path / 'report.html'}" in lines
    assert f"for any DuckDB client  {published_path(demo_store.warehouse)}" in lines
    # The tests have no screen.
    assert "There is no desktop here to open the report on" in finished.errors


def test_docs_stand_beside_the_report_which_leads_to_them(
    demo_store: Store, tmp_path: Path
) -> None:
    shutil.copytree(demo_store.warehouse.parent, tmp_path / "w")
    store = Store(demo_store.datasets, tmp_path / "w" / "test.duckdb", tmp_path / "reports")
    finished = store.run("run", "--docs")
    assert finished.code == 0, finished.errors
    docs = store.reports / "dbt_docs.html"
    assert f"documentation          {docs}" in finished.output.splitlines()
    assert oct(docs.stat().st_mode)[-3:] == "600"
    text = docs.read_text(encoding="utf-8")
    # One file, with what every relation and column is, and no user.
    for said in ("segment_profiles", "purchase_recency_days", "One row per month and event type."):
        assert said in text
    users = {str(user) for (user,) in store.query("select user_id from marts.user_features")}
    assert not users & set(re.findall(r"\d{6,}", text))
    assert _report(store, store.reports, "--lang", "fr").code == 0
    for name in ("report.html", "report.fr.html"):
        page = (store.reports / name).read_text(encoding="utf-8")
        assert '<a href="dbt_docs.html">' in page
        assert f'<a href="{name.replace("report", "model_card").replace("html", "md")}">' in page
    assert "dbt_docs.html" not in (demo_store.reports / "report.html").read_text(encoding="utf-8")


def test_without_a_publication_it_says_what_to_do(tmp_path: Path) -> None:
    finished = run_pipeline(
        "report", "--warehouse", tmp_path / "none.duckdb", "--reports", tmp_path
    )
    assert finished.code == 2
    assert finished.errors.startswith("Error: Nothing is published of ")
    assert finished.errors.count("\n") == 1


def test_what_is_published_is_what_is_in_the_warehouse(demo_store: Store) -> None:
    with duckdb.connect() as connection:
        for name, path in (
            ("warehouse", demo_store.warehouse),
            ("published", published_path(demo_store.warehouse)),
        ):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        for schema, table in (*PUBLISHED_TABLES, *PUBLISHED_VIEWS):
            relations = [
                f"select * from {name}.{schema}.{table}" for name in ("warehouse", "published")
            ]
            for former, later in (relations, relations[::-1]):
                assert connection.execute(f"{former} except all {later}").fetchall() == [], table
