"""A copy of the project with other settings: what is shown, and what features were made with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Finished, Store
from tests.copied_project import train_small

pytestmark = pytest.mark.slow


@pytest.fixture
def store(tmp_path: Path, demo_store: Store) -> Store:
    """A copy of the synthetic store, as it was built."""
    copy = Store(demo_store.datasets, tmp_path / "w" / "copy.duckdb", tmp_path / "reports")
    copy.warehouse.parent.mkdir()
    shutil.copy(demo_store.warehouse, copy.warehouse)
    return copy


def _set(project: Path, former: str, later: str) -> None:
    path = project / "dbt_project.yml"
    text = path.read_text()
    assert text.count(former) == 1
    path.write_text(text.replace(former, later))


def _run(project: Path, store: Store, command: str) -> Finished:
    process = subprocess.run(
        [
            sys.executable, project / "run_pipeline.py", command, "--datasets", store.datasets,
            "--warehouse", store.warehouse, "--reports", store.reports,
        ],
        capture_output=True, text=True, check=False, cwd=project, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Finished(process.returncode, process.stdout, process.stderr)


@pytest.mark.long
def test_the_report_shows_what_the_project_allows_and_steps_follow_it(
    project: Path, store: Store, tmp_path: Path
) -> None:
    loyal = tmp_path / "list.csv"
    steps = f'["export --segment VIP --output {tmp_path}/vip.csv", "export --output {loyal}"]'
    train_small(project)
    _set(project, "\n  after_run: []\n", f"\n  after_run: {steps}\n")
    _set(project, "\n  min_group_size: 10\n", "\n  min_group_size: 70\n")
    _set(project, "\n  between_confidence: 0.1\n", "\n  between_confidence: 0.3\n")
    _set(project, "\n  disclosure: internal\n", "\n  disclosure: publish\n")
    finished = _run(project, store, "model")
    # Published, reported, and the list is there; the other step failed.
    assert finished.code == 4, finished.errors
    assert "The run is published, but after it `export --segment VIP" in finished.errors
    assert published_path(store.warehouse).is_file()
    assert loyal.is_file()
    between, users = store.query(
        "select count(*) filter (where confidence < 0.3), count(*)"
        " from marts.user_segments where segment_id is not null"
    )[0]
    text = (store.reports / "report.md").read_text()
    assert f"{100 * between / users:.1f}".removesuffix(".0") in text
    assert "fewer than 70" in text
    assert "None can be worked out from the totals." in text
    # A threshold of events, and no group.
    assert "fewer than 10" not in text.replace("fewer than 10 events", "")


def test_no_segment_is_made_of_features_with_other_settings(project: Path, store: Store) -> None:
    before = store.warehouse.read_bytes()
    _set(project, "\n  night_start_hour: 19\n", "\n  night_start_hour: 20\n")
    finished = _run(project, store, "model")
    assert finished.code == 2
    assert finished.errors == (
        "Error: night_start_hour in dbt_project.yml is no longer what the features were made with"
        " (19): run `python run_pipeline.py etl` first.\n"
    )
    assert store.warehouse.read_bytes() == before
    assert not published_path(store.warehouse).exists()


def test_a_setting_that_is_no_number_is_refused_before_anything_is_read(
    project: Path, store: Store
) -> None:
    _set(project, "\n  min_group_size: 10\n", "\n  min_group_size: ten\n")
    finished = _run(project, store, "run")
    assert (finished.code, finished.errors) == (
        2,
        "Error: min_group_size in dbt_project.yml is not a whole number of at least 1:"
        " correct it there.\n",
    )


def test_a_report_that_another_warehouse_has_replaced_is_written_again(
    store: Store, demo_store: Store
) -> None:
    nothing, but_the_report = "Nothing new since the last run: the report is", "but for the report"
    shutil.copy(published_path(demo_store.warehouse), published_path(store.warehouse))
    assert but_the_report in store.run().errors
    assert nothing in store.run().errors
    report = store.reports / "report.html"
    ours = report.read_bytes()
    report.write_bytes(ours + b"<!-- of another warehouse -->")
    assert but_the_report in store.run().errors
    assert report.read_bytes() == ours
