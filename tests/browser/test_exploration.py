"""The exploration in Chromium: opened from disk, by day and by night, narrow and wide."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from pipeline.reporting.exploration import ExploredFile, MappedColumn, write_exploration
from tests.browser.looks import faults_of
from tests.pipeline.reporting.exploration.stores import FIELDS, store
from tests.pipeline.reporting.exploration.test_sections import crowd

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("exploration")
    rows = [*crowd(), [], ["2019-10-03 08:00:00 UTC", "look"]]
    mapping = (MappedColumn("event_time", role="event_time"), MappedColumn("qty"))
    file = ExploredFile("a.csv", 10_000, len(rows), FIELDS, mapping)
    return {
        language: write_exploration(store(rows), [file], folder, language=language).html.as_uri()
        for language in ("en", "fr")
    }


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_opens_without_a_fault_and_is_for_everybody(
    browser: Browser, pages: dict[str, str], language: str
) -> None:
    with browser.new_page() as page:
        noise: list[str] = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url))
        page.goto(pages[language])
        assert noise == [pages[language]]
        assert faults_of(page) == {}
        # What sorts in the report sorts here.
        assert page.locator("thead button").count() > 5
