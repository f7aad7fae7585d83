"""Numbers, sizes and dates as a reader of English or French expects them."""

from __future__ import annotations

import datetime as dt
import math

# French groups thousands by a narrow no-break space and puts a no-break space before a unit.
NARROW_SPACE, FIRM_SPACE = "\u202f", "\u00a0"
NOTHING = "–"  # noqa: RUF001  (an en dash, as printed tables have it)
_UNITS = {"en": ("bytes", "kB", "MB", "GB", "TB"), "fr": ("octets", "ko", "Mo", "Go", "To")}


class NumberFormat:
    """Writes numbers in one language; None becomes a dash.

    Examples
    --------
    >>> NumberFormat("en").decimal(1234.5), NumberFormat("en").percent(0.0413)
    ('1,234.50', '4.1%')
    >>> NumberFormat("fr").decimal(1234.5).replace(NARROW_SPACE, "_")
    '1_234,50'
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def integer(self, number: int | None) -> str:
        """Return a whole number with its thousands grouped."""
        return NOTHING if number is None else self._local(f"{number:,}")

    def decimal(self, number: float | None, digits: int = 2) -> str:
        """Return a number with a fixed count of digits after the point."""
        if number is None:
            return NOTHING
        # A negative number that rounds to zero would show as -0.00.
        return self._local(f"{round(number, digits) + 0.0:,.{digits}f}")

    def plain(self, number: float | None) -> str:
        """Return a whole number without decimals, any other with two."""
        if number is not None and float(number).is_integer():
            return self.integer(int(number))
        return self.decimal(number)

    def short(self, number: float) -> str:
        """Return a number for an axis: 1.5k, 20M, in French 1,5 k and 20 M."""
        gap = "" if self.language == "en" else FIRM_SPACE
        for unit, letter in (
            (1e9, "bn" if self.language == "en" else "Md"),
            (1e6, "M"),
            (1e3, "k"),
        ):
            if abs(number) >= unit:
                return self._local(f"{number / unit:.4g}") + gap + letter
        return self._local(f"{number:.4g}")

    def percent(self, share: float | None) -> str:
        """Return a share in percent, with a second digit where it is small."""
        if share is None:
            return NOTHING
        sign = self._percent_sign
        if 0 < share < 0.0001:
            less = "<" if self.language == "en" else f"<{FIRM_SPACE}"
            return less + self.decimal(0.01, 2) + sign
        digits = 2 if 0 < round(share, 4) < 0.01 else 1
        # Rounded down near the top: 99.97 % of the rows must not read as all of them.
        shown = share * 100
        if share < 1 and round(shown, digits) >= 100:
            shown = math.floor(shown * 10**digits) / 10**digits
        return self.decimal(shown, digits) + sign

    def short_percent(self, share: float) -> str:
        """Return a share for an axis, without needless digits."""
        return self._local(f"{share * 100:.4g}") + self._percent_sign

    @property
    def _percent_sign(self) -> str:
        return "%" if self.language == "en" else f"{FIRM_SPACE}%"

    def size(self, size_bytes: int | None) -> str:
        """Return a size in the unit that keeps it short (1 kB = 1,000 bytes)."""
        if size_bytes is None:
            return NOTHING
        units = _UNITS[self.language]
        power = min((len(str(abs(size_bytes))) - 1) // 3, len(units) - 1)
        number = self.decimal(size_bytes / 1000**power, 1) if power else self.integer(size_bytes)
        return f"{number}{FIRM_SPACE}{units[power]}"

    def date(self, day: dt.date | None) -> str:
        """Return a day: 2019-10-01, in French 01/10/2019."""
        if day is None:
            return NOTHING
        if self.language == "fr":
            return f"{day.day:02}/{day.month:02}/{day.year:04}"
        return dt.date(day.year, day.month, day.day).isoformat()

    def moment(self, moment: dt.datetime | None) -> str:
        """Return a day and a time of day, to the second."""
        if moment is None:
            return NOTHING
        return f"{self.date(moment)} {moment.strftime('%H:%M:%S')}"

    def _local(self, text: str) -> str:
        if self.language == "en":
            return text
        return text.replace(",", NARROW_SPACE).replace(".", ",")
