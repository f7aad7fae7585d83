"""Everything the reports say, in every language for which there are catalogues.

A catalogue is a gettext file named after its language, beside what it words: `en.po`, `fr.po`. All
files of a language are one catalogue, so that another language may come as a single file.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pipeline.reporting.kit.languages import DEFAULT_LANGUAGE, FOLDERS, languages
from pipeline.runtime.errors import InputError

# Among so many whole numbers there is every form of plural.
_PLURAL_SAMPLE = 200


class Catalogue:
    """The texts of one language, as one of the reports needs them.

    Parameters
    ----------
    language : str
        Of `languages()`.
    room : str
        The context of `text`: 'report' or 'exploration'.
    currency : str, optional
        That of all amounts, where it is known.

    Raises
    ------
    InputError
        For a language without a catalogue.

    Examples
    --------
    >>> Catalogue("fr", "report").text("fewer", minimum=10)
    'moins de 10'
    >>> Catalogue("en", "report", currency="EUR").text("value_axis_revenue")
    'mean, in EUR'
    >>> report = Catalogue("en", "report")
    >>> report.label("revenue"), report.label("a_new_feature")
    ('Revenue', 'A new feature')
    >>> Catalogue("fr", "exploration").counted("days", 1.5, days="1,5")
    '1,5 jour'
    """

    def __init__(self, language: str, room: str, *, currency: str | None = None) -> None:
        if language not in languages():
            known = " and ".join(languages())
            raise InputError(f"The language {language!r} is not known: choose between {known}.")
        self.language, self.room = language, room
        self._messages = _messages(language, tuple(FOLDERS))
        self._filled: dict[str, object] = {}
        if room == "report":
            known_as = "currency_known" if currency else "currency_unknown"
            self._filled = {"in_currency": self.text(known_as, currency=currency)}

    def find(self, room: str, key: str) -> str | None:
        """Return a text with its `{places}` empty, None where there is none."""
        return self._messages.pgettext(room, key) or None

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the room, its `{places}` filled in."""
        return self.of(self.room, key, **values)

    def of(self, room: str, key: str, /, **values: object) -> str:
        """Return a text of any room, its `{places}` filled in."""
        found = self.find(room, key)
        if found is None:
            raise KeyError(f"{room}: {key}")
        return found.format(**self._filled | values)

    def counted(self, key: str, count: float, /, **values: object) -> str:
        """Return a text of the room in the form that a number takes, its `{places}` filled in."""
        return self.counted_of(self.room, key, count, **values)

    def counted_of(self, room: str, key: str, count: float, /, **values: object) -> str:
        """Return a text of any room in the form that a number takes."""
        found = self._messages.npgettext(room, key, key, _plural_sample(self.language, count))
        if not found:
            raise KeyError(f"{room}: {key}")
        return found.format(**self._filled | values)

    def known(self, prefix: str, code: str, /, **values: object) -> str:
        """Return the text `<prefix>_<code>`, or the code in plain letters when it is unknown."""
        key = f"{prefix}_{code}"
        if self.find(self.room, key) is None:
            return code.replace("_", " ")
        return self.text(key, **values)

    def label(self, feature: str) -> str:
        """Return what a feature is called."""
        return self.find("feature", f"{feature}.label") or _plain(feature)

    def entry(self, feature: str) -> tuple[str, str, str]:
        """Return label, unit and meaning of a feature; unit and meaning are empty when unknown."""
        unit, meaning = (self.find("feature", f"{feature}.{of}") for of in ("unit", "meaning"))
        return self.label(feature), unit or "", meaning or ""

    def input(self, column: str) -> tuple[str, str]:
        """Return label and question of a column that the model reads."""
        label, question = (self.find("input", f"{column}.{of}") for of in ("label", "question"))
        return label or _plain(column), question or ""


class _Nothing(gettext.NullTranslations):
    """The end of the chain: a key that no catalogue has is not text."""

    def pgettext(self, *_: object) -> str:
        return ""

    def npgettext(self, *_: object) -> str:
        return ""


@cache
def _messages(language: str, folders: tuple[Path, ...]) -> gettext.NullTranslations:
    """Return all files of a language as one catalogue that falls back on English."""
    chain: gettext.NullTranslations = _Nothing()
    for wanted in dict.fromkeys((DEFAULT_LANGUAGE, language)):
        for path in _files(wanted, folders):
            own = _read(path, wanted)
            own.add_fallback(chain)
            chain = own
    return chain


def _files(language: str, folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.rglob(f"{language}.po"))


def _read(path: Path, language: str) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def _plural_sample(language: str, count: float) -> int:
    """Return a whole number that takes the form of a number: 1.5 is one in French, not in English.

    The rule in a gettext file is for whole numbers only.
    """
    if float(count).is_integer():
        return abs(int(count))
    form = Locale.parse(language).plural_form
    wanted = form(Decimal(str(count)))
    return next((whole for whole in range(_PLURAL_SAMPLE) if form(whole) == wanted), 0)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
