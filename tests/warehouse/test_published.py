"""Whatever is published is read by the attacker, or listed with the reason why it need not be."""

from __future__ import annotations

import re
from pathlib import Path

import click
import duckdb
import pytest

from pipeline.cli import cli
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from pipeline.warehouse.publication import published_path
from tests.attacker.everything import everything
from tests.attacker.inventory import HARMLESS, READ, numbers_in, unlisted
from tests.attacker.relations import COMMANDS, FILES, IN_THE_REPORT, NOT_PUBLISHED, SAYS_NO_NUMBER
from tests.conftest import Store
from tests.every_number.printed import Place, read_markdown, read_page

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the synthetic store as everybody may read it."""
    made = tmp_path_factory.mktemp("published")
    write_report(demo_store.warehouse, made, is_synthetic=True, policy=Policy(30, is_public=True))
    return made


def test_every_number_is_read_or_has_a_reason(folder: Path) -> None:
    markdown = read_markdown((folder / "report.md").read_text())
    assert unlisted(markdown) == []
    assert unlisted(read_page((folder / "report.html").read_text())) == []
    assert all(entry.why_not for entry in HARMLESS)
    new = [Place("What changed", "", "Of these, 17 moved."), Place("New", "", "17", "x", "y")]
    assert len(unlisted(new)) == 2


def test_what_is_said_to_be_read_is_read(folder: Path) -> None:
    """A number of each kind is told otherwise: what the attacker knows is another thing then."""
    report, card = ((folder / name).read_text() for name in ("report.md", "model_card.md"))
    known, places = _rows(report, card), read_markdown(report)
    seen = 0
    for entry in READ:
        changed = [
            other
            for place in reversed(places)
            for number in numbers_in(place)
            if entry.covers(place, *number.span())
            and (other := _told_otherwise(report, place, number)) != report
        ][:9]
        assert not changed or any(_rows(other, card) != known for other in changed), entry
        seen += bool(changed)
    assert seen > 12


def _rows(report: str, card: str) -> list:
    return everything(report, card).rows


def _told_otherwise(report: str, place: Place, number: re.Match[str]) -> str:
    """Return the report with another first digit in the last text that is the same."""
    at = number.start() + re.search(r"\d", number.group()).start()
    digit = "3" if place.text[at] != "3" else "4"
    other = place.text[:at] + digit + place.text[at + 1 :]
    start = report.index(f"### {place.section}\n") if place.section else 0
    if place.heading:
        start = report.index(f"#### {place.heading}\n", start)
    if place.column:
        start = report.find(f"| {place.row} |", start)
        return report[:start] + report[start:].replace(f"| {place.text} |", f"| {other} |", 1)
    return report[:start] + report[start:].replace(place.text, other, 1)


def test_page_and_pictures_have_no_number_that_the_text_lacks(folder: Path) -> None:
    text = (folder / "report.md").read_text()
    known = {one for place in read_markdown(text) for one in _numbers(place.text)}
    page = {
        one
        for place in read_page((folder / "report.html").read_text())
        for one in _numbers(place.text)
    }
    # Rounded to three digits, beside the whole number.
    assert {one for one in page - known if not re.fullmatch(r"\d[\d.]{0,3}[kM]?", one)} == set()
    assert not (folder / "figures" / "places.svg").exists()
    for path in (folder / "figures").iterdir():
        names = re.findall(r"<circle[^>]*>", path.read_text())
        assert len(names) < 200, f"{path.name} draws people"


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,.]*\d%?|\d%?", text))


def test_every_file_is_read_or_has_a_reason(folder: Path) -> None:
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {name for name in written if not any(re.fullmatch(one, name) for one in FILES)} == set()


def test_every_relation_of_the_publication_is_listed(demo_store: Store) -> None:
    with duckdb.connect(str(published_path(demo_store.warehouse)), read_only=True) as reader:
        found = {
            f"{schema}.{name}": columns
            for schema, name, columns in reader.execute(
                "select schema_name, table_name, list(column_name) from duckdb_columns()"
                " where not internal group by all"
            ).fetchall()
        }
    listed = {**IN_THE_REPORT, **NOT_PUBLISHED, **SAYS_NO_NUMBER}
    assert set(found) == set(listed)
    assert len(listed) == len(IN_THE_REPORT) + len(NOT_PUBLISHED) + len(SAYS_NO_NUMBER)
    # A row of a person is never published.
    of_people = {name for name, columns in found.items() if "user_id" in columns}
    assert of_people <= set(NOT_PUBLISHED)
    sections = {entry.section for entry in READ + HARMLESS}
    for name, section in IN_THE_REPORT.items():
        assert any(re.fullmatch(one, section) for one in sections), name


def test_every_command_is_listed() -> None:
    assert set(_commands(cli)) == set(COMMANDS)
    assert all(COMMANDS.values())


def _commands(group: click.Group, before: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        named = f"{before}{name}"
        inner = isinstance(command, click.Group)
        found += _commands(command, f"{named} ") if inner else [named]
    return found
