"""The commands that write what people and officers may ask for: an answer, a record."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from pathlib import Path

from pipeline.commands.privacy import named_people
from pipeline.privacy.access import answer
from pipeline.privacy.person_files import ANSWERS
from pipeline.privacy.processing import processing
from pipeline.reporting.kit.files import as_markdown, as_page
from pipeline.reporting.kit.languages import languages
from pipeline.reporting.people.answer import answer_page
from pipeline.reporting.people.record import record_of_processing
from pipeline.runtime.errors import InputError
from pipeline.runtime.private_files import replace_files
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import project_settings
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.lock import run_lock


def export(settings: RunSettings, reporter: Reporter, ids: Sequence[str]) -> None:
    """Write everything that is held about one person, for machines and as a page in each language.

    The names of the files say nothing of whom they are about.

    Raises
    ------
    InputError
        Not one person is named, or there is no warehouse.
    """
    named = named_people(ids, None)
    if len(named) != 1:
        raise InputError("An answer is for one person: give one id.")
    with run_lock(settings.warehouse):
        found = answer(settings.warehouse, named[0])
    name = f"answer-{secrets.token_hex(4)}"
    contents = {f"{name}.json": json.dumps(found, indent=2, ensure_ascii=False).encode()}
    for language in languages():
        contents[f"{name}.{language}.html"] = answer_page(found, language).encode()
    folder = settings.reports / ANSWERS
    replace_files(folder, contents)
    for file in contents:
        reporter.say(f"Written: {folder / file}.")


def record(settings: RunSettings, reporter: Reporter) -> None:
    """Write the record of processing, as a page and as Markdown, in every language.

    Raises
    ------
    InputError
        There is no warehouse.
    """
    facts = processing(settings.warehouse, settings.reports)
    project = project_settings(overrides=settings.variables)
    contents: dict[str, bytes] = {}
    for language in languages():
        document = record_of_processing(facts, project, language)
        contents[f"record.{language}.html"] = as_page(document, {}).encode()
        contents[f"record.{language}.md"] = as_markdown(document, {}, {}).encode()
    folder: Path = settings.reports / "record"
    replace_files(folder, contents)
    for file in contents:
        reporter.say(f"Written: {folder / file}.")
