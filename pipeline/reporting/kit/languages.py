"""For which languages there are catalogues; apart, so that the command line need not read any."""

from __future__ import annotations

from functools import cache
from pathlib import Path

#: Where catalogues are looked for, and below.
FOLDERS = [Path(__file__).resolve().parents[1]]
#: The language of a text that a catalogue lacks.
DEFAULT_LANGUAGE = "en"


def languages() -> list[str]:
    """Return the languages for which there are catalogues, English first."""
    return list(_languages_below(tuple(FOLDERS)))


@cache
def _languages_below(folders: tuple[Path, ...]) -> tuple[str, ...]:
    found = {path.stem for folder in folders for path in folder.rglob("*.po")}
    return tuple(sorted(found, key=lambda language: (language != DEFAULT_LANGUAGE, language)))
