"""The record of processing says what the warehouse holds, and what the settings will remove."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.privacy.processing import Processing
from pipeline.reporting.kit.files import as_markdown
from pipeline.reporting.people.record import record_of_processing
from pipeline.runtime.project_settings import project_settings

FACTS = Processing(
    warehouse="shop.duckdb",
    user_count=12,
    event_count=34,
    first_date=date(2019, 10, 1),
    last_date=date(2019, 12, 31),
    are_pseudonyms=True,
    has_session_ids=True,
    has_category_codes=True,
    recipients={"marts.campaign_members": 5},
    erased_count=1,
    objection_count=2,
    logged_count=3,
    open_files=("shop.duckdb",),
)


@pytest.mark.parametrize(
    ("language", "kept", "dropped", "due"),
    [
        ("en", "Ids of visits are kept.", "are not kept: a number", "The next run removes what"),
        ("fr", "Les identifiants de visite sont conservés.", "ne sont pas conservés",
         "La prochaine exécution supprime ce que"),
    ],
)  # fmt: skip
def test_it_tells_what_is_held_whatever_the_settings_say(language, kept, dropped, due) -> None:
    settings = project_settings()
    less = replace(settings, keep_session_ids=False, columns_not_kept=("category_code",))

    def said(facts: Processing, settings: object) -> str:
        return as_markdown(record_of_processing(facts, settings, language), {}, {})

    now = said(FACTS, settings)
    assert kept in now
    assert due not in now
    # A setting that no run has seen yet.
    not_yet = said(FACTS, less)
    assert kept in not_yet
    assert not_yet.count(due) == 2
    reduced = said(replace(FACTS, has_session_ids=False, has_category_codes=False), less)
    assert dropped in reduced
    assert due not in reduced
