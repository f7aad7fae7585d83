"""What is asked of a campaign: a name, how large its control is, when and for how long."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import duckdb

from pipeline.exports.request import Filters
from pipeline.runtime.errors import InputError

_NAME = re.compile(r"\w[\w .-]{0,62}\w|\w")
#: Days that a campaign is measured for where nobody says.
USUAL_DAYS = 30
#: Whom of a campaign to write; the first where nobody says, for it is the list to send.
GROUPS = ("treated", "control", "both")
#: Of the control, in ten-thousandths.
WHOLE = 10_000
_KNOWN = """
    select starts_on, day_count, control_share, request, observed_day_count
    from marts.campaigns
    where campaign = ?
"""


@dataclass(frozen=True)
class CampaignPlan:
    """One campaign. What is None is not asked for: the usual, or what was asked at the draw.

    `control` is the part of the customers that is left alone, in ten-thousandths. `spares_controls`
    leaves out whoever is in the control of a campaign that is running.
    """

    name: str
    control: int | None = None
    starts_on: date | None = None
    day_count: int | None = None
    spares_controls: bool = False


@dataclass(frozen=True)
class KnownCampaign:
    """A campaign that was drawn."""

    name: str
    control: int
    starts_on: date
    day_count: int
    request: str
    observed_day_count: int


def check_name(name: str) -> str:
    """Return the name of a campaign if it can be one, of a file too.

    Raises
    ------
    InputError
        When it is empty, too long or has other letters.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"A campaign cannot be called {name!r}: use up to 64 letters, digits, spaces, dots,"
            " dashes and underscores."
        )
    return name


def request_of(plan: CampaignPlan, filters: Filters) -> str:
    """Return who is asked for, as JSON."""
    asked: dict[str, Any] = {name: value for name, value in asdict(filters).items() if value}
    if plan.spares_controls:
        asked["spares_controls"] = True
    return json.dumps(asked, sort_keys=True, ensure_ascii=False)


def known_campaign(connection: duckdb.DuckDBPyConnection, name: str) -> KnownCampaign | None:
    """Return a campaign that was published; None where there is none of that name."""
    rows = connection.execute(_KNOWN, [name]).fetchall()
    if not rows:
        return None
    starts_on, day_count, share, request, observed = rows[0]
    return KnownCampaign(name, int(share * WHOLE), starts_on, day_count, request, observed)


def require_campaign(connection: duckdb.DuckDBPyConnection, name: str) -> KnownCampaign:
    """Return a campaign that was published.

    Raises
    ------
    InputError
        When there is none of that name, saying which there are.
    """
    if known := known_campaign(connection, name):
        return known
    rows = connection.execute("select campaign from marts.campaigns order by campaign").fetchall()
    names = ", ".join(each for (each,) in rows) or "none at all"
    raise InputError(f"There is no campaign {name}: there are {names}.")


def require_same(known: KnownCampaign, plan: CampaignPlan, filters: Filters) -> None:
    """Make sure that a campaign that was drawn is asked for as it was, or by its name alone.

    Raises
    ------
    InputError
        When something else is asked of it.
    """
    request = request_of(plan, filters)
    differs = [
        name
        for name, asked, was in (
            ("--control", plan.control, known.control),
            ("--starts", plan.starts_on, known.starts_on),
            ("--days", plan.day_count, known.day_count),
            ("who is meant", None if request == "{}" else request, known.request),
        )
        if asked is not None and asked != was
    ]
    if differs:
        raise InputError(
            f"The campaign {known.name} was drawn with another answer to: {', '.join(differs)}."
            " Ask for it by its name alone, or give the new one another name."
        )
