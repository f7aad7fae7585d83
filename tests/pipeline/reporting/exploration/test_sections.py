"""A section of the exploration is one folder, and one name in the list of sections."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from pipeline.reporting.exploration import (
    ExploredFile,
    MappedColumn,
    sections,
    write_exploration,
    write_mapping,
)
from pipeline.reporting.exploration.facts import gather_facts
from pipeline.reporting.exploration.section import Facts
from pipeline.runtime.progress import QuietReporter
from tests.described_json import described_keys, described_maps, keys_of

from .stores import FIELDS, file_of, row, store

FOLDER = Path(sections.__file__).parent
USERS = 120
TIME = "2019-10-{:02} 08:{:02}:00 UTC"


def crowd() -> list[list[str]]:
    """120 users; user n has n % 7 + 1 views on as many days, and every third buys one piece."""
    rows = []
    for user in range(USERS):
        for day in range(user % 7 + 1):
            when, session = TIME.format(day + 1, user % 60), f"s{user}-{day}"
            rows.append(row(when, user=str(user), session=session, product=str(user)))
        if user % 3 == 0:
            later = TIME.format(1, (user + 5) % 60)
            price = f"{10 + user}.50"
            rows.append(row(later, "purchase", user=str(user), session=f"s{user}-0", price=price))
    return rows


@pytest.fixture(scope="module")
def facts(tmp_path_factory) -> Facts:
    # A purchase again; one that is refused; and one whose price is that of a torn line.
    rows = crowd()
    bought = next(one for one in rows if one[1] == "purchase")
    refused = [*bought[:7], "", bought[8]]
    return gather_facts(
        store([*rows, bought, refused]),
        [file_of(len(rows) + 2)],
        tmp_path_factory.mktemp("crowd"),
        is_synthetic=False,
        min_group_size=10,
        reporter=QuietReporter(),
    )


def test_every_folder_with_a_view_is_a_section() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/view.py")} == set(sections.FOLDERS)
    keys = [section.key for section in sections.all_sections()]
    assert len(set(keys)) == len(keys)


def test_every_section_has_its_heading_in_its_own_folder() -> None:
    for folder, section in zip(sections.FOLDERS, sections.all_sections(), strict=True):
        for language in ("en", "fr"):
            text = (FOLDER / folder / f"{language}.po").read_text(encoding="utf-8")
            assert f'msgid "{section.key}"\n' in text, folder


def test_what_cleaning_costs_in_money(facts: Facts) -> None:
    refusals, duplicates = facts.sections["refusals"], facts.sections["duplicates"]
    bought = sum(Decimal(f"{10 + user}.50") for user in range(0, USERS, 3))
    assert refusals.read_revenue == bought + 2 * Decimal("10.50")
    assert refusals.refused_revenue == Decimal("10.50")
    assert [(one.reason, one.revenue) for one in refusals.refusals] == [
        ("missing_user", Decimal("10.50"))
    ]
    assert (duplicates.key_count, duplicates.key_revenue) == (1, Decimal("10.50"))


def test_activity_and_sessions(facts: Facts) -> None:
    activity, found = facts.sections["activity"], facts.sections["sessions"]
    days = [user % 7 + 1 for user in range(USERS)]
    assert activity.days_per_user.count == USERS
    assert activity.days_per_user.mean == pytest.approx(np.mean(days))
    # The purchase is 5 minutes after the view, but where the minute passes the hour.
    minutes = [5.0 if user % 60 < 55 else 55.0 for user in range(0, USERS, 3)]
    sessions_without = sum(days) - len(minutes)
    assert found.minutes_per_session.count == sum(days)
    assert found.minutes_per_session.mean == pytest.approx(
        sum(minutes) / (len(minutes) + sessions_without)
    )
    assert found.minutes_per_session.maximum == 55


def test_correlations_are_those_of_logarithms(facts: Facts) -> None:
    found = {(one.first, one.second): one.value for one in facts.sections["correlations"]}
    views = np.log1p([user % 7 + 1 for user in range(USERS)])
    bought = [1 + (user == 0) if user % 3 == 0 else 0 for user in range(USERS)]
    expected = np.corrcoef(views, np.log1p(bought))[0, 1]
    assert found["view_count", "purchase_count"] == pytest.approx(expected, abs=1e-6)
    assert found["view_count", "day_count"] == pytest.approx(1)
    assert found["view_count", "cart_count"] is None  # nobody has a cart


def test_few_users_have_no_correlations(tmp_path) -> None:
    rows = [row(TIME.format(1, 0), user=str(user)) for user in range(99)]
    written = write_exploration(store(rows), [file_of(99)], tmp_path)
    assert json.loads(written.data.read_text())["correlations"] == []
    assert "Fewer than 100 users" in written.markdown.read_text()


def test_columns_are_mapped_and_those_that_are_ignored_get_a_proposal(tmp_path) -> None:
    mapping = (
        MappedColumn("event_time", role="event_time"),
        MappedColumn("qty", proposal="quantity"),
        MappedColumn("note <b>"),
    )
    files = [ExploredFile(name, 10, 0, FIELDS, mapping) for name in ("a.csv", "b.csv")]
    written = write_exploration(store([]), files, tmp_path)
    (group,) = json.loads(written.data.read_text())["mapping"]
    assert group["files"] == ["a.csv", "b.csv"]
    assert [(one["role"], one["proposal"]) for one in group["columns"]] == [
        ("event_time", None), (None, "quantity"), (None, None)
    ]  # fmt: skip
    page = written.html.read_text()
    assert "ignored; may be quantity" in page
    assert "note &lt;b&gt;" in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_files_that_cannot_be_read_have_a_page_of_proposals(tmp_path, language) -> None:
    mapping = (MappedColumn("InvoiceDate", proposal="event_time"), MappedColumn("Country"))
    file = ExploredFile("shop.csv", 10, 0, ("InvoiceDate", "Country"), mapping)
    page = write_mapping([file], tmp_path, language=language)
    assert page.name == ("exploration.html" if language == "en" else "exploration.fr.html")
    text = page.read_text()
    for said in ("shop.csv", "InvoiceDate", "event_time", "proposed_settings.yml"):
        assert said in text


def test_the_keys_of_the_json_are_those_that_are_described(tmp_path) -> None:
    # Hours without an event of 500 a day: a gap, so that every list has something.
    rows = [*crowd(), []]
    for day in range(1, 29):
        for place in range(120 if day != 15 else 1):
            when = f"2019-11-{day:02} {place % 24:02}:00:00 UTC"
            rows.append(row(when, user=str(place), product=str(place)))
    columns = (MappedColumn("event_time", role="event_time"),)
    file = ExploredFile("a.csv", 10, len(rows), FIELDS, columns)
    written = write_exploration(store(rows), [file], tmp_path)
    data = json.loads(written.data.read_text())
    assert keys_of(data, maps=described_maps("explore")) == described_keys("explore")
    maps = described_maps("distribution")
    overall = data["prices"]["overall"]
    found = {key for name, inner in overall.items() for key in {name} | keys_of(inner, name, maps)}
    assert found == described_keys("distribution")
    assert all(math.isfinite(value) for value in overall["quantiles"].values())
