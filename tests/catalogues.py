"""The catalogues as files, for tests that look at every text."""

from __future__ import annotations

import string
from collections import Counter

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from pipeline.reporting.kit.languages import FOLDERS


def messages(language: str) -> list[Message]:
    """Return every text of a language, from all its files."""
    found: list[Message] = []
    for folder in FOLDERS:
        for path in sorted(folder.rglob(f"{language}.po")):
            with path.open("rb") as file:
                found += [one for one in read_po(file, locale=language) if one.id]
    return found


def key_of(message: Message) -> tuple[str, str]:
    """Return the room of a text and its key."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return a text in its singular and its plurals."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def places(text: str) -> set[str]:
    """Return what has to be filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def texts(language: str, room: str) -> dict[str, str]:
    """Return the texts of a room by key, those with a plural in the last form."""
    return {
        key: forms(one)[-1]
        for one in messages(language)
        for context, key in [key_of(one)]
        if context == room
    }


def duplicates(language: str) -> set[tuple[str, str]]:
    """Return keys that stand in the files of a language more than once."""
    counts = Counter(key_of(one) for one in messages(language))
    return {key for key, count in counts.items() if count > 1}
