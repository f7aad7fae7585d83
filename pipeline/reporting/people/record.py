"""The record of processing (Art. 30) in words, from facts and settings alone."""

from __future__ import annotations

from pipeline.privacy.processing import Processing
from pipeline.reporting.kit.blocks import Bullets
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.document import Chapter, Document, Part
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.runtime.project_settings import ProjectSettings


def record_of_processing(facts: Processing, settings: ProjectSettings, language: str) -> Document:
    """Return the record in one language."""
    words = Catalogue(language, "people")
    said = {
        "purposes": tuple(map(words.text, ("purpose_segments", "purpose_figures", "not_for"))),
        "data": _data(facts, settings, words),
        "retention": (_retention(settings, words),),
        "recipients": _recipients(facts, words),
        "measures": _measures(facts, settings, words),
    }
    parts = tuple(
        Part(key, words.text(f"{key}_title"), (Bullets(items),)) for key, items in said.items()
    )
    lead = words.text("record_lead", warehouse=facts.warehouse)
    return Document(language, words.text("record_title"), (Chapter("", "", parts),), lead=lead)


def _data(facts: Processing, settings: ProjectSettings, words: Catalogue) -> tuple[str, ...]:
    numbers = NumberFormat(words.language)
    period = words.text("no_events")
    if facts.first_date and facts.last_date:
        period = words.text(
            "period",
            count=numbers.integer(facts.event_count),
            first=facts.first_date.isoformat(),
            last=facts.last_date.isoformat(),
        )
    return (
        words.text("people_count", count=numbers.integer(facts.user_count)),
        period,
        words.text("data_kept"),
        words.text("ids_pseudonyms" if facts.are_pseudonyms else "ids_raw"),
        words.text("sessions_kept" if facts.has_session_ids else "sessions_dropped"),
        *_not_yet(facts, settings, words),
    )


def _not_yet(facts: Processing, settings: ProjectSettings, words: Catalogue) -> tuple[str, ...]:
    """What the settings no longer keep and the next run removes."""
    is_due = {
        "keep_session_ids": facts.has_session_ids and not settings.keep_session_ids,
        "columns_not_kept": facts.has_category_codes
        and "category_code" in settings.columns_not_kept,
    }
    return tuple(words.text("due", setting=name) for name, is_it in is_due.items() if is_it)


def _retention(settings: ProjectSettings, words: Catalogue) -> str:
    if settings.retention_months is None:
        return words.text("retention_all")
    return words.text("retention_months", count=settings.retention_months)


def _recipients(facts: Processing, words: Catalogue) -> tuple[str, ...]:
    numbers = NumberFormat(words.language)
    listed = tuple(
        words.text("recipients_relation", relation=name, count=numbers.integer(count))
        for name, count in facts.recipients.items()
        if count
    )
    return listed or (words.text("recipients_none"),)


def _measures(facts: Processing, settings: ProjectSettings, words: Catalogue) -> tuple[str, ...]:
    numbers = NumberFormat(words.language)
    open_files = ", ".join(facts.open_files)
    return (
        words.text("measure_open", files=open_files) if open_files else words.text("measure_files"),
        words.text("measure_groups", count=settings.min_group_size, mode=settings.disclosure),
        words.text("measure_erased", count=numbers.integer(facts.erased_count)),
        words.text("measure_objections", count=numbers.integer(facts.objection_count)),
        words.text("measure_log", count=numbers.integer(facts.logged_count)),
    )
