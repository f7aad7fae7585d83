"""A sentence changed in a catalogue stands in the next report, and nothing is built for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Finished, Store

pytestmark = pytest.mark.slow

GERMAN = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgctxt "report"
msgid "segments"
msgstr "Die Segmente"
"""


@pytest.fixture
def store(tmp_path: Path, demo_store: Store) -> Store:
    """A copy of the synthetic store, built and published."""
    copy = Store(demo_store.datasets, tmp_path / "w" / "copy.duckdb", tmp_path / "reports")
    copy.warehouse.parent.mkdir()
    shutil.copy(demo_store.warehouse, copy.warehouse)
    shutil.copy(published_path(demo_store.warehouse), published_path(copy.warehouse))
    return copy


def _run(project: Path, store: Store, language: str) -> Finished:
    process = subprocess.run(
        [
            sys.executable, project / "run_pipeline.py", "run", "--datasets", store.datasets,
            "--warehouse", store.warehouse, "--reports", store.reports, "--lang", language,
        ],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    return Finished(process.returncode, process.stdout, process.stderr)


def _edit(catalogue: Path, former: str, later: str) -> None:
    text = catalogue.read_text(encoding="utf-8")
    assert former in text
    catalogue.write_text(text.replace(former, later), encoding="utf-8")


def test_a_changed_sentence_needs_no_training_and_no_build(project: Path, store: Store) -> None:
    (name,) = store.query("select segment_name from marts.segment_profiles order by revenue desc")[
        0
    ]
    archetype = name.partition(",")[0]
    trained = store.query("select model_version, trained_at from marts.segment_model order by all")
    catalogue = project / "pipeline" / "reporting" / "locales" / "en.po"
    _edit(catalogue, f'msgstr "{archetype}"', 'msgstr "Best friends"')
    finished = _run(project, store, "en")
    assert finished.code == 0, finished.errors
    assert "Building" not in finished.output + finished.errors
    report = (store.reports / "report.md").read_text(encoding="utf-8")
    assert "Best friends" in report
    assert archetype not in report
    count = "select count(*) from marts.user_segments where segment_name"
    assert store.query(f"{count} like 'Best friends%'") != [(0,)]
    assert store.query(f"{count} like '{archetype}%'") == [(0,)]
    readers = Store(store.datasets, published_path(store.warehouse), store.reports)
    assert readers.query(f"{count} like '{archetype}%'") == [(0,)]
    again = "select model_version, trained_at from marts.segment_model order by all"
    assert store.query(again) == trained
    assert "Nothing new since the last run: the report is" in _run(project, store, "en").errors


def test_another_language_needs_nothing_but_a_file(project: Path, store: Store) -> None:
    folder = project / "pipeline" / "reporting" / "locales"
    (folder / "de.po").write_text(GERMAN.lstrip(), encoding="utf-8")
    finished = _run(project, store, "de")
    assert finished.code == 0, finished.errors
    report = (store.reports / "report.de.md").read_text(encoding="utf-8")
    assert "## Die Segmente" in report
    # What the file lacks is in English, numbers and dates are as the language has them.
    assert "## How many segments" in report
    assert store.query("select count(distinct language) from marts.segment_texts") == [(3,)]
