"""Every word of the report, in English and in French."""

from __future__ import annotations

import re

from pipeline.reporting.exploration.english import ENGLISH
from pipeline.reporting.exploration.french import FRENCH
from pipeline.runtime.errors import InputError

LANGUAGES = {"en": ENGLISH, "fr": FRENCH}


class Words:
    """The catalogue of one language.

    Parameters
    ----------
    language : str
        'en' or 'fr'.

    Raises
    ------
    InputError
        For any other language.

    Examples
    --------
    >>> Words("fr").text("type_cart")
    'ajout au panier'
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            known = " and ".join(LANGUAGES)
            raise InputError(f"The language {language!r} is not known: choose between {known}.")
        self.language = language
        self._catalogue = LANGUAGES[language]

    def text(self, key: str, /, **values: object) -> str:
        """Return a text, its `{places}` filled in."""
        return self._catalogue[key].format(**values)

    def counted(self, key: str, count: int, /, **values: object) -> str:
        """Return the singular (`<key>_one`) or plural (`<key>_many`) of a text.

        English says 0 rows and 1.5 rows, French « 0 ligne » and « 1,5 ligne ».
        """
        is_one = count == 1 if self.language == "en" else count < 2
        return self.text(f"{key}_{'one' if is_one else 'many'}", **values)

    def reason(self, code: str) -> str:
        """Return what a rejection code means, or the code in plain letters when it is unknown."""
        return self._catalogue.get(f"reason_{code}", code.replace("_", " "))

    def sql_type(self, type_name: str) -> str:
        """Return a type of the database in words, or its name when it is unknown."""
        return self._catalogue.get(f"kind_{re.split('[^a-z]', type_name)[0]}", type_name)

    def month(self, key: str) -> str:
        """Return 'yyyy-mm' in words."""
        year, month = key.split("-")
        return f"{self.text('months').split()[int(month) - 1]} {int(year)}"

    def weekdays(self) -> list[str]:
        """Return the seven days, from Monday."""
        return self.text("weekdays").split()
