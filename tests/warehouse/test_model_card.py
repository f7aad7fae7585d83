"""Every number of the model card is what a query on the warehouse gives, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from tests.conftest import Store
from tests.every_number.check import NUMBER, Answers, faults
from tests.every_number.claims.card import CARD_CLAIMS, CARD_WORDS
from tests.every_number.printed import Place, read_markdown
from tests.every_number.views import open_for_claims
from tests.warehouse.test_every_number import _as_english, _sorted

pytestmark = pytest.mark.slow

POLICIES = (Policy(10), Policy(60, is_public=True))


@pytest.fixture(scope="module")
def claims(demo_store: Store):
    answers = open_for_claims(demo_store.warehouse)
    yield answers
    answers.connection.close()


def _places(card: str) -> list[Place]:
    """Return the texts of a card by its parts, which in a report are sections of chapters."""
    return read_markdown(card.replace("\n## ", "\n### "))


@pytest.mark.parametrize("policy", POLICIES, ids=str)
def test_every_number_is_claimed_by_a_query_and_agrees_with_it(
    demo_store: Store, tmp_path, claims: Answers, policy: Policy
) -> None:
    files = write_report(demo_store.warehouse, tmp_path, policy=policy)
    places = _places(files.model_card.read_text())
    assert faults(places, claims, policy, CARD_CLAIMS, CARD_WORDS) == []
    parts = {place.section for place in places}
    assert parts == {
        "", "Model", "Data", "Features", "Method", "Metrics", "Limits", "Intended use", "Misuse",
        "Privacy",
    }  # fmt: skip
    # A number that were another would be found.
    changed = [
        replace(
            place, text=re.sub(r"\d", lambda one: str((int(one[0]) + 5) % 10), place.text, count=1)
        )
        for place in places
        if re.search(NUMBER, place.text)
        and place.column not in ("Metric", "Feature")
        and place.section != "Privacy"
    ]
    assert len(changed) > 30
    for place in changed:
        assert faults([place], claims, policy, CARD_CLAIMS, CARD_WORDS), place


def test_the_french_card_has_the_same_numbers(demo_store: Store, tmp_path) -> None:
    english = write_report(demo_store.warehouse, tmp_path)
    french = write_report(demo_store.warehouse, tmp_path, language="fr")
    assert french.model_card == tmp_path / "model_card.fr.md"
    pairs = zip(
        _places(english.model_card.read_text()),
        _places(_as_english(french.model_card)),
        strict=True,
    )
    assert [pair for pair in pairs if len({*map(_sorted, pair)}) > 1] == []


def test_the_card_stands_beside_the_report_and_names_nobody(demo_store: Store) -> None:
    card = demo_store.reports / "model_card.md"
    users = {str(user) for (user,) in demo_store.query("select user_id from marts.user_features")}
    assert not users & set(re.findall(r"\d{6,}", card.read_text()))
    assert oct(card.stat().st_mode)[-3:] == "600"
