"""All that is published of one run, as one system of constraints."""

from __future__ import annotations

from tests.attacker.afterwards import outcomes_of
from tests.attacker.card import card_of
from tests.attacker.everybody import everybody_of
from tests.attacker.over_time import over_time_of
from tests.attacker.people import constraints
from tests.attacker.system import System
from tests.every_number.printed import read_markdown


def everything(report: str, card: str) -> System:
    """Return what report and model card say together."""
    system, places = constraints(report), read_markdown(report)
    everybody_of(system, places)
    over_time_of(system, places)
    outcomes_of(system, places)
    card_of(system, card, report)
    return system
