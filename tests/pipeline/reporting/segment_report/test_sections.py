"""A section of the report is one folder, and one name in the list of sections."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.reporting.kit import catalogue
from pipeline.reporting.kit.blocks import Block, Paragraph
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.files import as_markdown, as_page
from pipeline.reporting.segment_report import sections
from pipeline.reporting.segment_report.document import document
from pipeline.reporting.segment_report.gathering import gather_facts
from pipeline.reporting.segment_report.section import Section, Store

from .speech import figures_in

FOLDER = Path(sections.__file__).parent


def test_every_folder_with_a_view_is_a_section() -> None:
    found = {path.parent.name for path in FOLDER.glob("*/view.py")} - {"no_segments"}
    assert found == set(sections.FOLDERS)
    keys = [section.key for section in sections.all_sections()]
    assert len(set(keys)) == len(keys) == len(sections.FOLDERS)


def test_every_section_has_its_heading_in_its_own_folder() -> None:
    for folder, section in zip(sections.FOLDERS, sections.all_sections(), strict=True):
        for language in ("en", "fr"):
            text = (FOLDER / folder / f"{language}.po").read_text(encoding="utf-8")
            assert f'msgid "{section.key}"\n' in text, folder


class Weather(Section):
    """A section that nobody knows but the list."""

    key = "weather"
    own: int | None

    @classmethod
    def gather(cls, store: Store, /) -> int:
        return int(store.connection.execute("select count(*) from core.events").fetchall()[0][0])

    @classmethod
    def disclose(cls, exact: int, store: Store, /) -> int | None:
        return None if store.policy.is_public else exact

    def blocks(self) -> list[Block]:
        return [Paragraph(f"It rained on {self.own} events.")]


HEADING = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "report"
msgid "weather"
msgstr "The weather"
"""


def test_what_is_in_the_list_is_in_both_files(warehouse, tmp_path, monkeypatch) -> None:
    with_weather = (*sections.all_sections(), Weather)
    for module in ("gathering", "document"):
        monkeypatch.setattr(
            f"pipeline.reporting.segment_report.{module}.all_sections", lambda: with_weather
        )
    outlook = sections.ChapterPlan("chapter_data", ("weather",))
    monkeypatch.setattr("pipeline.reporting.segment_report.document.CHAPTERS", (outlook,))
    monkeypatch.setattr(
        "pipeline.reporting.segment_report.document.section_in", lambda folder: Weather
    )
    (tmp_path / "en.po").write_text(HEADING.lstrip(), encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDERS", [*catalogue.FOLDERS, tmp_path])
    told = document(figures_in(gather_facts(warehouse)))
    assert "## Data\n\n### The weather\n\nIt rained on " in as_markdown(told, {}, {})
    assert '<section class="part" id="weather">' in as_page(told, {})
    public = gather_facts(warehouse, policy=Policy(10, is_public=True))
    assert "It rained on None events." in as_page(document(figures_in(public)), {})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_chapter_is_linked_and_every_section_stands_in_one(facts, language) -> None:
    page = as_page(document(figures_in(facts, language)), {})
    for chapter in sections.CHAPTERS:
        assert page.count(f'<a href="#{chapter.key}">') >= 1
        assert page.count(f'<section class="chapter" id="{chapter.key}">') == 1
    for section in sections.all_sections():
        # Each segment has a page in the place of one section.
        places = 3 if section.key == "pages" else 1
        key = "segment-" if section.key == "pages" else f'{section.key}"'
        assert page.count(f' id="{key}') == places
    folders = [folder for chapter in sections.CHAPTERS for folder in chapter.folders]
    assert sorted(folders) == sorted(sections.FOLDERS)
    assert {one for chapter in sections.CHAPTERS for one in chapter.folded} <= {*folders}
