"""The answer to a person in Chromium: who asks what is held may see badly, or use no mouse."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.reporting.people.answer import answer_page
from tests.browser.looks import faults_of

pytestmark = pytest.mark.slow

HELD = {
    "marts.user_features": [{"user_id": 7, "event_count": 12, "revenue": "19.90"}],
    "core.events": [
        {"occurred_at": dt.datetime(2019, 10, day), "event_type": "view", "price": "9.95"}
        for day in range(1, 20)
    ],
}


@pytest.mark.parametrize(
    ("held", "language"), [(HELD, "en"), (HELD, "fr"), ({}, "en")], ids=["en", "fr", "nothing"]
)
def test_it_opens_without_a_fault_and_is_for_everybody(
    browser: Browser, tmp_path: Path, held: dict, language: str
) -> None:
    found = {
        "held": held,
        "segment": None,
        "refused_lines": [{"source_file": "a.csv", "line": "2019,view,***"}] if held else [],
        "objects_to_profiling": False,
    }
    file = tmp_path / "answer.html"
    file.write_text(answer_page(found, language))
    with browser.new_page() as page:
        noise: list[str] = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("request", lambda request: noise.append(request.url))
        page.goto(file.as_uri())
        assert noise == [file.as_uri()]
        assert faults_of(page) == {}
