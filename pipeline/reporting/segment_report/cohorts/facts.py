"""The cohorts by the month of the first purchase."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from pipeline.warehouse.connection import relation_exists

# The last so many cohorts, and months of each, are shown: a year.
_SHOWN = 12


@dataclass(frozen=True)
class CohortMonth:
    """One month of a cohort; what may not be told is None."""

    month: dt.date
    buyer_count: int | None
    revenue: Decimal | None


@dataclass(frozen=True)
class Cohort:
    """Those who first bought in one month; their months, from that one on."""

    month: dt.date
    user_count: int | None
    months: tuple[CohortMonth, ...]


_COHORTS = """
select cohort_month, user_count, visit_month, buyer_count, revenue
from marts.cohort_months
where is_whole
order by cohort_month, visit_month
"""


def gather_cohorts(connection: duckdb.DuckDBPyConnection) -> tuple[Cohort, ...]:
    """Return the last twelve cohorts, over whole months; none of an older warehouse.

    Parameters
    ----------
    connection : duckdb connection
    """
    if not relation_exists(connection, "marts", "cohort_months"):
        return ()
    found: dict[dt.date, Cohort] = {}
    for cohort, size, *month in connection.execute(_COHORTS).fetchall():
        former = found[cohort].months if cohort in found else ()
        found[cohort] = Cohort(cohort, size, (*former, CohortMonth(*month)))
    return tuple(
        Cohort(one.month, one.user_count, one.months[: _SHOWN + 1])
        for one in list(found.values())[-_SHOWN:]
    )
