"""Every language says everything, with the same places to fill in; another needs only a file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline.reporting.exploration.raw_columns import EVENT_TYPES, OTHER
from pipeline.reporting.kit import catalogue, languages
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.segment_report.features import FEATURES, OTHER_FEATURES
from pipeline.runtime.errors import InputError
from tests.catalogues import duplicates, forms, key_of, messages, places, texts

ROOT = Path(__file__).resolve().parents[4]
REPORTING = ROOT / "pipeline" / "reporting"

# Asked for by what the warehouse holds, in words that no module spells out.
PUT_TOGETHER = {
    *("far_above", "far_below", "well_above", "well_below"),
    *("experiment_everybody_responds", "experiment_not_measured"),
}


def test_every_language_has_the_same_texts_once() -> None:
    english = {key_of(one) for one in messages("en")}
    assert len(english) > 1_000
    for language in languages.languages():
        assert {key_of(one) for one in messages(language)} == english, language
        assert duplicates(language) == set(), language


def test_every_language_fills_the_same_places() -> None:
    expected = {key_of(one): set().union(*map(places, forms(one))) for one in messages("en")}
    for language in languages.languages():
        for one in messages(language):
            assert all(forms(one)), (language, key_of(one))
            # "A gap" needs no number, "3 gaps" does.
            found = set().union(*map(places, forms(one)))
            assert found == expected[key_of(one)], (language, key_of(one))


def test_no_sentence_was_left_in_english() -> None:
    english = {key_of(one): forms(one) for one in messages("en")}
    for one in messages("fr"):
        if forms(one) == english[key_of(one)]:
            assert len(forms(one)[0].split()) <= 3, key_of(one)


def test_french_has_firm_spaces_and_english_none_before_a_percent_sign() -> None:
    for one in messages("fr"):
        assert not any(re.search(r" [:;?!%»]|« ", form) for form in forms(one)), key_of(one)
    for one in messages("en"):
        assert not any(re.search(r"\d %", form) for form in forms(one)), key_of(one)


def _source() -> Iterator[ast.AST]:
    for path in REPORTING.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _used_patterns() -> re.Pattern[str]:
    """Return a pattern of all keys that the code may ask for; values may be anything."""
    found = {
        word
        for path in REPORTING.rglob("*.j2")
        for word in re.findall(r"['\"]([\w.]+)['\"]", path.read_text(encoding="utf-8"))
    }
    patterns = {rf"{word}\w+" if word.endswith("_") else re.escape(word) for word in found}
    for node in _source():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            patterns |= {re.escape(word) for word in node.value.split() if len(node.value) < 200}
        if isinstance(node, ast.JoinedStr):
            parts = [one.value if isinstance(one, ast.Constant) else None for one in node.values]
            if re.search(r"\w\w", "".join(str(part) for part in parts if part).replace("_", "")):
                patterns.add("".join(r"\w+" if one is None else re.escape(one) for one in parts))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "known":
            first = node.args[0]
            if isinstance(first, ast.Constant):
                patterns.add(rf"{first.value}_\w+")
    sections = {
        node.value.value
        for node in _source()
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "key"
        and isinstance(node.value, ast.Constant)
    }
    return re.compile(f"((?:{'|'.join(sections)})_)?(?:{'|'.join(sorted(patterns))})")


def test_every_text_is_used() -> None:
    used = _used_patterns()
    unused = {
        key_of(one)[1]
        for one in messages("en")
        if one.context in {"report", "exploration", "segment", "rule"}
        and not used.fullmatch(key_of(one)[1])
    }
    assert unused == PUT_TOGETHER


def test_features_inputs_reasons_and_event_types_have_words() -> None:
    report, exploration = Catalogue("en", "report"), texts("en", "exploration")
    macro = (ROOT / "dbt_project" / "macros" / "rules" / "rejection_reason.sql").read_text()
    reasons = set(re.findall(r"then '(\w+)'", macro))
    assert reasons
    for reason in reasons:
        assert report.find("report", f"reason_{reason}"), reason
        assert f"reason_{reason}" in exploration
    assert {f"type_{kind}" for kind in (*EVENT_TYPES, OTHER)} <= exploration.keys()
    labels = {key.removesuffix(".label") for key in texts("en", "feature") if "label" in key}
    assert labels == {*FEATURES, *OTHER_FEATURES}
    path = ROOT / "dbt_project" / "models" / "marts" / "users" / "_users__models.yml"
    models = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    columns = next(one["columns"] for one in models if one["name"] == "segment_inputs")
    unnamed = {one["name"] for one in columns if report.input(one["name"])[1] == ""}
    assert unnamed == {"user_id", "is_eligible", "is_automatic"}


def test_every_profiled_feature_has_words() -> None:
    macro = (ROOT / "dbt_project" / "macros" / "features" / "profile_features.sql").read_text()
    assert set(re.findall(r"'(\w+)'", macro)) == FEATURES.keys()


def test_what_is_not_known_is_said_in_plain_letters() -> None:
    words = Catalogue("fr", "report")
    assert words.known("reason", "torn_page") == "torn page"
    assert words.label("new_count") == "New count"
    assert words.entry("new_count") == ("New count", "", "")
    assert words.input("log_new_count") == ("Log new count", "")
    with pytest.raises(KeyError, match="no_such_key"):
        words.text("no_such_key")


def test_plurals_follow_the_language() -> None:
    english, french = Catalogue("en", "exploration"), Catalogue("fr", "exploration")
    for count, one, other in [
        (0, "0 days", "0 jour"),
        (1, "1 day", "1 jour"),
        (1.5, "1.5 days", "1.5 jour"),
        (2, "2 days", "2 jours"),
    ]:
        assert english.counted("days", count, days=count) == one
        assert french.counted("days", count, days=count) == other


def test_another_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"'de' is not known: choose between en and fr\."):
        Catalogue("de", "report")


POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20)"
" ? 1 : 2);\\n"

msgctxt "exploration"
msgid "days"
msgid_plural "days"
msgstr[0] "{days} dzień"
msgstr[1] "{days} dni"
msgstr[2] "{days} dni"

msgctxt "report"
msgid "segments"
msgstr "Segmenty"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of a few texts, in a folder of its own."""
    (tmp_path / "pl.po").write_text(POLISH.strip(), encoding="utf-8")
    folders = [*languages.FOLDERS, tmp_path]
    for module in (languages, catalogue):
        monkeypatch.setattr(module, "FOLDERS", folders)


@pytest.mark.usefixtures("polish")
def test_another_language_needs_a_file_and_falls_back_on_english() -> None:
    assert languages.languages() == ["en", "fr", "pl"]
    assert Catalogue("pl", "exploration").counted("days", 1, days=1) == "1 dzień"
    report = Catalogue("pl", "report")
    assert report.text("segments") == "Segmenty"
    assert report.text("fewer", minimum=10) == "fewer than 10"
