"""Every figure of the small store, worked out by hand (see `store.USUAL`)."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.reporting.kit.disclosure import Policy, Total
from pipeline.reporting.segment_report.data.facts import Rejection
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.gathering import gather_facts
from pipeline.runtime.errors import InputError

from .store import USUAL, build, resized

INTERNAL, PUBLIC = Policy(10), Policy(10, is_public=True)


def test_everybody_is_counted(facts) -> None:
    audience = facts.audience
    assert (audience.user_count, audience.labelled.user_count) == (Total(200), Total(120))
    assert (audience.buyer_count, audience.order_count) == (Total(80), 20 * 5 + 40 + 20)
    assert audience.revenue == Decimal("12200.00")
    assert (audience.between, audience.between_share) == (Total(12), 0.1)
    assert not audience.is_coarse
    assert not audience.is_money_coarse
    assert not audience.is_tiny


def test_customers_without_a_segment_have_a_reason(facts) -> None:
    groups = {one.reason: one for one in facts.audience.unsegmented}
    below, robots = groups["too_few_events"], groups["automatic_traffic"]
    assert (below.user_count, below.user_share) == (70, 0.35)
    assert below.revenue_share == pytest.approx(200 / 12_200)
    assert (robots.user_count, robots.user_share, robots.revenue_share) == (10, 0.05, 0.0)


def test_segments_come_by_revenue_with_their_lift(facts) -> None:
    spenders, buyers, lookers = facts.segments
    assert [one.segment_id for one in facts.segments] == [1, 2, 0]
    assert (spenders.user_count, spenders.revenue) == (20, Decimal("10000.00"))
    assert spenders.user_share == pytest.approx(1 / 6)
    # Of the 12,000 that customers with a segment brought in, 100 each.
    assert spenders.revenue_share == pytest.approx(10 / 12)
    assert spenders.lift == pytest.approx(5)
    assert spenders.revenue_per_user == 500
    assert buyers.buyer_rate == 1.0
    assert (lookers.revenue, lookers.lift) == (Decimal(0), 0.0)
    assert spenders.names == {"en": "Big <spenders>", "fr": "Gros | paniers"}


def test_traits_stand_beside_everyones_median(facts) -> None:
    """Of the 60 buyers 40 spent 50 and 20 spent 500: the median is 50, p90 - p10 is 450."""
    first, second, third = facts.segments[0].traits
    assert (first.feature, first.median, first.everyone) == ("revenue", 500.0, 50.0)
    assert first.deviation == pytest.approx(450 / 450)
    assert (second.feature, second.everyone) == ("event_count", 30.0)
    assert (third.feature, third.median, third.everyone) == ("recency_days", 2.0, 20.0)
    assert third.deviation == pytest.approx(-18 / 28)


def test_of_features_on_one_topic_one_is_named(facts) -> None:
    assert facts.segments[0].deviations["order_count"] == pytest.approx(1.0)
    assert "order_count" not in [trait.feature for trait in facts.segments[0].traits]


def test_the_ledger_adds_up(facts) -> None:
    """60 x 20 + 20 x 100 + 40 x 40 + 70 x 2 + 10 x 1000 = 14,940 events, 160 purchases."""
    ledger = facts.ledger
    assert [file.source_file for file in ledger.files] == ["a|<b>.csv", "b.csv"]
    total = ledger.total
    assert (total.line_count, total.kept_count) == (15_060, 14_940)
    assert (total.duplicate_count, total.rejected_count) == (90, 30)
    assert ledger.is_balanced
    assert (total.read_revenue, total.kept_revenue) == (Decimal(12_390), Decimal(12_200))
    assert (total.duplicate_revenue, total.refused_revenue) == (Decimal(40), Decimal(150))
    assert ledger.rejections == (
        Rejection("price_not_positive", 20, Decimal(150)),
        Rejection("wrong_column_count", 10, None),
    )
    (lost,) = ledger.lost_money
    assert (lost.source_file, lost.worst) == ("b.csv", ("price_not_positive", Decimal(150)))
    assert lost.share == Decimal(150) / Decimal(12_390)
    assert ledger.events_by_type == {"view": 14_780, "purchase": 160}
    assert ledger.unreadable_category_count == 3
    assert ledger.gaps == (dt.date(2019, 10, 8),)
    assert str(total.first_event_at) == "2019-10-01 08:00:00"
    assert str(total.last_event_at) == "2019-11-30 08:00:00"


def test_the_revenue_is_the_same_at_every_step(facts) -> None:
    assert set(facts.ledger.revenues.values()) == {Decimal("12200.00")}
    assert facts.ledger.is_revenue_balanced


def test_the_current_model_is_read(facts) -> None:
    model = facts.model
    assert (model.version, model.segment_count, model.chosen_by) == (2, 3, "rule")
    assert model.series("silhouette") == {2: 0.52, 3: 0.61, 4: 0.44, 5: 0.4}
    assert model.kept_variance == pytest.approx(0.95)
    assert (facts.as_of, facts.min_events) == (dt.date(2019, 12, 1), 10)
    # 0.025 of 120 is 3 people.
    assert model.series("smallest_share") == {2: 0.4, 3: 0.1667, 5: 0.1}


def test_places_are_those_of_the_scoring(facts) -> None:
    """A spender: activity clipped to 0.5, so (0.5 - 0.25) / 0.5 = 0.5; ln 6; (ln 3 - 1) / 2."""
    assert {key: len(places) for key, places in facts.scatter.items()} == {0: 60, 1: 20, 2: 40}
    expected = (0.6 * 0.5 + 0.8 * math.log(6), -(math.log(3) - 1) / 2)
    for place in facts.scatter[1]:
        assert place == pytest.approx(expected)


def test_the_places_are_a_sample(warehouse, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.reporting.segment_report.method.facts.SCATTER_SIZE", 30)
    places = gather_facts(warehouse).scatter
    assert sum(map(len, places.values())) == 30
    assert places == gather_facts(warehouse).scatter


def test_one_component_makes_no_plane(tmp_path) -> None:
    assert gather_facts(build(tmp_path / "one.duckdb", USUAL, components=1)).scatter == {}


@pytest.mark.parametrize("policy", [INTERNAL, PUBLIC])
def test_a_small_segment_has_no_figures(tmp_path, policy) -> None:
    """7 spenders: 107 customers have a segment, 187 there are."""
    facts = gather_facts(build(tmp_path / "small.duckdb", resized(spenders=7)), policy=policy)
    small = facts.segments[-1]
    assert small.is_small
    assert small.names["en"] == "Big <spenders>"
    hidden = (
        small.user_count,
        small.user_share,
        small.revenue,
        small.revenue_share,
        small.buyer_rate,
        small.lift,
        small.revenue_per_user,
    )
    assert hidden == (None,) * 7
    assert (small.deviations, small.traits, small.rules) == ({}, (), {})
    assert set(facts.scatter) == (set() if policy.is_public else {0, 2})


def test_inside_the_company_totals_and_shares_are_exact(tmp_path) -> None:
    """7 spenders of 500 each: 12,000 - 13 x 500 = 5,500 is the revenue of those with a segment."""
    facts = gather_facts(build(tmp_path / "small.duckdb", resized(spenders=7)), policy=INTERNAL)
    assert (facts.audience.user_count, facts.audience.labelled.user_count) == (
        Total(187),
        Total(107),
    )
    assert (facts.model.eligible_user_count, facts.model.training_user_count) == (
        Total(107),
        Total(107),
    )
    buyers = facts.segments[0]
    assert buyers.user_share == pytest.approx(40 / 107)
    assert buyers.revenue_share == pytest.approx(2000 / 5500)
    assert buyers.lift == pytest.approx(50 / (5500 / 107))
    assert [one.revenue_share for one in facts.audience.unsegmented] == [
        0.0,
        pytest.approx(200 / 5700),
    ]


def test_in_public_a_total_is_near_the_truth_or_missing(tmp_path) -> None:
    """Seven, who could be nine, are more than one per cent of 187, and less of 1,007 and 1,087."""
    few = gather_facts(build(tmp_path / "few.duckdb", resized(spenders=7)), policy=PUBLIC)
    missing = Total(None, is_exact=False)
    assert (few.audience.user_count, few.audience.labelled.user_count) == (missing, missing)
    assert few.segments[0].user_share is None
    assert [one.revenue_share for one in few.audience.unsegmented] == [None, None]
    many = gather_facts(
        build(tmp_path / "many.duckdb", resized(spenders=7, lookers=960)), policy=PUBLIC
    )
    assert many.audience.labelled.user_count == Total(1000, is_exact=False)
    assert many.audience.user_count == Total(1080, is_exact=False)
    shares = {one.segment_id: (one.user_share, one.revenue) for one in many.segments}
    # Of the buyers the money is not told: it would tell that of the seven.
    assert shares[2] == (0.04, None)
    assert many.model.training_user_count == Total(1000, is_exact=False)


@pytest.mark.parametrize("policy", [INTERNAL, PUBLIC])
def test_a_small_reason_has_no_figures(tmp_path, policy) -> None:
    facts = gather_facts(build(tmp_path / "few.duckdb", resized(robots=9)), policy=policy)
    robots = facts.audience.unsegmented[0]
    assert (robots.reason, robots.user_count, robots.user_share) == (
        "automatic_traffic",
        None,
        None,
    )
    # Those with a segment are told exactly: no small group is among them.
    assert facts.audience.labelled.user_count == Total(120)
    everybody = Total(None, is_exact=False) if policy.is_public else Total(199)
    assert facts.audience.user_count == everybody


@pytest.mark.parametrize("policy", [INTERNAL, PUBLIC])
def test_a_group_of_just_enough_is_shown(tmp_path, policy) -> None:
    facts = gather_facts(build(tmp_path / "enough.duckdb", resized(spenders=10)), policy=policy)
    assert facts.segments[0].user_count == 10
    assert not facts.audience.is_coarse


def few_lookers_bought(path: Path, policy: Policy) -> Facts:
    """3 of the 60 lookers spent 99 each."""
    groups = resized()
    groups["lookers"] = type(groups["lookers"])(60, 0, None, 20, 3, 1, 99, 30)
    return gather_facts(build(path, groups), policy=policy)


@pytest.mark.parametrize("policy", [INTERNAL, PUBLIC])
def test_few_buyers_hide_their_revenue(tmp_path, policy) -> None:
    facts = few_lookers_bought(tmp_path / "buyers.duckdb", policy)
    lookers = next(one for one in facts.segments if one.segment_id == 0)
    assert (lookers.user_count, lookers.revenue, lookers.revenue_share) == (60, None, None)
    assert (lookers.revenue_per_user, lookers.buyer_rate, lookers.lift) == (None, None, None)
    # The median of three people is that of one of them.
    assert lookers.deviations["revenue"] is None


def test_few_buyers_leave_all_else_exact_inside_the_company(tmp_path) -> None:
    facts = few_lookers_bought(tmp_path / "buyers.duckdb", INTERNAL)
    assert facts.audience.buyer_count == Total(83)
    assert facts.segments[0].revenue_share == pytest.approx(10_000 / 12_297)
    assert facts.segments[0].revenue_per_user == 500
    assert facts.audience.labelled.revenue == Decimal("12297.00")


def test_few_buyers_leave_three_digits_of_other_money_in_public(tmp_path) -> None:
    """Exact sums would tell what is left. A lift is computed first and rounded last."""
    facts = few_lookers_bought(tmp_path / "buyers.duckdb", PUBLIC)
    assert facts.audience.is_money_coarse
    assert facts.audience.buyer_count == Total(None, is_exact=False)
    assert facts.segments[0].revenue_share == 0.813
    assert facts.segments[0].lift == 4.88  # 500 / (12,297 / 120) = 4.8792
    assert facts.audience.labelled.revenue == Decimal("12300.0")
    assert [one.revenue_share for one in facts.audience.unsegmented] == [None, None]


def test_a_few_who_did_not_buy_hide_the_share_of_buyers_in_public(tmp_path) -> None:
    groups = resized()
    groups["buyers"] = replace(groups["buyers"], buyers=35)
    path = build(tmp_path / "w.duckdb", groups)
    told = {
        policy.is_public: next(
            one for one in gather_facts(path, policy=policy).segments if one.segment_id == 2
        )
        for policy in (INTERNAL, PUBLIC)
    }
    assert (told[False].buyer_rate, told[True].buyer_rate) == (35 / 40, None)
    # Of 40 people, two whole percents are one of them.
    assert (told[False].rules["en"], told[True].rules) == ("One order.", {})
    assert told[True].revenue == told[False].revenue == Decimal(35 * 50)


def test_buyers_are_told_though_few_did_not_buy(tmp_path) -> None:
    """All but 5 of 3,000 bought: leaving them out altogether would tell 80 of 3,075."""
    groups = resized(buyers=3000)
    groups["buyers"] = replace(groups["buyers"], buyers=2995)
    path = build(tmp_path / "w.duckdb", groups)
    assert gather_facts(path, policy=INTERNAL).audience.buyer_count == Total(3035)
    assert gather_facts(path, policy=PUBLIC).audience.buyer_count == Total(3040, is_exact=False)


def test_a_rule_that_quotes_few_repeaters_stays_out(tmp_path) -> None:
    path = build(tmp_path / "w.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update marts.segment_texts set quoted_figures = ['few_repeated'], naming_rule = 'R'"
            " where segment_id = 2"
        )
        connection.execute(
            "update marts.user_features set order_count = if(place < 3, 2, 1) where segment = 2"
        )
    rules = {one.segment_id: one.rules for one in gather_facts(path).segments}
    assert rules[2] == {}
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update marts.user_features set order_count = 2 where segment = 2 and place < 15"
        )
    rules = {one.segment_id: one.rules for one in gather_facts(path).segments}
    assert rules[2]["en"] == "R"


def test_a_lost_cent_is_seen(tmp_path) -> None:
    path = build(tmp_path / "cent.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update core.loaded_files set kept_revenue = kept_revenue + 0.01")
    assert not gather_facts(path).ledger.is_revenue_balanced


def test_a_lost_cent_of_refused_money_is_seen(tmp_path) -> None:
    path = build(tmp_path / "refused.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update core.loaded_files set refused_revenue = refused_revenue - 0.01")
    assert not gather_facts(path).ledger.is_balanced


def test_a_lost_line_is_seen(tmp_path) -> None:
    path = build(tmp_path / "line.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update core.loaded_files set line_count = line_count + 1")
    assert not gather_facts(path).ledger.is_balanced


def test_visits_that_no_feature_sees_are_counted_apart(tmp_path) -> None:
    path = build(tmp_path / "unseen.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into core.sessions values (1, date '2019-12-01', 30)")
        connection.execute("insert into core.events values (1, 'purchase', 30)")
        connection.execute(
            "update core.loaded_files set kept_revenue = kept_revenue + 30"
            " where source_file = 'b.csv'"
        )
    ledger = gather_facts(path).ledger
    assert ledger.unseen_revenue == Decimal("30.00")
    assert ledger.is_revenue_balanced


def test_the_threshold_can_be_told(warehouse) -> None:
    assert gather_facts(warehouse, min_events=25).min_events == 25


@pytest.mark.parametrize("name", ["segment_profiles", "user_segments", "segment_model"])
def test_a_missing_relation_is_named(tmp_path, name) -> None:
    path = build(tmp_path / "store.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"drop table marts.{name}")
    with pytest.raises(InputError, match=rf"store\.duckdb \(marts\.{name} is missing\): run"):
        gather_facts(path)


def test_a_warehouse_of_an_earlier_version_is_to_be_made_again(tmp_path) -> None:
    path = build(tmp_path / "store.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table core.loaded_files drop column read_revenue")
    with pytest.raises(InputError, match=r"An earlier version .* made .*store\.duckdb, .*: run"):
        gather_facts(path)


def test_no_model_is_an_error(tmp_path) -> None:
    path = build(tmp_path / "store.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        connection.execute("delete from marts.segment_model")
    with pytest.raises(InputError, match="No segment model has been trained"):
        gather_facts(path)


def test_no_warehouse_is_an_error(tmp_path) -> None:
    with pytest.raises(InputError, match="There is no warehouse"):
        gather_facts(tmp_path / "none.duckdb")
