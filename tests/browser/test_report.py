"""The report in Chromium: opened from disk, read, sorted, printed, by people of all kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from pipeline.reporting.segment_report import ReportFiles
from tests.browser.looks import Look, faults_of, looks

pytestmark = pytest.mark.slow

# Texts of a chart that reach beyond its edges, where the page shows nothing.
CUT = """[...document.querySelectorAll('svg.chart text')].filter(text => {
    const [inner, outer] = [text, text.closest('svg')].map(one => one.getBoundingClientRect());
    return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1
        || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
}).map(text => text.closest('svg').getAttribute('aria-label') + ': ' + text.textContent)"""


class Visit:
    """One page, opened from disk, and what the browser complained of or asked for."""

    def __init__(self, page: Page, files: ReportFiles) -> None:
        self.page, self.address, self.noise = page, files.html.as_uri(), []
        page.on("console", lambda message: self.noise.append(message.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))
        page.goto(self.address)

    def _asked(self, address: str) -> None:
        if address.partition("#")[0] != self.address:
            self.noise.append(f"asked for {address}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page(viewport={"width": 1280, "height": 900}) as opened:
        yield opened


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_opens_in_every_light_and_width_without_a_fault(page, reports, language) -> None:
    visit = Visit(page, reports[language])
    assert faults_of(page) == {}
    for look in looks(page):
        assert page.evaluate(CUT) == [], look
    assert visit.noise == []


def test_the_page_of_a_segment_is_for_everybody(page, reports) -> None:
    visit = Visit(page, reports["en"])
    page.goto(f"{visit.address}#segment-0")
    assert page.locator("#segment-0 h3").first.is_visible()
    assert faults_of(page) == {}
    assert visit.noise == []


def test_by_night_the_page_is_dark_and_the_colours_of_segments_are_others(browser, reports) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        with browser.new_page(color_scheme=scheme) as page:
            Visit(page, reports["en"])
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
            bar = page.evaluate("getComputedStyle(document.querySelector('.chart .s0')).fill")
            edge = page.evaluate(
                "getComputedStyle(document.querySelector('.card.s0')).borderTopColor"
            )
            assert bar == edge
            seen[scheme] = paper, bar
    light, dark = (re.findall(r"\d+", seen[scheme][0]) for scheme in ("light", "dark"))
    assert sum(map(int, light)) > 700
    assert sum(map(int, dark)) < 120
    assert seen["light"][1] != seen["dark"][1]


def _column(page: Page, heading: str) -> list[str]:
    """Return the cells of a column of the table of segments, but for the total."""
    return page.evaluate(
        """heading => {
            const table = document.querySelector('#segments table');
            const names = [...table.tHead.rows[0].cells].map(one => one.textContent.trim());
            const at = names.indexOf(heading);
            return [...table.tBodies[0].rows].map(row => row.cells[at].textContent.trim());
        }""",
        heading,
    )


def test_tables_are_sorted_by_a_click(page, reports) -> None:
    Visit(page, reports["en"])
    heading = page.locator("#segments th", has_text="Customers").first
    assert heading.get_attribute("aria-sort") == "none"
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert _column(page, "Customers") == ["60", "40", "20"]
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert _column(page, "Customers") == ["20", "40", "60"]
    assert page.locator("#segments tfoot").first.inner_text().startswith("All with a segment")


def test_tables_are_sorted_by_a_key_and_french_numbers_are_understood(page, reports) -> None:
    Visit(page, reports["fr"])
    heading = page.locator("#segments th", has_text="Chiffre d'affaires").first
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    amounts = [re.sub(r"\s", "", one) for one in _column(page, "Chiffre d'affaires")]
    assert amounts == ["10000,00", "2000,00", "0,00"]
    page.keyboard.press("Space")
    assert heading.get_attribute("aria-sort") == "ascending"
    name = page.locator("#segments th", has_text="Segment").first
    name.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert name.get_attribute("aria-sort") == "ascending"
    assert heading.get_attribute("aria-sort") == "none"
    assert _column(page, "Segment") == ["Curieux", "Débutants", "Gros | paniers"]


def test_a_card_opens_the_page_of_its_segment_by_mouse_and_by_key(page, reports) -> None:
    visit = Visit(page, reports["en"])
    assert page.locator("section.page:visible").count() == 0
    page.locator(".card .more a").first.click()
    page.wait_for_function("document.activeElement.tagName === 'H3'")
    (opened,) = page.locator("section.page:visible").all()
    assert opened.locator("h3").inner_text() == "Segment “Big <spenders>”"
    # A page of its own: nothing else is there.
    assert page.locator("main h3:visible").all_inner_texts() == ["Segment “Big <spenders>”"]
    assert Look(page, "light", 1280).faults() == []
    back = opened.get_by_role("link", name="Back to: Segments")
    back.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('section.page:target')")
    assert page.locator("section.page:visible").count() == 0
    page.locator(".card h4 a", has_text="First-timers").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('section.page:target')")
    assert page.locator("section.page:visible h3").inner_text() == "Segment “First-timers”"
    assert visit.noise == []


def test_what_is_folded_opens_by_a_key_and_by_a_link_into_it(page, reports) -> None:
    Visit(page, reports["en"])
    assert not page.locator("#method p").first.is_visible()
    page.locator("#method > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#method p").first.is_visible()
    page.evaluate("location.hash = 'number'")
    page.wait_for_function("document.getElementById('number').open")


def test_paper_shows_everything_and_cuts_no_picture(page, reports) -> None:
    """What is folded is printed open, each picture is narrower than the paper, by day always."""
    Visit(page, reports["en"])
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") >= 5
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 without its margins
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.part:not([open])").count() == 0
    assert page.locator("section.page:visible").count() == 3
    assert {
        one.evaluate("one => getComputedStyle(one).breakBefore")
        for one in page.locator("section.page, .chapter + .chapter").all()
    } == {"page"}
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    pictures = page.evaluate(
        """[...document.querySelectorAll('.chart')].map(one => {
            const box = one.getBoundingClientRect();
            return [box.left, box.right, box.height,
                getComputedStyle(one.closest('figure')).breakInside];
        })"""
    )
    assert pictures
    for left, right, height, inside in pictures:
        assert left >= 0
        assert right <= 680
        assert height < 960
        assert inside == "avoid"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.part[open]").count() == 0
