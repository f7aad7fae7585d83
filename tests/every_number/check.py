"""Comparing what is printed with what is claimed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Policy

from .printed import Place

NUMBER = r"[+\u2212<]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:bn|k|M)?%?"
HIDDEN = r"\u2013|hidden|not shown|fewer than \d+"
_UNITS = {"k": 1e3, "M": 1e6, "bn": 1e9, "%": 0.01, "": 1.0}
# What is printed is rounded; a float is not quite what it is written as.
_FLOAT = 1e-9
_TOLERANCE = 0.01


@dataclass(frozen=True)
class Claim:
    """What a query says of the numbers in a text.

    `pattern` is found anywhere in the text, `{n}` in it is a number; its named groups, and
    `section`, `row`, `column` and `heading`, are parameters of the query. The query gives one row:
    a value for each number, and after them the sizes of the groups of people whose figures these
    are. `compute` may turn the row into values. What a named group holds is claimed as well: where
    there is nothing of that name, the query gives no row. `told` says that in public the number may
    be one per cent from the truth, or hidden.
    """

    section: str
    pattern: str
    query: str
    column: str | None = None
    heading: str = ""
    told: bool = False
    compute: Callable[..., Sequence[Any]] | None = None

    @property
    def expression(self) -> re.Pattern[str]:
        """The pattern, in which numbers are groups without a name."""
        # Atomic: half of a number is none.
        number = f"(?:about )?((?>{NUMBER})|{HIDDEN})"
        return re.compile(self.pattern.replace("{n}", number))

    def is_about(self, place: Place) -> bool:
        """Tell whether the place is one that the claim speaks of."""
        column = place.column if self.column is not None else ""
        return bool(
            re.fullmatch(self.section, place.section)
            and re.search(self.heading, place.heading)
            and re.fullmatch(self.column or "", column)
        )


@dataclass(frozen=True)
class Quote:
    """A text of the warehouse, or of the catalogue, that is printed as it is."""

    section: str
    query: str
    column: str | None = None


class Answers:
    """Asks a warehouse, each question once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._known: dict[tuple[str, str], list[tuple]] = {}

    def rows(self, query: str, parameters: dict[str, Any]) -> list[tuple]:
        """Return the rows of a query; of the parameters it takes those that it names."""
        needed = {name: parameters[name] for name in re.findall(r"\$(\w+)", query)}
        question = (query, repr(needed))
        if question not in self._known:
            self._known[question] = self.connection.execute(query, needed).fetchall()
        return self._known[question]


def faults(
    places: Sequence[Place],
    answers: Answers,
    policy: Policy,
    claims: Sequence[Claim | Quote],
    words: Sequence[str],
) -> list[str]:
    """Return what is wrong: a number that differs from its query, or that no query claims.

    Parameters
    ----------
    places : sequence of Place
    answers : Answers
    policy : Policy
        What the report was allowed to show.
    claims : sequence of Claim or Quote
    words : sequence of str
        Patterns of words that hold a number and say nothing of the data.
    """
    found: list[str] = []
    for place in places:
        if not re.search(r"\d", place.text) and not re.search(HIDDEN, place.text):
            continue
        covered = [match.span() for word in words for match in re.finditer(word, place.text)]
        for claim in claims:
            if isinstance(claim, Quote):
                covered += _quoted(claim, place, answers)
            elif claim.is_about(place):
                for match in claim.expression.finditer(place.text):
                    wrong, spans = _compared(claim, place, match, answers, policy)
                    found += wrong
                    covered += spans
        for match in re.finditer(NUMBER, place.text):
            if not any(start <= match.start() and match.end() <= end for start, end in covered):
                found.append(f"{match.group()!r} is claimed by no query: {place}")
    return found


def _quoted(quote: Quote, place: Place, answers: Answers) -> list[tuple[int, int]]:
    if not re.fullmatch(quote.section, place.section):
        return []
    if quote.column is not None and quote.column != place.column:
        return []
    texts = answers.rows(quote.query, _parameters(place))
    spans = []
    for (text,) in texts:
        printed = " ".join((text or "").replace(" %", "%").split())
        if printed:
            # A label may begin with a small letter in the middle of a sentence.
            found = re.finditer(re.escape(printed), place.text, re.IGNORECASE)
            spans += [match.span() for match in found]
    return spans


def _parameters(place: Place) -> dict[str, Any]:
    return {
        "section": place.section,
        "row": place.row,
        "column": place.column,
        "heading": place.heading,
    }


def _compared(
    claim: Claim,
    place: Place,
    match: re.Match[str],
    answers: Answers,
    policy: Policy,
) -> tuple[list[str], list[tuple[int, int]]]:
    named = set(claim.expression.groupindex.values())
    numbers = [at for at in range(1, len(match.groups()) + 1) if at not in named]
    parameters = (
        _parameters(place)
        | match.groupdict()
        | {
            "minimum": policy.minimum,
            "is_public": policy.is_public,
        }
    )
    rows = answers.rows(claim.query, parameters)
    spans = [match.span(at) for at in range(1, len(match.groups()) + 1)]
    if not rows:
        return [f"the query of {match.group()!r} gives nothing: {place}"], spans
    row: Sequence[Any] = rows[0]
    if claim.compute:
        row = claim.compute(*row)
    values, groups = row[: len(numbers)], row[len(numbers) :]
    wrong = []
    for at, value in zip(numbers, values, strict=True):
        if match.group(at) is not None and not _holds(
            match.group(at), value, groups, claim.told, policy
        ):
            wrong.append(f"{match.group(at)!r} should be {value} (of {groups}): {place}")
    return wrong, spans


def _holds(printed: str, value: Any, groups: Sequence[int], told: bool, policy: Policy) -> bool:
    """Tell whether a number is the value, or may, and has to, be hidden."""
    is_small = any(0 < (size or 0) < policy.minimum for size in groups)
    if printed.startswith("fewer than"):
        return is_small and printed == f"fewer than {policy.minimum}"
    if re.fullmatch(HIDDEN, printed):
        return is_small or value is None or (policy.is_public and (told or bool(groups)))
    if is_small or value is None:
        return False
    number, half = _parsed(printed)
    if printed.startswith("<"):
        # Less than the last digit: a larger bound would be true, and say less.
        return 0 < value < number <= 2 * half + _FLOAT
    allowed = half + _FLOAT * max(1.0, abs(number))
    if policy.is_public and told:
        allowed += _TOLERANCE * abs(float(value))
    if printed.endswith("9%") and 0.99 < value < 1:
        allowed = max(allowed, 2 * half)  # rounded down, so that nearly all does not read as all
    return abs(number - float(value)) <= allowed


def _parsed(printed: str) -> tuple[float, float]:
    """Return a printed number, and half of its last digit."""
    sign = -1.0 if printed.startswith("\u2212") else 1.0
    match = re.fullmatch(r"([\d,]+(?:\.(\d+))?)(bn|k|M|%)?", printed.lstrip("+\u2212<"))
    assert match, printed
    unit = _UNITS[match[3] or ""]
    digits = len(match[2] or "")
    return sign * float(match[1].replace(",", "")) * unit, 0.5 * 10**-digits * unit
