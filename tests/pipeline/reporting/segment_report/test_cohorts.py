"""Who came back, from the rows of the warehouse to the grids."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.cohorts.disclosure import told_cohorts
from pipeline.reporting.segment_report.cohorts.facts import gather_cohorts
from pipeline.reporting.segment_report.document import sections
from pipeline.reporting.segment_report.facts import Facts

from .relations import write
from .speech import blocks, figures_in, plain, said

INTERNAL = Policy(10)
OCTOBER, NOVEMBER, DECEMBER = (dt.date(2019, month, 1) for month in (10, 11, 12))


def cohort(of: dt.date, at: dt.date, users: int, buyers: int, revenue: float) -> dict[str, Any]:
    return {
        "cohort_month": of,
        "visit_month": at,
        "user_count": users,
        "buyer_count": buyers,
        "revenue": revenue,
        "is_whole": True,
    }


ROWS = (
    cohort(OCTOBER, OCTOBER, 200, 200, 1000.0),
    cohort(OCTOBER, NOVEMBER, 200, 50, 400.0),
    cohort(OCTOBER, DECEMBER, 200, 9, 100.0),
    cohort(NOVEMBER, NOVEMBER, 100, 100, 800.0),
    cohort(NOVEMBER, DECEMBER, 100, 30, 200.0),
    cohort(DECEMBER, DECEMBER, 60, 60, 300.0),
)


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *cohorts: dict, policy: Policy = INTERNAL
) -> Facts:
    write(marts, "cohort_months", *cohorts)
    return facts.having(cohorts=told_cohorts(gather_cohorts(marts), policy))


def table_of(facts: Facts, name: str, language: str = "en") -> list[tuple[str, ...]]:
    """Return the table behind a picture."""
    chart = sections(figures_in(facts, language))["cohorts"].charts()[name]
    assert chart is not None
    assert chart.table is not None
    return [tuple(map(plain, row)) for row in chart.table.rows]


def test_shares_are_of_the_cohort_and_revenue_of_its_first_month(marts, facts) -> None:
    told = found(marts, facts, *ROWS)
    assert table_of(told, "cohorts_returned") == [
        ("October 2019", "200", "25.0%", "hidden"),
        ("November 2019", "100", "30.0%", ""),
    ]
    assert table_of(told, "cohorts_kept") == [
        ("October 2019", "200", "40.0%", "hidden"),
        ("November 2019", "100", "25.0%", ""),
    ]
    shown = said(blocks(told, "cohorts"))
    assert "Of those who first bought in November 2019, 30.0% bought again" in shown
    french = found(marts, facts, *ROWS)
    assert "ceux qui ont acheté pour la première fois en novembre 2019, 30,0 % ont racheté" in said(
        blocks(french, "cohorts", "fr")
    )


def test_in_public_no_hidden_cell_follows_from_the_buyers_of_the_month(marts, facts) -> None:
    """In December 99 bought: 9 of October, 30 of November, 60 who were new."""
    told = found(marts, facts, *ROWS, policy=Policy(10, is_public=True))
    december = {
        one.month: at.buyer_count
        for one in told.sections["cohorts"]
        for at in one.months
        if at.month == DECEMBER
    }
    assert december == {OCTOBER: None, NOVEMBER: None, DECEMBER: 60}
    assert sum(row.count("hidden") for row in table_of(told, "cohorts_returned")) == 2


def test_a_small_cohort_is_hidden_in_all_its_months(marts, facts) -> None:
    few = (cohort(OCTOBER, OCTOBER, 8, 8, 80.0), cohort(OCTOBER, NOVEMBER, 8, 0, 0.0))
    rows = table_of(found(marts, facts, *few, *ROWS[3:]), "cohorts_returned")
    assert rows[0] == ("October 2019", "hidden", "hidden")


def test_where_nobody_can_have_come_back_a_sentence_says_so(marts, facts) -> None:
    assert "Nobody has bought in a whole month yet." in said(blocks(facts, "cohorts"))
    first = found(marts, facts, ROWS[0])
    assert "No whole month follows a first purchase yet" in said(blocks(first, "cohorts"))
    assert set(sections(figures_in(first))["cohorts"].charts().values()) == {None}


def test_a_year_of_cohorts_is_shown(marts, facts) -> None:
    months = [dt.date(2018 + at // 12, at % 12 + 1, 1) for at in range(20)]
    many = [
        cohort(of, at, 100, 100 if of == at else 20, 10.0)
        for of in months
        for at in months
        if of <= at
    ]
    told = found(marts, facts, *many).sections["cohorts"]
    assert [one.month for one in told] == months[-12:]
    assert len(told[0].months) == 12
