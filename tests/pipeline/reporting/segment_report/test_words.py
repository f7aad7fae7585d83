"""Both languages say everything, with the same places to fill in."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml

from pipeline.reporting.locales.glossary_english import GLOSSARY_ENGLISH, INPUTS_ENGLISH
from pipeline.reporting.locales.glossary_french import GLOSSARY_FRENCH, INPUTS_FRENCH
from pipeline.reporting.segment_report.features import FEATURES, OTHER_FEATURES
from pipeline.reporting.segment_report.words import CATALOGUES, Words
from pipeline.runtime.errors import InputError

ROOT = Path(__file__).resolve().parents[4]
ENGLISH, FRENCH = (CATALOGUES[language][0] for language in ("en", "fr"))
# The same in both languages, rightly.
SHARED = {
    "certainty_legend",
    "choice_calinski_harabasz",
    "choice_davies_bouldin",
    "choice_silhouette_name",
    "choice_spread",
    "choice_stable",
    "choice_verdict",
    "drift_psi",
    "reading_ln",
    "segment",
    "tile_segments",
    "total",
    "trial_months_enough",
    "worth_boosting",
    "worth_history_cell",
    "worth_share",
}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_texts() -> None:
    assert ENGLISH.keys() == FRENCH.keys()
    assert {key for key in ENGLISH if places(ENGLISH[key]) != places(FRENCH[key])} == set()


def test_no_text_was_left_in_english() -> None:
    assert {key for key in ENGLISH if ENGLISH[key] == FRENCH[key]} == SHARED


def test_both_languages_know_the_same_features() -> None:
    assert GLOSSARY_ENGLISH.keys() == GLOSSARY_FRENCH.keys() == {*FEATURES, *OTHER_FEATURES}
    assert INPUTS_ENGLISH.keys() == INPUTS_FRENCH.keys()


def test_every_profiled_feature_has_words() -> None:
    macro = (ROOT / "dbt_project" / "macros" / "features" / "profile_features.sql").read_text()
    assert set(re.findall(r"'(\w+)'", macro)) == FEATURES.keys()


def test_every_column_the_model_may_read_has_words() -> None:
    models = yaml.safe_load(
        (ROOT / "dbt_project" / "models" / "marts" / "users" / "_users__models.yml").read_text()
    )["models"]
    columns = next(one["columns"] for one in models if one["name"] == "segment_inputs")
    names = {column["name"] for column in columns}
    assert names - INPUTS_ENGLISH.keys() == {"user_id", "is_eligible", "is_automatic"}


def test_every_reason_to_refuse_has_words() -> None:
    macro = (ROOT / "dbt_project" / "macros" / "rules" / "rejection_reason.sql").read_text()
    reasons = set(re.findall(r"then '(\w+)'", macro))
    assert reasons
    assert {f"reason_{name}" for name in reasons} <= ENGLISH.keys()


def test_french_has_firm_spaces() -> None:
    words = Words("fr")
    for key in FRENCH:
        filled = dict.fromkeys(places(FRENCH[key]), "x")
        assert not re.search(r" [:;?!%»]|« ", words.text(key, **filled)), key


def test_english_has_no_space_before_a_percent_sign() -> None:
    assert Words("en").typeset("less than 10 % nearer") == "less than 10% nearer"


def test_what_is_not_known_is_said_in_plain_letters() -> None:
    words = Words("fr")
    assert words.known("reason", "torn_page") == "torn page"
    assert words.label("new_count") == "New count"
    assert words.entry("new_count") == ("New count", "", "")
    assert words.input("log_new_count") == ("Log new count", "")


def test_another_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"'de' is not known: choose between en and fr\."):
        Words("de")
