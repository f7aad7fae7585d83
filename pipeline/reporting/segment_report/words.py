"""Every word of the report, in English and in French."""

from __future__ import annotations

import re

from pipeline.reporting.locales.glossary_english import GLOSSARY_ENGLISH, INPUTS_ENGLISH
from pipeline.reporting.locales.glossary_french import GLOSSARY_FRENCH, INPUTS_FRENCH
from pipeline.reporting.segment_report.english import ENGLISH
from pipeline.reporting.segment_report.french import FRENCH
from pipeline.reporting.segment_report.sections import texts_of_sections
from pipeline.runtime.errors import InputError

CATALOGUES = {
    "en": (ENGLISH | texts_of_sections("en"), GLOSSARY_ENGLISH, INPUTS_ENGLISH),
    "fr": (FRENCH | texts_of_sections("fr"), GLOSSARY_FRENCH, INPUTS_FRENCH),
}
_IN_CURRENCY = {
    "en": ("in the currency of the files", "in {}"),
    "fr": ("dans la monnaie des fichiers", "en {}"),
}
_BEFORE_MARK = re.compile(r" (?=[:;?!%»])|(?<=«) |(?<=\d) (?=\d)")
_ENGLISH_PERCENT = re.compile(r"(?<=\d) %")


class Words:
    """The catalogue of one language.

    Parameters
    ----------
    language : str
        'en' or 'fr'.
    currency : str, optional
        That of all amounts, where it is known.

    Raises
    ------
    InputError
        For any other language.

    Examples
    --------
    >>> Words("fr").text("fewer", minimum=10)
    'moins de 10'
    >>> Words("en", "EUR").text("worth_axis_revenue")
    'mean, in EUR'
    >>> Words("en").label("revenue"), Words("en").label("a_new_feature")
    ('Revenue', 'A new feature')
    """

    def __init__(self, language: str, currency: str | None = None) -> None:
        if language not in CATALOGUES:
            known = " and ".join(CATALOGUES)
            raise InputError(f"The language {language!r} is not known: choose between {known}.")
        self.language = language
        unknown, known_as = _IN_CURRENCY[language]
        self._in_currency = known_as.format(currency) if currency else unknown
        self._texts, self._glossary, self._inputs = CATALOGUES[language]

    def text(self, key: str, /, **values: object) -> str:
        """Return a text, its `{places}` filled in."""
        return self.typeset(self._texts[key]).format(**{"in_currency": self._in_currency} | values)

    def typeset(self, text: str) -> str:
        """Return a text as printers of the language set it: `10%`; in French with firm spaces.

        Examples
        --------
        >>> Words("fr").typeset("Que faire ?"), Words("en").typeset("10 % of them")
        ('Que faire\\xa0?', '10% of them')
        """
        if self.language == "en":
            return _ENGLISH_PERCENT.sub("%", text)
        return _BEFORE_MARK.sub("\u00a0", text)

    def known(self, prefix: str, code: str, /, **values: object) -> str:
        """Return the text `<prefix>_<code>`, or the code in plain letters when it is unknown."""
        key = f"{prefix}_{code}"
        return self.text(key, **values) if key in self._texts else code.replace("_", " ")

    def label(self, feature: str) -> str:
        """Return what a feature is called."""
        return self._glossary[feature][0] if feature in self._glossary else _plain(feature)

    def entry(self, feature: str) -> tuple[str, str, str]:
        """Return label, unit and meaning of a feature; unit and meaning are empty when unknown."""
        label, unit, meaning = self._glossary.get(feature, (_plain(feature), "", ""))
        return label, unit, self.typeset(meaning)

    def input(self, column: str) -> tuple[str, str]:
        """Return label and question of a column that the model reads."""
        label, question = self._inputs.get(column, (_plain(column), ""))
        return label, self.typeset(question)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()
