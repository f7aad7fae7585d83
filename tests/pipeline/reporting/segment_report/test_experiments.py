"""How large a fair test has to be, from the rows of the warehouse to the table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from math import ceil, sqrt

import duckdb
import pyarrow as pa
import pytest

from ml.outcomes.experiment_sizes import experiment_sizes
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.campaign_tests.disclosure import told_experiments
from pipeline.reporting.segment_report.campaign_tests.facts import gather_experiments
from pipeline.reporting.segment_report.facts import Facts

from .relations import write
from .speech import blocks, rows, said

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


def response(segment: int, buyers: int, users: int = 1000, *, months: int = 1) -> dict:
    """Return who bought within so many months; each month more takes away one month of data."""
    return {
        "segment_id": segment,
        "month_count": months,
        "snapshot_date": dt.date(2019, 12 - months, 1),
        "responder_count": buyers,
        "measured_count": users,
    }


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, sizes: dict[int, int], *responses: dict
) -> Facts:
    """Put the experiments into the warehouse; the segments have these sizes today."""
    measured = {one["segment_id"] for one in responses if one["month_count"] == 1}
    unmeasured = [
        response(at, 0, 0) | {"snapshot_date": None} for at in sizes if at not in measured
    ]
    rows = [one | {"customer_count": sizes[one["segment_id"]]} for one in (*responses, *unmeasured)]
    write(marts, "experiment_sizes", *experiment_sizes(pa.Table.from_pylist(rows)).to_pylist())
    exact = gather_experiments(marts)
    assert exact is not None
    segments = tuple(
        replace(one, user_count=sizes[one.segment_id] if sizes[one.segment_id] >= 10 else None)
        for one in facts.segments
    )
    return replace(facts.having(experiment=told_experiments(exact, Policy(10))), segments=segments)


@pytest.mark.parametrize(("buyers", "rate"), [(600, 0.6), (200, 0.2), (50, 0.05)])
def test_halves_have_the_size_of_the_textbook(marts, facts, buyers, rate) -> None:
    needed = fleiss(rate, rate * 1.1)
    sizes = {0: 2 * needed, 1: 2 * needed - 1, 2: 50}
    values = [response(at, buyers, 1000) for at in sizes]
    experiment = found(marts, facts, sizes, *values)
    shown = {row[0]: row for row in rows(blocks(experiment, "experiment"))}
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
    ) in said(blocks(experiment, "experiment"))


def test_the_lead_says_power_and_false_alarm(marts, facts) -> None:
    sizes = {0: 60, 1: 20, 2: 40}
    experiment = found(marts, facts, sizes, response(0, 20, 700))
    english, french = (
        said(blocks(experiment, "experiment", language)) for language in ("en", "fr")
    )
    assert "in 80 of 100 cases (power) an effect of 10%" in english
    assert "with a false alarm in 5 of 100 cases" in english
    assert "in the month after 2019-11-01, whatever the store did in it" in english
    assert "dans 80 cas sur 100 (puissance), un effet de 10 %" in french
    assert "avec une fausse alerte dans 5 cas sur 100" in french
    assert "Aucun segment" not in french


def test_where_nobody_bought_no_test_is_advised(marts, facts) -> None:
    """One segment in which somebody did is enough to plan with."""
    sizes = {0: 60, 1: 20}
    nobody = [response(at, 0, 100) for at in sizes]
    experiment = found(marts, facts, sizes | {2: 40}, *nobody, response(2, 0, 100))
    assert [row[-1] for row in rows(blocks(experiment, "experiment"))] == ["nobody has bought"] * 3
    assert "no effect on a rate of 0 can be planned for" in said(blocks(experiment, "experiment"))
    experiment = found(marts, facts, sizes | {2: 40}, *nobody, response(2, 20, 100))
    assert rows(blocks(experiment, "experiment"))[1][-1] == "alone, for +237% and more"
    assert "rate of 0" not in said(blocks(experiment, "experiment"))


def test_what_rests_on_few_people_is_not_shown(marts, facts) -> None:
    sizes = {0: 60, 1: 9, 2: 40}
    values = (
        response(0, 9, 700),
        response(1, 60, 100),
    )
    shown = rows(blocks(found(marts, facts, sizes, *values), "experiment"))
    hidden = (NOTHING, NOTHING)
    assert shown == [
        ("Big <spenders>", "fewer than 10", *hidden, "too few to show"),
        ("First-timers", "40", *hidden, "not measured"),
        ("Window shoppers", "60", *hidden, "too few to show"),
    ]


def test_pooled_segments_then_longer_windows_then_the_smallest_effect_are_offered(
    marts, facts
) -> None:
    """Segment 1 buys most; with 2 it suffices. 0 takes three months, for which it is enough."""
    needed, longer = fleiss(0.04, 0.044), fleiss(0.2, 0.22)
    sizes = {0: 2 * longer, 1: 5_000, 2: 3_000}
    values = [
        response(0, 40, 1000),
        response(1, 300, 1000),
        response(2, 300, 1000),
    ]
    values += [
        response(0, buyers, months=months) for months, buyers in ((2, 60), (3, 200), (4, 300))
    ]
    values.append(response(1, 310, months=2))
    experiment = found(marts, facts, sizes, *values)
    section = blocks(experiment, "experiment")
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
    values = [response(at, 200, 1000) for at in sizes]
    experiment = found(marts, facts, sizes, *values)
    english, french = (
        said(blocks(experiment, "experiment", language)) for language in ("en", "fr")
    )
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
    values = [response(at, 200, 1000) for at in (0, 2)]
    values += [response(1, 9), response(1, 300, months=2)]
    values += [response(0, 9, months=2), response(0, 300, months=3)]
    experiment = found(marts, facts, sizes, *values).sections["experiment"]
    # The pool of all three is in the warehouse, and not in the report.
    pooled = "select segment_count from marts.experiment_sizes where experiment = 'pool' order by 1"
    assert marts.execute(pooled).fetchall() == [(2,), (3,)]
    assert [one.groups for one in experiment.pools] == [(0, 2)]
    assert experiment.pool.groups == (0, 2)
    told = {one.segment_id: one for one in experiment.segments}
    assert [one.months for one in told[0].windows] == [1, 3]
    assert told[0].window.months == 3
    assert told[1].windows == ()
    assert told[1].plan is None
    assert told[1].window is None


def test_what_nearly_everybody_did_is_hidden_in_public_alone(marts, facts) -> None:
    """991 of 1,000 bought: who knows both knows the nine who did not."""
    values = [response(0, 991), response(1, 100), response(2, 100)]
    found(marts, facts, {0: 600, 1: 200, 2: 400}, *values)
    exact = gather_experiments(marts)
    assert exact is not None
    for policy, hidden in ((Policy(10), []), (Policy(10, is_public=True), [0])):
        told = told_experiments(exact, policy)
        assert [one.segment_id for one in told.segments if one.plan is None] == hidden


def test_without_a_past_and_in_an_older_warehouse_there_is_nothing_to_plan(marts) -> None:
    assert gather_experiments(marts) is None
    nothing = response(0, 0, 0) | {"snapshot_date": None, "customer_count": 50}
    write(marts, "experiment_sizes", *experiment_sizes(pa.Table.from_pylist([nothing])).to_pylist())
    assert gather_experiments(marts) is None
