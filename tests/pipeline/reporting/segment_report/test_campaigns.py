"""What campaigns changed, from the rows of the warehouse to the sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.campaigns.disclosure import told_campaigns
from pipeline.reporting.segment_report.campaigns.facts import gather_campaigns
from pipeline.reporting.segment_report.facts import Facts

from .relations import write
from .speech import blocks, rows, said


def _result(group: str, period: str = "after", **figures: Any) -> dict[str, Any]:
    return {
        "campaign": "Spring", "period": period, "group_id": group, "day_count": 30,
        "treated_count": 9_000, "control_count": 1_000,
        "treated_buyer_rate": 0.134, "control_buyer_rate": 0.1,
        "buyer_rate_difference": 0.034, "buyer_rate_difference_lower": 0.0123,
        "buyer_rate_difference_upper": 0.0551, "buyer_rate_uplift": 0.34,
        "buyer_needed_count": None,
        "treated_revenue": Decimal("9000.00"), "control_revenue": Decimal("950.00"),
        "mean_revenue_difference": 0.05, "mean_revenue_difference_lower": -1.26,
        "mean_revenue_difference_upper": 2.0, "mean_revenue_uplift": 0.05,
        "revenue_needed_count": 412_000,
    } | figures  # fmt: skip


_ALIKE = {"buyer_rate_difference_lower": -0.02, "buyer_rate_difference_upper": 0.01}


def _facts(
    marts: duckdb.DuckDBPyConnection,
    facts: Facts,
    *results: dict[str, Any],
    policy: Policy | None = None,
) -> Facts:
    campaign = {
        "campaign": "Spring", "starts_on": date(2020, 1, 1), "day_count": 30, "model_version": 1,
    }  # fmt: skip
    write(marts, "campaigns", campaign)
    write(marts, "campaign_results", *results)
    names = {"model_version": 1, "segment_id": 0}
    write(
        marts,
        "segment_texts",
        names | {"language": "en", "segment_name": "Loyal"},
        names | {"language": "fr", "segment_name": "Fidèles"},
    )
    policy = policy or Policy(10)
    return facts.having(campaigns=told_campaigns(gather_campaigns(marts), policy))


def test_a_verdict_follows_from_the_interval(marts, facts) -> None:
    found = _facts(
        marts, facts, _result("all"), _result("0", treated_count=900, control_count=100),
        _result("all", "before", **_ALIKE),
    )  # fmt: skip
    english, french = (blocks(found, "campaigns", language) for language in ("en", "fr"))
    assert "From 2020-01-01 on, 9,000 customers got it and 1,000 were left alone; 30 of its 30" in (
        said(english)
    )
    assert "Buyers: more, by +1.2 to +5.5; that is 34.0% of what the control did." in said(english)
    assert (
        "Revenue per customer: undecided, \u22121.3 to +2.0; 412,000 customers would decide such a"
        " difference in 8 cases of 10."
    ) in said(english)
    assert "In the 30 days before the start the groups were alike" in said(english)
    assert "Acheteurs : plus, de +1,2 à +5,5 ; soit 34,0 % de ce qu'a fait" in said(french)
    assert rows(english) == [
        ("All", "9,000", "1,000", "13.4%", "10.0%", "+1.2 to +5.5", "\u22121.3 to +2.0"),
        ("Loyal", "900", "100", "13.4%", "10.0%", "+1.2 to +5.5", "\u22121.3 to +2.0"),
    ]
    assert [row[0] for row in rows(french)] == ["Tous", "Fidèles"]


def test_less_and_unlike_and_untold_are_said(marts, facts) -> None:
    worse = {"buyer_rate_difference_lower": -0.05, "buyer_rate_difference_upper": -0.01}
    untold = {"mean_revenue_difference_lower": None, "mean_revenue_difference_upper": None}
    found = _facts(
        marts, facts, _result("all", buyer_rate_uplift=-0.2, **worse, **untold),
        _result("all", "before"),
    )  # fmt: skip
    text = said(blocks(found, "campaigns"))
    assert "Buyers: less, by \u22125.0 to \u22121.0; that is 20.0% of what the control did." in text
    assert "Revenue per customer: too few have bought to tell." in text
    assert "the groups were not alike" in text


def test_small_groups_are_hidden_and_cannot_be_worked_out_in_public(marts, facts) -> None:
    results = (_result("all"), _result("0"), _result("1", control_count=9))
    found = _facts(marts, facts, *results)
    assert [row[0] for row in rows(blocks(found, "campaigns"))] == ["All", "Loyal"]
    assert "Segments with fewer than 10 customers" in said(blocks(found, "campaigns"))
    public = _facts(marts, facts, *results, policy=Policy(10, True))
    assert [row[0] for row in rows(blocks(public, "campaigns"))] == ["All"]


def test_what_few_buyers_did_is_hidden_and_cannot_be_worked_out_in_public(marts, facts) -> None:
    counts = {"treated_count": 100, "control_count": 100, "control_buyer_rate": 0.2}
    results = (
        _result("all"), _result("0", **counts, treated_buyer_rate=0.02),
        _result("1", **counts, treated_buyer_rate=0.3), _result("2", **counts),
    )  # fmt: skip
    silent = ("100", "100", *["\u2013"] * 4)
    found = blocks(_facts(marts, facts, *results), "campaigns")
    assert [row[1:] == silent for row in rows(found)] == [False, True, False, False]
    assert "fewer than 10 customers of a group bought" in said(found)
    # All of them are known: what the other segments leave is that of the few.
    public = blocks(_facts(marts, facts, *results, policy=Policy(10, True)), "campaigns")
    assert [row[1:] == silent for row in rows(public)] == [False, True, False, True]


def test_a_campaign_ahead_is_told_and_without_any_that_is_said(marts, facts) -> None:
    found = _facts(marts, facts, _result("all", "before", **_ALIKE))
    assert "It starts on 2020-01-01, and the data end before that." in (
        said(blocks(found, "campaigns"))
    )
    without = facts.having(campaigns=())
    assert "No campaign was drawn yet" in said(blocks(without, "campaigns"))
    marts.execute("drop table marts.campaign_results")
    assert gather_campaigns(marts) == ()
