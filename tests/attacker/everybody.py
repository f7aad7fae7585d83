"""What the head of a report and the tables of states say of everybody, beside the segments."""

from __future__ import annotations

from collections.abc import Sequence

from tests.attacker.figures import cells, count, equal, sentences, share, total
from tests.attacker.system import System
from tests.attacker.tables import count_in
from tests.every_number.printed import Place

_STATES = "Where every customer stands"
_PAGE = "Segment “.+”"
PROSPECT, NEW = "Prospect", "New"
BOUGHT = (
    r"(\d+%) have bought(?:,(?: but)? (?:only )?(\d+%) of these (?:at least twice|more than once))?"
)
CARTED = r"(\d+%) have put something into the cart"
STATES = (PROSPECT, NEW, "Active", "At risk", "Lapsed", "Lost")


def everybody_of(system: System, places: Sequence[Place]) -> None:
    """Add that segments, reasons, buyers and states are parts of the same customers."""
    segments = [cell[1] for cell in system.places if cell[0] == "money" and cell[1][0] != "("]
    reasons = _reasons(system, places)
    now = total(("now", one) for one in segments)
    everyone = now | total(("now", f"({one})") for one in reasons)
    _told(system, places, r"(.+) customers$", everyone)
    _told(system, places, "(.+) with a segment$", now)
    for group in (*segments, "(without)"):
        size = {("now", group): 1.0} if group in segments else total(set(everyone) - set(now))
        equal(system, total([("ever", group), ("not ever", group)]), size)
    bought = total(("ever", one) for one in (*segments, "(without)"))
    _told(system, places, "(.+) customers who bought$", bought)
    for found in sentences(places, "", r"^([\d,]+) orders$"):
        system.add(bought, 0, count_in(found[1]) or 0)
    if not any(sentences(places, "The data", r"[\d,]+ views")):
        # Only purchases are recorded: whoever is there has bought.
        equal(system, total(("not ever", one) for one in (*segments, "(without)")), {})
    _states(system, places, [*segments, "(without)"])
    _repeated(system, places)


def _reasons(system: System, places: Sequence[Place]) -> list[str]:
    """Return why customers have no segment; of a hidden reason the number may be any."""
    found = list(cells(places, "The data", "Customers", "Customers without a segment"))
    for place in found:
        count(system, ("now", f"({place.row})"), place.text)
    return [place.row for place in found]


def _told(system: System, places: Sequence[Place], pattern: str, terms: dict) -> None:
    for found in sentences(places, "", f"^{pattern}"):
        text = found[1]
        if (known := count_in(text.removeprefix("about "))) is not None:
            off = 0.01 * known if text.startswith("about ") else 0
            system.add(terms, known / 1.01 if off else known, known + off)


def _states(system: System, places: Sequence[Place], groups: list[str]) -> None:
    """The states of all are those of the segments, and of who has none."""
    listed = list(cells(places, _STATES, "Customers"))
    for state in STATES if listed else ():
        parts = total(("state", group, state) for group in groups)
        automatic = {("automatic", state): 1.0}
        equal(system, {("state", state): 1.0} | automatic, parts)
    for place in listed:
        count(system, ("state", place.row), place.text)
        everyone = total(("state", state) for state in STATES)
        share(system, {("state", place.row): 1.0}, everyone, _share_of(places, place))
    automatic = total(("automatic", state) for state in STATES)
    found = list(sentences(places, _STATES, r"^Automatic traffic .*: (.+) users\.$"))
    count(system, ("automatic",), found[0][1] if found else "0")
    equal(system, automatic, {("automatic",): 1.0})
    for group in groups if listed else ():
        parts = total(("state", group, state) for state in STATES)
        equal(system, parts, total([("ever", group), ("not ever", group)]))
        # A prospect is who never bought.
        equal(system, {("state", group, PROSPECT): 1.0}, {("not ever", group): 1.0})
    for place in cells(places, _PAGE, "Share", "Where its customers stand"):
        segment = place.section.partition("“")[2].removesuffix("”")
        part = {("state", segment, place.row): 1.0}
        share(system, part, {("now", segment): 1.0}, place.text)
    _repeaters(system, places)


def _share_of(places: Sequence[Place], at: Place) -> str:
    return next((one.text for one in cells(places, _STATES, "Share") if one.row == at.row), "")


def _repeaters(system: System, places: Sequence[Place]) -> None:
    """Whoever bought did so on one day, or on several; of these, the rhythm is the median."""
    pattern = r"ordered on two days or more: (.+)\.$"
    for found in sentences(places, _STATES, pattern):
        count(system, ("several days",), found[1])
        buyers = total(("state", state) for state in STATES[1:])
        equal(system, total([("several days",), ("one day",)]), buyers)


def _repeated(system: System, places: Sequence[Place]) -> None:
    """What the rule behind a name quotes, in whole percents, of those who trained the model."""
    if any("(objected" in cell[1] for cell in system.places if cell[0] == "now"):
        # They trained it, and have no segment today.
        return
    for place in places:
        if place.column or not place.section.startswith("Segment “"):
            continue
        segment = place.section.partition("“")[2].removesuffix("”")
        size, bought = {("now", segment): 1.0}, {("ever", segment): 1.0}
        for found in sentences([place], ".*", BOUGHT):
            share(system, bought, size, found[1])
            if found[2]:
                equal(system, bought, total([("twice", segment), ("once", segment)]))
                share(system, {("twice", segment): 1.0}, bought, found[2])
        for found in sentences([place], ".*", CARTED):
            equal(system, size, total([("carted", segment), ("not carted", segment)]))
            share(system, {("carted", segment): 1.0}, size, found[1])
