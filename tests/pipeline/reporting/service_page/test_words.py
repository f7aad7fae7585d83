"""The texts of the page of the service."""

from __future__ import annotations

import re

import pytest
import yaml

from pipeline.exports.request import LIFECYCLE_STATES
from pipeline.reporting.kit.languages import languages
from pipeline.reporting.service_page.words import REASONS, STATES, page_words
from tests.catalogues import texts
from tests.conftest import ROOT

PAGE = ROOT / "pipeline" / "service" / "page"


@pytest.mark.parametrize("language", languages())
def test_the_page_has_every_text_that_it_asks_for(language: str) -> None:
    words = page_words(language)
    assert all(words.values())
    script = (PAGE / "page.js").read_text()
    template = (PAGE / "page.html.j2").read_text()
    listed = re.findall(r"const SHOWN = \[(.*?)\];", script, re.DOTALL)
    listed += re.findall(r"for key in \((.*?)\)", template)
    asked = set(re.findall(r'say\("(\w+)"', script)) | set(re.findall(r"words\.(\w+)", template))
    asked |= {name for names in listed for name in re.findall(r'"(\w+)"', names)}
    assert asked <= words.keys()
    codes = {key for key in words if key.startswith(("state_", "reason_", "refused_"))}
    assert words.keys() - codes == asked
    assert texts(language, "service_page").keys() <= words.keys()


def test_every_state_and_every_reason_has_words() -> None:
    assert set(STATES) == set(LIFECYCLE_STATES)
    folder = ROOT / "dbt_project" / "models" / "marts" / "users"
    models = yaml.safe_load((folder / "_users__models.yml").read_text())["models"]
    labels = next(model for model in models if model["name"] == "user_segments")["columns"]
    tests = next(one for one in labels if one["name"] == "unsegmented_reason")["data_tests"]
    values = next(one["accepted_values"] for one in tests if "accepted_values" in one)
    assert set(REASONS) == set(values["arguments"]["values"])
