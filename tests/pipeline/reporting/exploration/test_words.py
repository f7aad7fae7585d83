import re
import string
from pathlib import Path

import pytest

from pipeline.reporting.exploration.columns import EVENT_TYPES, OTHER
from pipeline.reporting.exploration.english import ENGLISH
from pipeline.reporting.exploration.french import FRENCH
from pipeline.reporting.exploration.words import Words
from pipeline.runtime.errors import InputError


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys():
    assert list(ENGLISH) == list(FRENCH)


def test_both_languages_fill_the_same_places():
    for key, english in ENGLISH.items():
        assert places(english) == places(FRENCH[key]), key


@pytest.mark.parametrize("sign", ":;?!%")
def test_french_sets_a_firm_space_before_double_signs(sign):
    for key, text in FRENCH.items():
        assert not re.search(rf"[^\u00a0]{re.escape(sign)}", text), key


def test_every_event_type_and_refusal_has_words():
    macro = Path(__file__).parents[4] / "dbt_project" / "macros" / "rules" / "rejection_reason.sql"
    for code in re.findall(r"then '(\w+)'", macro.read_text()):
        assert f"reason_{code}" in ENGLISH
    for kind in (*EVENT_TYPES, OTHER):
        assert f"type_{kind}" in ENGLISH


def test_plurals_differ_at_zero_and_one():
    assert Words("en").counted("days", 0, days=0) == "0 days"
    assert Words("fr").counted("days", 0, days=0) == "0 jour"
    assert Words("en").counted("days", 1, days=1) == "1 day"
    assert Words("fr").counted("days", 2, days=2) == "2 jours"


def test_months_types_and_reasons():
    assert Words("fr").month("2019-08") == "août 2019"
    assert Words("en").sql_type("decimal(12,2)") == "decimal number"
    assert Words("en").sql_type("blob") == "blob"
    assert Words("fr").reason("missing_user") == "utilisateur absent"
    assert Words("fr").reason("brand_new_reason") == "brand new reason"


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="'de' is not known"):
        Words("de")
