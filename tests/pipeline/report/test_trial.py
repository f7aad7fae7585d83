"""How large a fair test has to be, from the rows of the warehouse to the table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from math import ceil, sqrt

import duckdb
import pytest

from pipeline.number_format import NOTHING
from pipeline.report.audience import Part, Parts
from pipeline.report.disclosure.outcomes import told_trial
from pipeline.report.facts import Facts
from pipeline.report.privacy import Policy
from pipeline.report.trial.facts import Trial, plan_trial
from pipeline.report.worth.facts import gather_worth

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
    return replace(facts, segments=segments, trial=trial_of(marts, sizes))


def trial_of(marts: duckdb.DuckDBPyConnection, sizes: dict[int, int]) -> Trial:
    """Return what may be told of tests in segments of these sizes."""
    parts = Parts({at: Part(size, size // 2, Decimal(0)) for at, size in sizes.items()})
    worth = gather_worth(marts)
    exact = plan_trial(worth, parts)
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
    assert enough == ("Window shoppers", f"{2 * needed:,}", base, f"{needed:,}", "+10%", "yes")
    short = shown["Big <spenders>"]
    assert (short[3], short[-1]) == (f"{needed:,}", "no, too small")
    assert shown["First-timers"][-1] == "no, too small"
    assert "Large enough for an effect of 10%: Window shoppers." in said(blocks(trial, "trial"))


def test_the_lead_says_power_and_false_alarm(marts, facts) -> None:
    sizes = {0: 60, 1: 20, 2: 40}
    trial = found(marts, facts, sizes, segment_value(NOVEMBER, 0, 700, buyers=20))
    english, french = (said(blocks(trial, "trial", language)) for language in ("en", "fr"))
    assert "in 80 of 100 cases (power) an effect of 10%" in english
    assert "with a false alarm in 5 of 100 cases" in english
    assert "in the month after 2019-11-01, whatever the store did in it" in english
    assert "dans 80 cas sur 100 (puissance), un effet de 10 %" in french
    assert "avec une fausse alerte dans 5 cas sur 100" in french
    assert "Aucun segment n'est assez grand pour un effet de 10 %." in french


def test_where_nobody_bought_no_test_is_advised(marts, facts) -> None:
    """One segment in which somebody did is enough to plan with."""
    sizes = {0: 60, 1: 20}
    nobody = [segment_value(NOVEMBER, at, 100) for at in sizes]
    trial = found(marts, facts, sizes | {2: 40}, *nobody, segment_value(NOVEMBER, 2, 100))
    assert [row[-1] for row in rows(blocks(trial, "trial"))] == ["nobody has bought"] * 3
    assert "No segment is large enough" not in said(blocks(trial, "trial"))
    marts.execute("update marts.segment_value set buyer_count = 20 where group_id = '2'")
    trial = replace(trial, trial=trial_of(marts, sizes | {2: 40}))
    assert "No segment is large enough for an effect of 10%." in said(blocks(trial, "trial"))


def test_what_rests_on_few_people_is_not_shown(marts, facts) -> None:
    sizes = {0: 60, 1: 9, 2: 40}
    values = (
        segment_value(NOVEMBER, 0, 700, buyers=9),
        segment_value(NOVEMBER, 1, 100, buyers=60),
    )
    shown = rows(blocks(found(marts, facts, sizes, *values), "trial"))
    hidden = (NOTHING, NOTHING, NOTHING)
    assert shown == [
        ("Big <spenders>", "fewer than 10", *hidden, "too few to show"),
        ("First-timers", "40", *hidden, "not measured"),
        ("Window shoppers", "60", *hidden, "too few to show"),
    ]
