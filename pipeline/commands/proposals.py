"""What `explore` says of files whose columns are not known: settings that read them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pipeline.ingest import COLUMNS
from pipeline.ingest.checked_settings import reading_settings
from pipeline.ingest.discovery import InputFile, discover
from pipeline.ingest.files_to_load import FileToLoad
from pipeline.ingest.headers import read_layout
from pipeline.ingest.proposals import Head, as_yaml, not_found, preset_for, propose, read_head
from pipeline.reporting.exploration import ExploredFile, MappedColumn, write_mapping
from pipeline.runtime.errors import InputError
from pipeline.runtime.private_files import replace_files
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import (
    PRESETS,
    likely_event_types,
    preset_variables,
)
from pipeline.runtime.settings import RunSettings

_FILE = "proposed_settings.yml"
# A header that has fewer of the needed columns is no header of events.
_MOST_MISSING = 2


def propose_settings(settings: RunSettings, reporter: Reporter) -> bool:
    """Print settings for the files that cannot be read as they are; tell whether there are any.

    They are written to `exploration/proposed_settings.yml` below the reports as well, which
    `--preset` takes as it is.
    """
    heads = _unknown_heads(settings)
    presets = {path: preset_variables(path.stem) for path in sorted(PRESETS.glob("*.yml"))}
    for file, head in heads.items():
        if (preset := preset_for(head, presets)) is not None:
            reporter.say(
                f"{file.source_file} has the columns of a preset: run again with"
                f" --preset {preset.stem}."
            )
            return True
    likely = likely_event_types()
    proposals = {file: propose(head, likely) for file, head in heads.items()}
    missing = {file: not_found(proposals[file], head) for file, head in heads.items()}
    events = [file for file in heads if len(missing[file]) <= _MOST_MISSING]
    if not events:
        return False
    best = min(events, key=lambda file: (len(missing[file]), file.source_file))
    others = [os.path.basename(file.source_file) for file in heads if file not in events]  # noqa: PTH119
    proposed = proposals[best] | ({"other_files": others} if others else {})
    text = as_yaml(proposed, missing[best])
    folder = settings.reports / "exploration"
    replace_files(folder, {_FILE: text.encode()})
    page = write_mapping(
        [_unread(file, heads[file], proposals[file]) for file in events],
        folder,
        language=settings.language,
    )
    reporter.say(
        f"{best.source_file} may be read with these settings: look at each, then paste them into"
        f" vars in dbt_project.yml, or run again with --preset {folder / _FILE}. The columns of all"
        f" files are in {page}."
    )
    print(text, end="")
    return True


def _unread(file: InputFile, head: Head, proposed: Mapping[str, Any]) -> ExploredFile:
    """Return a file that cannot be read, and as what each of its columns might be."""
    roles = {theirs: ours for ours, theirs in proposed["columns"].items()}
    roles |= {name: name for name in head.names if name in COLUMNS and name not in roles}
    mapping = tuple(MappedColumn(name, proposal=roles.get(name)) for name in head.names)
    return ExploredFile(file.source_file, file.size_bytes, 0, head.names, mapping)


def mapped_columns(entry: FileToLoad, likely: Mapping[str, list[str]]) -> tuple[MappedColumn, ...]:
    """Return as what the columns of a file are read, and what those that are ignored may be."""
    layout = entry.layout
    roles = {place: ours for ours, place in layout.positions.items() if place >= 0}
    proposed = _proposed_roles(entry, likely) if len(roles) < len(layout.names) else {}
    taken = set(roles.values())
    return tuple(
        MappedColumn(
            name,
            roles.get(place),
            None if place in roles or proposed.get(name) in taken else proposed.get(name),
        )
        for place, name in enumerate(layout.names)
    )


def _proposed_roles(entry: FileToLoad, likely: Mapping[str, list[str]]) -> dict[str, str]:
    try:
        head = read_head(entry.file) if entry.file.kind == "csv" else None
    except InputError:
        head = None
    if head is None:
        return {}
    return {theirs: ours for ours, theirs in propose(head, likely)["columns"].items()}


def _unknown_heads(settings: RunSettings) -> dict[InputFile, Head]:
    """Return the heads of the text files that cannot be read with the settings as they are."""
    reading = reading_settings(overrides=settings.variables)
    heads: dict[InputFile, Head] = {}
    for file in discover(settings.datasets):
        try:
            read_layout(file, reading)
        except InputError:
            try:
                heads |= {file: read_head(file)} if file.kind == "csv" else {}
            except InputError:
                continue
    return heads
