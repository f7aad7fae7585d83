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
looks = pytest.importorskip("tests.browser.looks", reason="axe is not installed")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator:
    """Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


def _opened(browser, address: str, language: str):
    page = browser.new_page(accept_downloads=True, locale=language)
    page.problems, page.said = [], []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.said.append(said.text))
    page.goto(address)
    return page


@pytest.fixture(scope="module")
def page(browser, address: str):
    """The page, opened by somebody who reads English."""
    return _opened(browser, address, "en-GB")


def test_a_wrong_token_is_refused_in_words(page) -> None:
    page.fill("#token", "wrong-token-wrong-token")
    page.click("#access button")
    page.wait_for_selector("#problem:not(:empty)")
    assert page.inner_text("#problem") == "The token is not the one of this service."
    assert page.is_hidden("#content")
    assert looks.faults_of(page) == {}


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


def test_who_reads_french_has_it_in_french(browser, address: str, client: httpx.Client) -> None:
    page = _opened(browser, address, "fr-FR")
    page.wait_for_selector("#publication:not(:empty)")
    assert page.title() == "Segments de clients"
    assert page.get_attribute("html", "lang") == "fr"
    assert "modèle" in page.inner_text("#publication")
    page.fill("#token", TOKEN)
    page.click("#access button")
    page.wait_for_selector("#segments tr")
    segments = client.get("/segments").json()
    for column, name in ((1, "segment_name_fr"), (4, "recommended_action_fr")):
        cells = page.locator(f"#segments tr td:nth-child({column})").all_inner_texts()
        assert cells == [segment[name] for segment in segments]
    member = client.get("/segments/0/customers?limit=1").json()["customers"][0]["customer_id"]
    page.fill("#customer", member)
    page.click("#lookup button")
    page.wait_for_selector("#found dd")
    assert page.inner_text("#found dd:first-of-type") == segments[0]["segment_name_fr"]
    assert "Certitude" in page.locator("#found dt").all_inner_texts()
    page.fill("#customer", "nobody")
    page.click("#lookup button")
    page.wait_for_selector("#problem:not(:empty)")
    assert page.inner_text("#problem") == "Aucun client de la publication n\u2019a cet identifiant."
    assert looks.faults_of(page) == {}
    assert page.problems == []
    assert not [text for text in page.said if "Content Security" in text]


def test_the_page_is_for_everybody(page) -> None:
    """In every light and width; what an earlier test found is on it still."""
    assert page.is_visible("#content")
    assert looks.faults_of(page) == {}
