"""How large a fair test has to be, from the rows of the warehouse to the table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from math import ceil, sqrt

import duckdb
import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.campaign_tests.disclosure import told_trial
from pipeline.reporting.segment_report.campaign_tests.facts import (
    Trial,
    gather_responses,
    plan_trial,
)
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.value.facts import gather_worth

from .relations import segment_value, value_share, write
from .speech import blocks, rows, said

NOVEMBER = dt.date(2019, 11, 1)
# Quantiles of the normal distribution for 5 %, two-sided, and 80 %.
ALPHA, POWER = 1.959963984540054, 0.8416212335729143


def fleiss(first: float, second: float) -> int:
    """Return the size of each half after Fleiss (1981), formulas 3.14 and 3.15."""
    mean = (first + second) / 2
    bare = (
        ALPHA * sqrt(2 * mean * (1 - mean))
        + POWER * sqrt(first * (1 - first) + second * (1 - second))
    ) ** 2 / (second - first) ** 2
    return ceil(bare / 4 * (1 + sqrt(1 + 4 / (bare * (second - first)))) ** 2)


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, sizes: dict[int, int], *values: dict
) -> Facts:
    """Put these rows into the warehouse; the segments have these sizes today."""
    write(marts, "segment_value", segment_value(NOVEMBER, "all", 1000, buyers=100), *values)
    write(marts, "value_shares", value_share(NOVEMBER, "segment", 1000, 0.3))
    segments = tuple(
        replace(one, user_count=sizes[one.segment_id] if sizes[one.segment_id] >= 10 else None)
        for one in facts.segments
    )
    return replace(facts.having(trial=trial_of(marts, sizes)), segments=segments)


def trial_of(marts: duckdb.DuckDBPyConnection, sizes: dict[int, int]) -> Trial:
    """Return what may be told of tests in segments of these sizes."""
    parts = Parts({at: Part(size, size // 2, Decimal(0)) for at, size in sizes.items()})
    worth = gather_worth(marts)
    exact = plan_trial(worth, parts, gather_responses(marts))
    assert worth is not None
    assert exact is not None
    return told_trial(exact, worth, parts, Policy(10))


@pytest.mark.parametrize(("buyers", "rate"), [(600, 0.6), (200, 0.2), (50, 0.05)])
def test_halves_have_the_size_of_the_textbook(marts, facts, buyers, rate) -> None:
    needed = fleiss(rate, rate * 1.1)
    sizes = {0: 2 * needed, 1: 2 * needed - 1, 2: 50}
    values = [segment_value(NOVEMBER, at, 1000, buyers=buyers) for at in sizes]
    trial = found(marts, facts, sizes, *values)
    shown = {row[0]: row for row in rows(blocks(trial, "trial"))}
    base = f"{rate:.1%}"
    enough = shown["Window shoppers"]
    assert enough == ("Window shoppers", f"{2 * needed:,}", base, f"{needed:,}", "alone")
    # Both are too small, and so alike that together they need no more than each of them.
    for name in ("Big <spenders>", "First-timers"):
        assert shown[name][-2:] == (f"{needed:,}", "with others, see below")
    assert (
        "Together large enough for an effect of 10%: Big <spenders>; First-timers. Of these"
        f" {2 * needed + 49:,} customers {base} are expected to buy, and each half needs"
        f" {needed:,}."
    ) in said(blocks(trial, "trial"))


def test_the_lead_says_power_and_false_alarm(marts, facts) -> None:
    sizes = {0: 60, 1: 20, 2: 40}
    trial = found(marts, facts, sizes, segment_value(NOVEMBER, 0, 700, buyers=20))
    english, french = (said(blocks(trial, "trial", language)) for language in ("en", "fr"))
    assert "in 80 of 100 cases (power) an effect of 10%" in english
    assert "with a false alarm in 5 of 100 cases" in english
    assert "in the month after 2019-11-01, whatever the store did in it" in english
    assert "dans 80 cas sur 100 (puissance), un effet de 10 %" in french
    assert "avec une fausse alerte dans 5 cas sur 100" in french
    assert "Aucun segment" not in french


def test_where_nobody_bought_no_test_is_advised(marts, facts) -> None:
    """One segment in which somebody did is enough to plan with."""
    sizes = {0: 60, 1: 20}
    nobody = [segment_value(NOVEMBER, at, 100) for at in sizes]
    trial = found(marts, facts, sizes | {2: 40}, *nobody, segment_value(NOVEMBER, 2, 100))
    assert [row[-1] for row in rows(blocks(trial, "trial"))] == ["nobody has bought"] * 3
    assert "no effect on a rate of 0 can be planned for" in said(blocks(trial, "trial"))
    marts.execute("update marts.segment_value set buyer_count = 20 where group_id = '2'")
    trial = trial.having(trial=trial_of(marts, sizes | {2: 40}))
    assert rows(blocks(trial, "trial"))[1][-1] == "alone, for +237% and more"
    assert "rate of 0" not in said(blocks(trial, "trial"))


def test_what_rests_on_few_people_is_not_shown(marts, facts) -> None:
    sizes = {0: 60, 1: 9, 2: 40}
    values = (
        segment_value(NOVEMBER, 0, 700, buyers=9),
        segment_value(NOVEMBER, 1, 100, buyers=60),
    )
    shown = rows(blocks(found(marts, facts, sizes, *values), "trial"))
    hidden = (NOTHING, NOTHING)
    assert shown == [
        ("Big <spenders>", "fewer than 10", *hidden, "too few to show"),
        ("First-timers", "40", *hidden, "not measured"),
        ("Window shoppers", "60", *hidden, "too few to show"),
    ]


def window(months: int, segment: int, buyers: int, users: int = 1000) -> dict:
    """Return one row of `segment_windows`: one month less of data for each month of the window."""
    moment = dt.date(2019, 12 - months, 1)
    return {
        "segment_id": segment,
        "month_count": months,
        "moment": moment,
        "buyer_count": buyers,
        "user_count": users,
    }


def test_pooled_segments_then_longer_windows_then_the_smallest_effect_are_offered(
    marts, facts
) -> None:
    """Segment 1 buys most; with 2 it suffices. 0 takes three months, for which it is enough."""
    needed, longer = fleiss(0.04, 0.044), fleiss(0.2, 0.22)
    sizes = {0: 2 * longer, 1: 5_000, 2: 3_000}
    values = [
        segment_value(NOVEMBER, 0, 1000, buyers=40),
        segment_value(NOVEMBER, 1, 1000, buyers=300),
        segment_value(NOVEMBER, 2, 1000, buyers=300),
    ]
    write(
        marts,
        "segment_windows",
        *(window(months, 0, buyers) for months, buyers in ((1, 40), (2, 60), (3, 200), (4, 300))),
        window(2, 1, 310),
    )
    trial = found(marts, facts, sizes, *values)
    section = blocks(trial, "trial")
    shown = {row[0]: row for row in rows(section)}
    assert shown["Window shoppers"][1:4] == (f"{2 * longer:,}", "4.0%", f"{needed:,}")
    assert [shown[name][-1] for name in ("Big <spenders>", "First-timers", "Window shoppers")] == [
        "with others, see below",
        "with others, see below",
        "alone, over 3 months",
    ]
    second = {row[0]: row for row in rows(section, 1)}
    assert second["Window shoppers"][1:4] == ("3", "20.0% from 2019-09-01 on", f"{longer:,}")
    assert second["Big <spenders>"][1:3] == ("more than 2", "31.0% from 2019-10-01 on")
    assert all(row[-1].startswith("+") for row in second.values())
    english = said(section)
    places = [
        english.index(text)
        for text in (
            "Together large enough for an effect of 10%: Big <spenders>; First-timers.",
            "if the campaign goes on for longer",
            "which effect can be shown without waiting",
        )
    ]
    assert places == sorted(places)
    assert "no, too small" not in english


def test_where_even_all_are_too_few_the_effect_that_they_show_together_is_named(
    marts, facts
) -> None:
    assert fleiss(0.2, 0.2 * 1.36) <= 600 < fleiss(0.2, 0.2 * 1.35)
    sizes = {0: 600, 1: 200, 2: 400}
    values = [segment_value(NOVEMBER, at, 1000, buyers=200) for at in sizes]
    trial = found(marts, facts, sizes, *values)
    english, french = (said(blocks(trial, "trial", language)) for language in ("en", "fr"))
    assert (
        "Not even together are they large enough for an effect of 10%: of the 1,200 customers of"
        " Window shoppers; First-timers; Big <spenders>, 20.0% are expected to buy, and each half"
        f" would need {fleiss(0.2, 0.22):,}. Together they can show an effect of +36% and more."
    ) in english
    assert "Ensemble, ils peuvent montrer un effet d'au moins +36 %." in french
    assert "no two months follow a date at which customers had a segment" in english
    assert "n'est suivie de deux mois" in french


def test_few_people_are_neither_in_a_pool_nor_in_a_window(marts, facts) -> None:
    sizes = {0: 600, 1: 200, 2: 400}
    values = [segment_value(NOVEMBER, at, 1000, buyers=200) for at in (0, 2)]
    few = segment_value(NOVEMBER, 1, 1000, buyers=9)
    write(marts, "segment_windows", window(2, 0, 9), window(3, 0, 300), window(2, 1, 300))
    trial = found(marts, facts, sizes, *values, few).sections["trial"]
    assert trial is not None
    assert trial.pool is not None
    assert trial.pool.groups == (0, 2)
    told = {one.segment_id: one for one in trial.segments}
    assert [one.months for one in told[0].responses] == [3]
    assert told[1].responses == ()
    assert told[1].window is None
