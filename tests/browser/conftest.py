"""A real browser, Debian's Chromium; without one these tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from pipeline.reporting.segment_report import ReportFiles, write_report
from tests.pipeline.reporting.segment_report.store import USUAL, build


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("There is no `chromium` here: install Debian's package to look at the pages.")
    # Without a sandbox: it needs rights that a container does not give.
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=found, args=["--no-sandbox"]) as launched,
    ):
        yield launched


@pytest.fixture(scope="package")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReportFiles]:
    """The report on the small store, by language."""
    folder: Path = tmp_path_factory.mktemp("pages")
    warehouse = build(folder / "store.duckdb", USUAL)
    return {
        language: write_report(warehouse, folder, language=language, is_synthetic=True)
        for language in ("en", "fr")
    }
