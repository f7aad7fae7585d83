"""The exploration in Chromium: opened from disk, by day and by night, narrow and wide."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from pipeline.reporting.exploration import ExploredFile, MappedColumn, write_exploration
from tests.pipeline.reporting.exploration.stores import FIELDS, store
from tests.pipeline.reporting.exploration.test_sections import crowd

LOOKS = [
    ("en", "light", 1280), ("en", "dark", 360), ("fr", "light", 768), ("fr", "dark", 1280)
]  # fmt: skip


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


def test_it_opens_without_a_fault_and_is_for_everybody(
    browser: Browser, pages: dict[str, str]
) -> None:
    for language, scheme, width in LOOKS:
        size = {"width": width, "height": 800}
        with browser.new_page(viewport=size, color_scheme=scheme) as page:
            noise: list[str] = []
            page.on("console", lambda message, noise=noise: noise.append(message.text))
            page.on("pageerror", lambda error, noise=noise: noise.append(str(error)))
            page.on("request", lambda request, noise=noise: noise.append(request.url))
            page.goto(pages[language])
            look = (language, scheme, width)
            assert noise == [pages[language]], look
            assert page.evaluate("document.documentElement.scrollWidth") <= width, look
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found] == [], look
            # What sorts in the report sorts here.
            assert page.locator("thead button").count() > 5, look
