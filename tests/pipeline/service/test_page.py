"""The page, in a real browser."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.service.conftest import TOKEN

httpx = pytest.importorskip("httpx", reason="`make setup-serve` installs what `serve` needs")

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page(address: str) -> Iterator:
    """The page, opened in Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        opened = browser.new_page(accept_downloads=True)
        opened.problems, opened.said = [], []
        opened.on("pageerror", lambda error: opened.problems.append(str(error)))
        opened.on("console", lambda said: said.type == "error" and opened.said.append(said.text))
        opened.goto(address)
        yield opened
        browser.close()


def test_a_wrong_token_is_refused_in_words(page) -> None:
    page.fill("#token", "wrong-token-wrong-token")
    page.click("#access button")
    page.wait_for_selector("#problem:not(:empty)")
    assert "Send the token" in page.inner_text("#problem")
    assert page.is_hidden("#content")


def test_a_customer_segments_and_an_audience(page, client: httpx.Client, tmp_path: Path) -> None:
    page.fill("#token", TOKEN)
    page.click("#access button")
    page.wait_for_selector("#segments tr")
    segments = client.get("/segments").json()
    assert page.locator("#segments tr td:first-child").all_inner_texts() == [
        segment["segment_name"] for segment in segments
    ]
    member = client.get("/segments/0/customers?limit=1").json()["customers"][0]["customer_id"]
    page.fill("#customer", member)
    page.click("#lookup button")
    page.wait_for_selector("#found dd")
    assert page.inner_text("#found dd:first-of-type") == segments[0]["segment_name"]
    page.fill("#customer", "nobody")
    page.click("#lookup button")
    page.wait_for_selector("#problem:not(:empty)")
    assert page.inner_text("#problem") == "No customer of the publication has this id."
    with page.expect_download() as started:
        page.click("#segments tr:first-child button")
    started.value.save_as(tmp_path / "audience.csv")
    with (tmp_path / "audience.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == segments[0]["user_count"]
    assert page.problems == []
    # What the policy of the page forbids, the browser would say.
    assert not [text for text in page.said if "Content Security" in text]
