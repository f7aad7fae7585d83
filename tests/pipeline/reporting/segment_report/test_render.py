"""The two files: complete, closed, private, and the same each time."""

from __future__ import annotations

import base64
import hashlib
import re
import stat
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from pipeline.reporting.segment_report.document import draw_charts
from pipeline.runtime.errors import InputError, PipelineError
from tests.every_number.check import NUMBER

from .speech import figures_in
from .store import USUAL, Group, build, resized

CHARTS = {"sizes", "profiles", "places", "elbow", "silhouette", "variance"}


@pytest.fixture(scope="module")
def english(warehouse, tmp_path_factory):
    return write_report(warehouse, tmp_path_factory.mktemp("en"), is_synthetic=True)


@pytest.fixture(scope="module")
def french(warehouse, tmp_path_factory):
    return write_report(warehouse, tmp_path_factory.mktemp("fr"), language="fr")


class Page(HTMLParser):
    """What a browser would find: pictures, addresses, text, headings."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.alts: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self.words: list[str] = []
        self.is_code = False
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs) -> None:
        attributes = dict(attrs)
        self.is_code = tag in ("style", "script")
        self.tags.append((tag, attributes))
        self.sources += [
            attributes[name] for name in ("src", "href", "srcset", "data") if name in attributes
        ]
        if tag == "svg":
            self.alts.append(attributes.get("aria-label", ""))

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def written(folder: Path) -> dict[str, str]:
    """Return what lies in a folder: the hash of every file by its path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_files_have_their_names(english, french) -> None:
    assert {*written(english.html.parent)} == {
        "report.md",
        "report.html",
        "model_card.md",
        *(f"figures/{name}.svg" for name in CHARTS),
    }
    assert {*written(french.html.parent)} == {
        "report.fr.md",
        "report.fr.html",
        "model_card.fr.md",
        *(f"figures/{name}.fr.svg" for name in CHARTS),
    }


def test_only_the_owner_may_read(english) -> None:
    folder = english.html.parent
    for path in folder.rglob("*"):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_page_asks_for_nothing_else(english) -> None:
    page = Page(english.html)
    # A link that somebody may follow, to the file beside it.
    assert [one for one in page.sources if not one.startswith("#")] == ["model_card.md"]
    text = english.html.read_text()
    assert not re.search(r"https?://|url\(|@import|<link|<iframe| style=| on[a-z]+=", text)


def test_only_its_own_style_and_script_may_run(english) -> None:
    """The policy names the hashes of what stands between the tags, to the byte."""
    text = english.html.read_text()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    expected = ["default-src &#39;none&#39;"]
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        expected.append(f"{tag}-src &#39;sha256-{digest}&#39;")
    assert policy.replace("&#43;", "+") == "; ".join(expected)


def test_the_pictures_ask_for_nothing_else(english) -> None:
    for path in (english.html.parent / "figures").iterdir():
        # Name spaces look like addresses, and are none.
        text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
        outside = re.findall(r'href="(?!#|data:)[^"]*"|url\((?!#)', text)
        assert outside == [], path.name


def test_every_picture_is_told_in_words(english, french) -> None:
    for files in (english, french):
        assert len(Page(files.html).alts) == len(CHARTS)
        assert all(len(alt) > 30 for alt in Page(files.html).alts)
        found = re.findall(r"!\[(.+)\]\((figures/\S+\.svg)\)", files.markdown.read_text())
        assert len(found) == len(CHARTS)
        assert all((files.markdown.parent / path).is_file() for _, path in found)


def test_a_picture_shows_no_figure_that_its_words_and_the_table_behind_it_lack(facts) -> None:
    """Of the cloud there is none, it would name people; that of the moves stands below them."""
    charts = draw_charts(figures_in(facts))
    assert {name for name, chart in charts.items() if chart.table is None} == {"places"}
    for name, chart in charts.items():
        body = re.sub(r"<text [^>]*tick[^<]*</text>", "", chart.body)
        labels = re.findall(r"<text [^>]*>([^<]*)</text>", body)
        cells = [cell for row in chart.table.rows for cell in row] if chart.table else []
        told = {*re.findall(NUMBER, " ".join([chart.alt, *cells]))}
        # The threshold of the components is a setting, which the section names.
        shown = {*re.findall(NUMBER, " ".join(labels[1:]))} - {"90%"}
        assert shown <= told, name


def test_the_language_is_declared(english, french) -> None:
    # With the sign that numbers are told apart by, for the sorting of tables.
    assert ("html", {"lang": "en", "data-decimal": "."}) in Page(english.html).tags
    assert ("html", {"lang": "fr", "data-decimal": ","}) in Page(french.html).tags


def test_every_link_has_its_target(english) -> None:
    page = Page(english.html)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    targets = {source[1:] for source in page.sources if source.startswith("#")}
    assert targets
    assert targets <= ids


def test_synthetic_data_is_marked(english, french) -> None:
    assert "SYNTHETIC DATA" in Page(english.html).text
    assert "<title>SYNTHETIC DATA" in english.html.read_text()
    assert "SYNTHETIC DATA" in english.markdown.read_text()
    assert "SYNTH" not in Page(french.html).text
    assert "SYNTH" not in french.markdown.read_text()
    assert b"synth" not in (french.html.parent / "figures" / "sizes.fr.svg").read_bytes()


def test_the_english_figures(english) -> None:
    for text in (Page(english.html).text, english.markdown.read_text()):
        assert "Holds 16.7% of the customers with a segment and 83.3% of their revenue." in text
        assert "Revenue: 500.00, far above (50.00 for all buyers)" in text
        assert "15,060 = 14,940 + 90 + 30" in text
        assert "This holds for every file." in text
        assert "On 2019-10-08 the logging failed" in text
        assert "The revenue is the same, to the cent, at every step." in text
        assert "Below the threshold: 70 customers, 35.0% of all, with 1.6% of the revenue." in text
        assert "12 customers, 10.0% of those with a segment, lie between two segments" in text
        assert "The first 2 of 3 hold 95.0% of the variance" in text
        assert "threshold of 90%" in text
        assert "The silhouette of 3 segments, 0.610, is the highest of all." in text
        assert (
            "from 2 to 3 segments lowers the inertia by 70.0%, the step from 3 to 4 by 20.0%"
            in text
        )
        assert "does not prove that segments exist" in text


def test_the_french_figures(french) -> None:
    for raw in (Page(french.html).text, french.markdown.read_text()):
        text = re.sub(r"[\u00a0\u202f]", " ", raw)
        assert (
            "Représente 16,7 % des clients segmentés et 83,3 % de leur chiffre d'affaires."
        ) in text
        assert "15 060 = 14 940 + 90 + 30" in text
        assert "Le 08/10/2019, la collecte a été défaillante" in text
        assert (
            "Chiffre d'affaires : 500,00, très largement au-dessus (50,00 pour l'ensemble des"
            " acheteurs)"
        ) in text
        assert "Sous le seuil : 70 clients, soit 35,0 % de l'ensemble" in text
        assert "Événements du 01/10/2019 au 30/11/2019" in text
        assert "Tous ont acheté." in text
        assert "Garder." in text


def test_no_english_is_left_in_the_french_page(french) -> None:
    text = Page(french.html).text
    for word in ("Customers", "Revenue", "segment with", "Share", "events", "Keep.", "the "):
        assert word not in text, word


def test_every_candidate_is_in_the_table(english) -> None:
    text = english.markdown.read_text()
    for line in (
        "| Criterion | 2 | 3 (chosen) | 4 |",
        "| Inertia | 400.000 | 120.000 | 96.000 |",
        "| Drop of inertia | – | 70.0% | 20.0% |",  # noqa: RUF001
        "| Knee distance | 0.000 | 0.300 | 0.100 |",
        "| Silhouette | 0.520 | 0.610 | 0.440 |",
        "| Smallest segment | 40.0% | 16.7% | fewer than 10 |",
    ):
        assert line in text


def test_names_cannot_break_the_page(english, french) -> None:
    assert "Big &lt;spenders&gt;" in english.html.read_text()
    assert "Big \\<spenders\\>" in english.markdown.read_text()
    assert "| Gros \\| paniers |" in french.markdown.read_text()
    assert "a\\|\\<b\\>.csv" in english.markdown.read_text()


def test_no_id_is_anywhere(english, french) -> None:
    for files in (english, french):
        for path in files.html.parent.rglob("*"):
            if path.is_file():
                assert b"541312" not in path.read_bytes(), path.name


def test_small_groups_are_not_shown(tmp_path) -> None:
    """7 spenders with 3,500 of 15,700 in revenue, and 4 robots, beside 1,847 others."""
    store = build(
        tmp_path / "small.duckdb", resized(spenders=7, robots=4, lookers=1537, buyers=240)
    )
    files = write_report(store, tmp_path / "out", policy=Policy(10, is_public=True))
    text = files.markdown.read_text()
    assert "| Big \\<spenders\\> | fewer than 10 | – | – | – | – | – | – |" in text  # noqa: RUF001
    assert "Fewer than 10 customers: too small a group" in text
    assert "| automatic traffic (scrapers, test accounts) | fewer than 10 |" in text
    assert "**about 1,777** with a segment" in text
    assert "**about 1,847** customers\n" in text
    assert "All bought." not in text
    assert "A total is at most 1% from the truth" in text
    for content in (text, Page(files.html).text):
        assert not re.search(
            r"(?<!\.)\b(1,784|1,788|1,851|1,854|1,858|3,500(\.00)?|22\.3%|267)\b", content
        )


def test_a_store_of_one_person_is_not_counted(tmp_path) -> None:
    groups = {"one": Group(1, None, "too_few_events", 3, 1, 1, 20, 5)}
    store = build(tmp_path / "one.duckdb", {**resized(**dict.fromkeys(USUAL, 0)), **groups})
    text = write_report(store, tmp_path / "out").markdown.read_text()
    assert "**fewer than 10** customers" in text
    assert "Below the threshold: fewer than 10 customers." in text


def test_one_component_is_explained(tmp_path) -> None:
    store = build(tmp_path / "flat.duckdb", USUAL, components=1)
    files = write_report(store, tmp_path / "out")
    assert "keeps one component only" in files.markdown.read_text()
    assert "keeps one component only" in Page(files.html).text
    assert not (tmp_path / "out" / "figures" / "places.svg").exists()


def test_the_same_store_gives_the_same_bytes(warehouse, english, tmp_path) -> None:
    write_report(warehouse, tmp_path, is_synthetic=True)
    assert written(tmp_path) == written(english.html.parent)


def test_a_second_report_replaces_the_first(warehouse, tmp_path) -> None:
    write_report(warehouse, tmp_path)
    (tmp_path / "report.html").write_text("old")
    write_report(warehouse, tmp_path)
    assert "Customer segments" in (tmp_path / "report.html").read_text()
    assert not list(tmp_path.rglob(".*"))


def test_a_failed_report_leaves_the_former_one(warehouse, tmp_path, monkeypatch) -> None:
    write_report(warehouse, tmp_path)
    before = written(tmp_path)

    def no_room(path: Path, content: bytes) -> None:
        if path.name.startswith(".report.md"):
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr("pipeline.runtime.private_files._write", no_room)
    with pytest.raises(PipelineError, match=r"cannot be written .*No space left on device"):
        write_report(warehouse, tmp_path, is_synthetic=True)
    assert written(tmp_path) == before


def test_bad_input_writes_nothing(warehouse, tmp_path) -> None:
    with pytest.raises(InputError, match="There is no warehouse"):
        write_report(tmp_path / "none.duckdb", tmp_path / "out")
    with pytest.raises(InputError, match="'de' is not known"):
        write_report(warehouse, tmp_path / "out", language="de")
    assert not (tmp_path / "out").exists()


def test_money_of_three_digits_has_no_cents(tmp_path) -> None:
    """3 of 60 lookers bought, so that the exact revenue of others would tell theirs."""
    groups = resized() | {"lookers": replace(USUAL["lookers"], buyers=3, orders=1, revenue=99)}
    store = build(tmp_path / "few.duckdb", groups)
    rows = {
        is_public: next(
            line
            for line in write_report(store, tmp_path / f"{is_public}", policy=Policy(10, is_public))
            .markdown.read_text()
            .split("\n")
            if line.startswith("| **All with a segment**")
        )
        for is_public in (False, True)
    }
    assert "| **12,297.00** |" in rows[False]
    assert rows[False].endswith("| **102.47** |")
    assert "| **12,300** |" in rows[True]
    assert rows[True].endswith("| **102** |")
