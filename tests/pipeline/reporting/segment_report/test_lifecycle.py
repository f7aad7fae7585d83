"""Where customers stand, from the rows of the warehouse to the sentences, in both languages."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pytest

from pipeline.reporting.kit.disclosure import Policy, Total
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.lifecycle.disclosure import told_lifecycle
from pipeline.reporting.segment_report.lifecycle.facts import Lifecycle, gather_lifecycle

from .relations import write
from .speech import blocks, rows, said

# State, whether automatic, how many, and what each of them spent.
USERS = [
    ("prospect", False, 50, 0),
    ("new", False, 20, 10),
    ("active", False, 15, 40),
    ("lapsed", False, 12, 15),
    ("lost", False, 3, 20),
    ("prospect", True, 30, 0),
    ("active", True, 1, 99_999),
]


def found(marts: duckdb.DuckDBPyConnection, repeat_buyers: int = 27) -> Lifecycle:
    users = [group for group in USERS for _ in range(group[2])]
    write(
        marts,
        "user_segments",
        *[{"user_id": at, "lifecycle_state": user[0]} for at, user in enumerate(users)],
    )
    write(
        marts,
        "user_features",
        *[
            {"user_id": at, "is_automatic": user[1], "revenue": float(user[3])}
            for at, user in enumerate(users)
        ],
    )
    marts.execute(
        "create schema if not exists core;"
        "create or replace table core.store_rhythm as select 24.25::double as rhythm_days,"
        f" {repeat_buyers} as repeat_buyer_count, 14 as shortest_rhythm_days,"
        " 1.5::double as at_risk_after, 2.0::double as lapsed_after, 4.0::double as lost_after"
    )
    lifecycle = gather_lifecycle(marts)
    assert lifecycle is not None
    return lifecycle


def told(
    facts: Facts,
    lifecycle: Lifecycle | None,
    policy: Policy | None = None,
    everybody: Total = Total(131),  # noqa: B008
) -> Facts:
    policy = policy or Policy(10)
    shown = told_lifecycle(lifecycle, policy, everybody) if lifecycle else None
    return replace(facts.having(lifecycle=shown), policy=policy)


def test_counts_and_shares_are_those_of_people(marts, facts) -> None:
    """100 people who spent 200 + 600 + 180 + 60; nobody is at risk, three may not be shown."""
    lifecycle = told(facts, found(marts))
    assert rows(blocks(lifecycle, "lifecycle")) == [
        ("Prospect", "none so far", "50", "50.0%", "0.0%"),
        ("New", "on the only order day, at most 1.5 rhythms ago", "20", "20.0%", "19.2%"),
        ("Active", "at most 1.5 rhythms ago", "15", "15.0%", "57.7%"),
        ("At risk", "1.5 to 2 rhythms ago", "0", "0.0%", "0.0%"),
        ("Lapsed", "2 to 4 rhythms ago", "12", "12.0%", "17.3%"),
        ("Lost", "more than 4 rhythms ago", "fewer than 10", "–", "–"),  # noqa: RUF001
    ]
    french = rows(blocks(lifecycle, "lifecycle", "fr"))
    assert french[2] == ("Actifs", "il y a 1,5 rythmes au plus", "15", "15,0 %", "57,7 %")


def test_the_rhythm_of_the_store_is_told(marts, facts) -> None:
    lifecycle = told(facts, found(marts))
    english, french = (said(blocks(lifecycle, "lifecycle", language)) for language in ("en", "fr"))
    assert "never with fewer than 14." in english
    assert "the store's rhythm of 24.2 days" in english
    assert "two days or more: 27." in english
    assert "rythme du magasin : 24,2 jours" in french
    assert "not counted here, neither people nor revenue: 31 users." in english


def test_in_public_no_state_can_be_worked_out(marts, facts) -> None:
    """Three are lost of 100 whose number is known: with them, the next smallest state is hidden."""
    lifecycle = told(facts, found(marts), Policy(10, is_public=True))
    shown = [row[2] for row in rows(blocks(lifecycle, "lifecycle"))]
    assert shown == ["50", "20", "15", "0", "not shown", "not shown"]


def test_in_public_states_do_not_add_up_to_what_all_customers_leave_out(marts, facts) -> None:
    everybody = Total(125, is_exact=False)
    lifecycle = told(facts, found(marts), Policy(10, is_public=True), everybody)
    assert {row[2:] for row in rows(blocks(lifecycle, "lifecycle"))} == {
        ("not shown", "\u2013", "\u2013")
    }


def test_a_store_without_repeat_buyers_says_so(marts, facts) -> None:
    lifecycle = told(facts, found(marts, repeat_buyers=0))
    assert "Nobody has ordered on two days yet" in said(blocks(lifecycle, "lifecycle"))
    assert "Personne n'a encore commandé" in said(blocks(lifecycle, "lifecycle", "fr"))
    few = told(facts, found(marts, repeat_buyers=4))
    assert "two days or more: fewer than 10." in said(blocks(few, "lifecycle"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_older_warehouse_has_no_states(marts, facts, language) -> None:
    assert gather_lifecycle(marts) is None
    assert len(blocks(told(facts, None), "lifecycle", language)) == 1
