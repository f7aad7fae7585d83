"""What cohorts, months and snapshots say of who bought when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tests.attacker.everybody import PROSPECT, STATES
from tests.attacker.figures import cells, count, equal, ratio, sentences, share, total
from tests.attacker.system import System
from tests.every_number.printed import Place

_CHANGES, _COHORTS = "What changed", "Who came back"
_STATES = "Where every customer stands"
_RETURNED = "Who bought again"


def over_time_of(system: System, places: Sequence[Place]) -> None:
    """Add what is said of months, of those who first bought in one, and of month ends."""
    _months(system, places)
    _growth(system, places)
    cohorts = _cohorts(system, places)
    _columns(system, places, cohorts)
    _snapshots(system, places, cohorts)


def _months(system: System, places: Sequence[Place]) -> None:
    kinds = {"Customers who came": "came", "Customers who bought": "bought"}
    for place in cells(places, _CHANGES, r"[A-Z]\w+ \d{4}"):
        if place.row in kinds:
            count(system, (kinds[place.row], _month(place.column)), place.text)
    for month in {cell[1] for cell in system.places if cell[0] == "came"}:
        equal(system, total([("bought", month), ("idle", month)]), {("came", month): 1.0})


def _growth(system: System, places: Sequence[Place]) -> None:
    """By how much each segment grew since the month end before."""
    pattern = r"(?:^(?:Grew|Shrank) since \S+: |; )([^;]+?) ([+\u2212])(\d+(?:\.\d+)?)%"
    for place in places:
        if place.section != _CHANGES or not re.match("Grew|Shrank", place.text):
            continue
        for name, sign, percent in re.findall(pattern, place.text):
            grown = float(percent) / 100 * (1 if sign == "+" else -1)
            half = 0.5 * 10 ** -len(percent.partition(".")[2]) / 100
            then, now = {("then", name): 1.0}, {("now", name): 1.0}
            ratio(system, now, then, 1 + grown - half, 1 + grown + half)


def _cohorts(system: System, places: Sequence[Place]) -> list[date]:
    """Return the months of first purchases that are listed."""
    found = []
    for place in cells(places, _COHORTS, "Customers", _RETURNED):
        month = _month(place.row)
        found.append(month)
        count(system, ("first", month, month), place.text)
    for place in cells(places, _COHORTS, r"\+\d+ months", _RETURNED):
        first = _month(place.row)
        if place.text:
            month = _later(first, int(re.findall(r"\d+", place.column)[0]))
            cell, size = ("first", first, month), {("first", first, first): 1.0}
            share(system, {cell: 1.0}, size, place.text)
            equal(system, total([cell, ("not first", first, month)]), size)
    return found


def _columns(system: System, places: Sequence[Place], cohorts: list[date]) -> None:
    """Whoever bought in a month had first bought then, or before."""
    if not cohorts:
        return
    begins, ends = _dates(places)
    months = {cell[2] for cell in system.places if cell[0] == "first"}
    months |= {cell[1] for cell in system.places if cell[0] == "bought"}
    for month in months:
        firsts = [cell for cell in system.places if cell[0] == "first" and cell[2] == month]
        terms = total({*firsts, ("first", month, month)})
        if cohorts[0] > begins.replace(day=1):
            terms |= {("first", "(before)", month): 1.0}
        equal(system, terms, {("bought", month): 1.0})
    sizes = total({("first", month, month) for month in {*cohorts, *months}})
    if cohorts[0] > begins.replace(day=1):
        sizes |= {("first", "(before)"): 1.0}
    if (ends + timedelta(days=1)).day != 1:
        sizes |= {("first", "(begun)"): 1.0}
    equal(system, sizes, total(cell for cell in system.places if cell[0] == "ever"))


def _snapshots(system: System, places: Sequence[Place], cohorts: list[date]) -> None:
    """At a month end everybody who had bought by then is in a state; in a small store, all are."""
    for place in cells(places, _STATES, "|".join(STATES)):
        at = date.fromisoformat(place.row)
        count(system, ("snapshot", at, place.column), place.text)
    dates = sorted({cell[1] for cell in system.places if cell[0] == "snapshot"})
    begins, _ = _dates(places)
    for at in dates:
        bought = total(("snapshot", at, state) for state in STATES if state != PROSPECT)
        before = {("first", month, month): 1.0 for month in cohorts if month < at}
        last = _later(max(cohorts), 1) if cohorts else at
        if last < at:
            before |= {("first", last, last): 1.0}
        if before and cohorts[0] <= begins.replace(day=1) and at.day == 1:
            equal(system, bought, before)
    if dates and any(sentences(places, "", f"not including, {dates[-1]}")):
        for state in STATES:
            # Automatic traffic has a state there, too; who objects has no history.
            now = total([("state", state), ("automatic", state)])
            then = total([("snapshot", dates[-1], state), ("objects", state)])
            equal(system, then, now)
        objected = [one for one in system.places if one[0] == "now" and "(objected" in one[1]]
        equal(system, total(("objects", state) for state in STATES), total(objected))


def _dates(places: Sequence[Place]) -> tuple[date, date]:
    """Return the first and the last day with events."""
    found = next(sentences(places, "", r"^Events (?:from|of) (\S+?)(?: to (\S+))?;"))
    return date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1])


def _month(text: str) -> date:
    return datetime.strptime(text, "%B %Y").date()


def _later(month: date, by: int) -> date:
    at = month.year * 12 + month.month - 1 + by
    return date(at // 12, at % 12 + 1, 1)
