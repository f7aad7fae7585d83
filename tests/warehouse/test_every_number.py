"""Every number of the report is what a query on the warehouse gives, whoever reads it.

A number that no claim in `tests/every_number/claims` speaks of fails too: give it one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from tests.every_number.check import NUMBER, Answers, faults
from tests.every_number.claims import CLAIMS, WORDS
from tests.every_number.printed import Place, read_markdown, read_page
from tests.every_number.views import open_for_claims

pytestmark = pytest.mark.slow

# At 10 a few counts of this store are small, at 60 whole groups of buyers are; at 1 nothing is
# hidden, clipping bounds included, which at 10 only a store of 2,000 training customers shows.
POLICIES = [Policy(size, is_public) for size in (10, 60) for is_public in (False, True)]
POLICIES.append(Policy(1))


@pytest.fixture(scope="module")
def claims(demo_store) -> Iterator[Answers]:
    answers = open_for_claims(demo_store.warehouse)
    yield answers
    answers.connection.close()


@pytest.fixture(scope="module")
def texts(demo_store, tmp_path_factory) -> dict[Policy, tuple[str, str]]:
    """The report, in Markdown and as a page, for every kind of reader."""
    found = {}
    for policy in POLICIES:
        folder = tmp_path_factory.mktemp("report")
        files = write_report(demo_store.warehouse, folder, policy=policy)
        found[policy] = files.markdown.read_text(), files.html.read_text()
    return found


@pytest.mark.parametrize("policy", POLICIES, ids=str)
def test_every_number_is_claimed_by_a_query_and_agrees_with_it(claims, texts, policy) -> None:
    markdown, page = texts[policy]
    for places in (read_markdown(markdown), read_page(page)):
        assert len(numbers(places)) > 500
        assert faults(places, claims, policy, CLAIMS, WORDS) == []


def numbers(places: list[Place]) -> list[tuple[Place, re.Match[str]]]:
    """Return every number that is no part of words that hold one, with its place."""
    return [
        (place, match)
        for place in places
        for match in re.finditer(NUMBER, place.text)
        if not any(
            word.start() <= match.start() and match.end() <= word.end()
            for words in WORDS
            for word in re.finditer(words, place.text)
        )
    ]


def test_a_number_that_were_another_would_be_found(claims, texts) -> None:
    """Of every fifth number the first digit is changed, one at a time.

    But of the headings of columns, by which the cells below are looked up.
    """
    places = read_markdown(texts[POLICIES[0]][0])
    columns = {place.column for place in places}
    missed = []
    for place, match in numbers([one for one in places if one.text not in columns])[::5]:
        at = match.start() + re.search(r"\d", match.group()).start()
        digit = str((int(place.text[at]) + 5) % 10)
        changed = replace(place, text=place.text[:at] + digit + place.text[at + 1 :])
        if not faults([changed], claims, POLICIES[0], CLAIMS, WORDS):
            missed.append(changed)
    assert missed == []


def test_a_number_that_is_new_or_hidden_without_need_would_be_found(claims) -> None:
    policy = Policy(10)
    new = Place("The segments", "", "Of these, 17 moved.")
    assert "claimed by no query" in faults([new], claims, policy, CLAIMS, WORDS)[0]
    name = claims.rows("select min(segment_name) from labelled", {})[0][0]
    for column, text in (("Customers", "fewer than 10"), ("Revenue", "\u2013")):
        hidden = Place("The segments", "", text, name, column)
        assert "should be" in faults([hidden], claims, policy, CLAIMS, WORDS)[0]
    # To a reader in public more may be hidden.
    assert faults([hidden], claims, Policy(10, is_public=True), CLAIMS, WORDS) == []


@pytest.mark.parametrize("policy", POLICIES[:2], ids=str)
def test_the_french_report_has_the_same_numbers(demo_store, texts, tmp_path, policy) -> None:
    files = write_report(demo_store.warehouse, tmp_path, language="fr", policy=policy)
    english = read_markdown(texts[policy][0])
    french = read_markdown(_as_english(files.markdown))
    assert len(french) == len(english)
    differing = [
        pair for pair in zip(english, french, strict=True) if len({*map(_sorted, pair)}) > 1
    ]
    assert differing == []


def _as_english(report: Path) -> str:
    """Return a French report with its numbers and dates as the English one writes them."""
    text = re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", report.read_text())
    text = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    text = re.sub(r"(?<=\d)\u00a0(?=[%kM])|(?<=<)\u00a0", "", text)
    return re.sub(r"(?<=\d),(?=\d)", ".", text)


def _sorted(place: Place) -> tuple[str, ...]:
    return tuple(sorted(re.findall(NUMBER, place.text.replace(",", ""))))
