"""Files of whose revenue a notable part was refused."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import duckdb

#: A larger share of a file's revenue is worth a warning.
NOTABLE_SHARE = Decimal("0.01")
# The setting that decides, for reasons that depend on one.
_SETTINGS = {
    "time_too_early": "min_event_time",
    "unknown_event_type": "event_types",
    "price_above_maximum": "max_price",
}


@dataclass(frozen=True)
class LostMoney:
    """What was refused of the revenue of one file, as amounts without sign, by reason."""

    source_file: str
    refused_by_reason: dict[str, Decimal]
    other: Decimal  # kept, or a duplicate

    @property
    def refused(self) -> Decimal:
        """What was refused for any reason."""
        return sum(self.refused_by_reason.values(), Decimal(0))

    @property
    def share(self) -> Decimal:
        """The part that was refused, in [0, 1]."""
        read = self.refused + self.other
        return self.refused / read if read else Decimal(0)

    @property
    def worst(self) -> tuple[str, Decimal]:
        """The reason for which most was refused, and how much."""
        return min(self.refused_by_reason.items(), key=lambda item: (-item[1], item[0]))


_FILES = """
    select source_file, refused_revenue_by_reason, kept_revenue + duplicate_revenue
    from core.loaded_files
    where refused_revenue_by_reason is not null
    order by source_file
"""


def advice_on(reason: str) -> str:
    """Return which setting to change where lines are refused for this reason, if there is one.

    Examples
    --------
    >>> advice_on("time_too_early"), advice_on("empty_line")
    (' See min_event_time in dbt_project.yml.', '')
    """
    setting = _SETTINGS.get(reason)
    return f" See {setting} in dbt_project.yml." if setting else ""


def files_that_lost_money(connection: duckdb.DuckDBPyConnection) -> list[LostMoney]:
    """Return the files of whose revenue more than a hundredth was refused, in order of their names.

    Negative amounts, as of returns, count without their sign: what was refused is to be looked at
    whatever its sign.
    """
    found = [
        LostMoney(name, {reason: abs(amount or 0) for reason, amount in by_reason.items()}, other)
        for name, by_reason, other in connection.execute(_FILES).fetchall()
    ]
    return [one for one in found if one.share > NOTABLE_SHARE]
