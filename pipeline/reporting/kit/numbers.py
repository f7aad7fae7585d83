"""Numbers, sizes and dates as readers of a language expect them: Babel's, with rounding of ours."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import NumberPattern, format_compact_decimal, parse_pattern
from babel.units import format_unit

# French groups thousands by a narrow no-break space and puts a no-break space before a unit.
NARROW_SPACE, FIRM_SPACE = "\u202f", "\u00a0"
NOTHING = "–"  # noqa: RUF001  (an en dash, as printed tables have it)
_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte")
# A thousand is k, as in kB.
_ENGLISH_SHORT = str.maketrans({"K": "k", "B": "bn"})
_AXIS_DIGITS = 4
# From a thousand on a number is written short, where it is to be read at a glance.
_SHORT_DIGITS, _LEAST_SHORT = 3, 1000
_EXACT_DIGITS = 6
_EXACT = f"#,##0.{'#' * _EXACT_DIGITS}"


class Short(str):
    """A number written short that also knows how it is written exactly."""

    __slots__ = ("exact",)
    exact: str

    def __new__(cls, text: str, exact: str) -> Short:
        """Return the short text with the exact one."""
        made = super().__new__(cls, text)
        made.exact = exact
        return made


class NumberFormat:
    """Writes numbers in one language; None becomes a dash.

    Examples
    --------
    >>> NumberFormat("en").decimal(1234.5), NumberFormat("en").percent(0.0413)
    ('1,234.50', '4.1%')
    >>> NumberFormat("fr").decimal(1234.5).replace(NARROW_SPACE, "_")
    '1_234,50'
    >>> NumberFormat("de").decimal(1234.5)
    '1.234,50'
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._percent = self._locale.percent_formats[None].pattern
        # 10/1/19 is another day for every other reader of English.
        short = self._locale.date_formats["short"].pattern
        self._date = "yyyy-MM-dd" if language == "en" else re.sub("y+", "yyyy", short)

    def integer(self, number: int | None) -> str:
        """Return a whole number with its thousands grouped."""
        return NOTHING if number is None else self._written(number, "#,##0")

    def decimal(self, number: float | None, digits: int = 2) -> str:
        """Return a number with a fixed count of digits after the point."""
        if number is None:
            return NOTHING
        # Rounded as the number is, not as it is written; and never -0.00.
        return self._written(round(number, digits) + 0.0, _fixed(digits))

    def exact(self, number: float) -> str:
        """Return a number without needless digits."""
        return self._written(round(number, _EXACT_DIGITS) + 0.0, _EXACT)

    def plain(self, number: float | None) -> str:
        """Return a whole number without decimals, any other with two."""
        if number is not None and float(number).is_integer():
            return self.integer(int(number))
        return self.decimal(number)

    def short(self, number: float) -> str:
        """Return a number for an axis: 1.5k, 20M, in French 1,5 k and 20 M."""
        text = format_compact_decimal(
            _significant(number), fraction_digits=_AXIS_DIGITS - 1, locale=self._locale
        )
        return text.translate(_ENGLISH_SHORT) if self.language == "en" else text

    def compact(self, number: float, exact: str) -> str:
        """Return a number of a thousand or more with three digits, which knows its exact text.

        Examples
        --------
        >>> english = NumberFormat("en")
        >>> english.compact(1471203, "1,471,203"), english.compact(999, "999")
        ('1.47M', '999')
        >>> english.compact(12345.67, "12,345.67").exact
        '12,345.67'
        """
        if abs(number) < _LEAST_SHORT:
            return exact
        text = format_compact_decimal(
            float(f"{number:.{_SHORT_DIGITS}g}"),
            fraction_digits=_SHORT_DIGITS - 1,
            locale=self._locale,
        )
        return Short(text.translate(_ENGLISH_SHORT) if self.language == "en" else text, exact)

    def signed_percent(self, share: float) -> str:
        """Return a change in percent with its sign; nearly none has no sign."""
        text = self._in_percent(abs(round(share * 100, 1)), _fixed(1))
        if not round(share * 100, 1):
            return text
        return ("+" if share > 0 else "\u2212") + text

    def percent(self, share: float | None) -> str:
        """Return a share in percent, with a second digit where it is small."""
        if share is None:
            return NOTHING
        if 0 < share < 0.0001:
            less = "<" if self.language == "en" else f"<{FIRM_SPACE}"
            return less + self._in_percent(0.01, _fixed(2))
        digits = 2 if 0 < round(share, 4) < 0.01 else 1
        # Rounded down near the top: 99.97 % of the rows must not read as all of them.
        shown = share * 100
        if share < 1 and round(shown, digits) >= 100:
            shown = math.floor(shown * 10**digits) / 10**digits
        return self._in_percent(round(shown, digits) + 0.0, _fixed(digits))

    def short_percent(self, share: float) -> str:
        """Return a share for an axis, without needless digits."""
        return self._in_percent(_significant(share * 100), _EXACT)

    def exact_percent(self, share: float) -> str:
        """Return a share without needless digits, of which there may be many."""
        return self._in_percent(round(share * 100, _EXACT_DIGITS), _EXACT)

    def size(self, size_bytes: int | None) -> str:
        """Return a size in the unit that keeps it short (1 kB = 1,000 bytes)."""
        if size_bytes is None:
            return NOTHING
        power = min((len(str(abs(size_bytes))) - 1) // 3, len(_UNITS) - 1)
        text = format_unit(
            round(size_bytes / 1000**power, 1) if power else size_bytes,
            f"digital-{_UNITS[power]}",
            length="short" if power else "long",
            format=_fixed(1) if power else "#,##0",
            locale=self._locale,
        )
        # Before the unit some languages have a space that breaks, or one that is too narrow.
        return re.sub(r"\s(?=\D+$)", FIRM_SPACE, text)

    def date(self, day: dt.date | None) -> str:
        """Return a day: 2019-10-01, in French 01/10/2019."""
        return NOTHING if day is None else format_date(day, self._date, self._locale)

    def month(self, day: dt.date) -> str:
        """Return the month of a day in words."""
        return format_date(day, "MMMM y", self._locale)

    def weekdays(self) -> list[str]:
        """Return the seven days, from Monday.

        Examples
        --------
        >>> NumberFormat("fr").weekdays()[::6]
        ['lundi', 'dimanche']
        """
        names = self._locale.days["stand-alone"]["wide"]
        return [names[day] for day in range(7)]

    def instant(self, instant: dt.datetime | None) -> str:
        """Return a day and a time of day, to the second."""
        if instant is None:
            return NOTHING
        return format_datetime(instant, f"{self._date} HH:mm:ss", locale=self._locale)

    def _in_percent(self, number: float, pattern: str) -> str:
        """Return a number of per cent, with the sign where the language has it."""
        text = self._written(number, pattern)
        return self._percent.replace("#,##0", text)

    def _written(self, number: float, pattern: str) -> str:
        return _pattern(pattern).apply(number, self._locale)


@cache
def _pattern(pattern: str) -> NumberPattern:
    return parse_pattern(pattern)


def _fixed(digits: int) -> str:
    return f"#,##0.{'0' * digits}" if digits else "#,##0"


def _significant(number: float) -> float:
    return float(f"{number:.{_AXIS_DIGITS}g}")
