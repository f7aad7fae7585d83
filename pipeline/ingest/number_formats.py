"""How the prices of one file write their decimals and thousands, told by the prices themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

DECIMAL_MARKS = (".", ",")
# Blanks that do not break a line and apostrophes are used between thousands too.
THOUSANDS_MARKS = (".", ",", " ", "'", "\u2019", "\u00a0", "\u202f")

_GROUPED = re.compile(r"[+-]?(\d{1,3})([.,' \u2019\u00a0\u202f])\d{3}((?:\2\d{3})*)(?:([.,])\d+)?")
_DECIMAL = re.compile(r"[+-]?\d*([.,])\d+")
# One price in five that contradicts the others is no accident; nor is one in ten that tells how to
# read the others, where these could be read in two ways.
_CONTRADICTED, _TOLD = 5, 10


@dataclass(frozen=True)
class NumberFormat:
    """The mark before the decimals, and the one between thousands, None where there is none."""

    decimal_mark: str = "."
    thousands_mark: str | None = None


POINT_ALONE = NumberFormat()


@dataclass(frozen=True)
class Vote:
    """What one price says: which mark stands before decimals, which one between thousands.

    `either` is a mark before exactly three digits, which may be both.
    """

    decimal: str | None = None
    thousands: str | None = None
    either: str | None = None


@lru_cache(1 << 16)
def vote_of(price: str) -> Vote:
    """Return what a price says of the marks; nothing where it has none or is not a number.

    Examples
    --------
    >>> vote_of("1.299,00")
    Vote(decimal=',', thousands='.', either=None)
    >>> vote_of("1.299").either, vote_of("0.299").decimal, vote_of("12,5").decimal
    ('.', '.', ',')
    """
    grouped = _GROUPED.fullmatch(price)
    if grouped is None:
        decimal = _DECIMAL.fullmatch(price)
        return Vote(decimal=decimal[1]) if decimal else Vote()
    first, mark, more, decimal_mark = grouped.groups()
    if decimal_mark == mark:
        return Vote()
    if more and mark in DECIMAL_MARKS:
        decimal_mark = _other(mark)
    if decimal_mark or mark not in DECIMAL_MARKS:
        return Vote(decimal=decimal_mark, thousands=mark)
    return Vote(decimal=mark) if first.startswith("0") else Vote(either=mark)


@dataclass
class Votes:
    """What all prices of a file say, with an example of each kind."""

    decimal: Counter[str] = field(default_factory=Counter)
    thousands: Counter[str] = field(default_factory=Counter)
    either: Counter[str] = field(default_factory=Counter)
    examples: dict[Vote, str] = field(default_factory=dict)

    def add(self, prices: Iterable[tuple[str, int]]) -> None:
        """Count prices, each with how often it occurs."""
        for price, count in prices:
            vote = vote_of(price.strip(" "))
            if vote == Vote():
                continue
            self.examples.setdefault(vote, price.strip(" "))
            for counter, mark in (
                (self.decimal, vote.decimal),
                (self.thousands, vote.thousands),
                (self.either, vote.either),
            ):
                if mark:
                    counter[mark] += count

    def number_format(
        self, decimal_mark: str | None = None, thousands_mark: str | None = None
    ) -> NumberFormat | None:
        """Return the format of the file, as far as it is not set; None where that is a question."""
        if decimal_mark is None and thousands_mark in DECIMAL_MARKS:
            decimal_mark = _other(str(thousands_mark))
        decimal_mark = decimal_mark or self._decimal_mark()
        if decimal_mark is None:
            return None
        seen = self.thousands + self.either
        thousands = [(count, mark) for mark, count in seen.items() if mark != decimal_mark]
        return NumberFormat(decimal_mark, thousands_mark or max(thousands, default=(0, None))[1])

    def _decimal_mark(self) -> str | None:
        mark = max(DECIMAL_MARKS, key=self.decimal.__getitem__)
        told, contradicted = self.decimal[mark], self.decimal[_other(mark)]
        if told == 0:
            return None if self.either else "."
        is_contradicted = contradicted * _CONTRADICTED > told + contradicted
        is_doubtful = told * _TOLD < self.either[mark]
        return None if is_contradicted or is_doubtful else mark


def _other(mark: str) -> str:
    return "," if mark == "." else "."
