"""What the sections that argue for the segments say, sentence by sentence, in both languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace
from math import ceil, sqrt

import pytest
from scipy.stats import norm

from ml.outcomes.campaign import TestPlan, plan_test
from pipeline.reporting.kit.blocks import Paragraph, Table
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.disclosure import Total
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.campaign_tests.facts import (
    Experiments,
    Plan,
    SegmentExperiment,
    Window,
)
from pipeline.reporting.segment_report.drift.facts import Drift, FeatureDrift
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.label_stability.facts import (
    Agreement,
    Between,
    LabelStability,
)
from pipeline.reporting.segment_report.migrations.facts import Migrations, Move, Place
from pipeline.reporting.segment_report.number_of_segments.facts import NumberOfSegments
from pipeline.reporting.segment_report.rules.facts import Rules, SegmentRule
from pipeline.reporting.segment_report.value.facts import (
    Estimate,
    SegmentValue,
    Snapshot,
    SnapshotShares,
    Values,
)

from .speech import LANGUAGES, blocks, said, table

NOVEMBER, DECEMBER = dt.date(2019, 11, 1), dt.date(2019, 12, 1)


# Values -------------------------------------------------------------------------------------------


def estimate(value: float, average: float) -> Estimate:
    return Estimate(value, value - 0.01, value + 0.01, value / average)


def segment(at: int, users: int, buying: float, revenue: float, returning: float) -> SegmentValue:
    measures = (estimate(buying, 0.2), estimate(revenue, 10), estimate(returning, 0.5))
    return SegmentValue(at, users, None, None, *measures)


SNAPSHOT = Snapshot(
    snapshot_date=NOVEMBER,
    user_count=Total(120),
    average={"buying": 0.2, "revenue": 10.0, "returning": 0.5},
    segments=(
        segment(0, 60, 0.1, 2.5, 0.4),
        segment(1, 20, 0.5, 40, 0.9),
        segment(2, 40, 0.2, 6.25, 0.45),
    ),
)
VALUES = Values(
    snapshots=(SNAPSHOT,),
    shares=(
        SnapshotShares(
            NOVEMBER,
            Total(120),
            {"segment": 0.3, "rfm_group": 0.25, "rfm_cell": 0.28, "boosting": 0.4},
            {"segment": 0.29, "rfm_group": 0.24, "rfm_cell": 0.2},
        ),
    ),
)


def test_the_lift_is_said_in_times_the_average(facts: Facts) -> None:
    found = facts.having(value=VALUES)
    english = said(blocks(found, "value"))
    assert (
        "“Big <spenders>” bought 2.5 times as often next month as the average: 50.0% of them"
        " against 20.0%." in english
    )
    assert "“Window shoppers” bought 0.50 times as often: 10.0% of them." in english
    assert "“Big <spenders>” is worth 4.0 times the average, 40.00 against 10.00." in english
    french = said(blocks(found, "value", "fr"))
    assert (
        "la part d'acheteurs du segment « Gros | paniers » a été de 50,0 %, soit 2,5 fois la"
        " moyenne (20,0 %)." in french
    )


def test_the_variance_explained_stands_beside_rfm_and_the_ceiling(facts: Facts) -> None:
    english = said(blocks(facts.having(value=VALUES), "value"))
    assert "explains 30.0% of the differences" in english
    assert "(RFM) explain 25.0%, their 125 cells 28.0%." in english
    assert "predicts 40.0% for customers it has not seen" in english


def test_a_hidden_rate_is_a_dash_and_is_explained(facts: Facts) -> None:
    first, second, third = SNAPSHOT.segments
    hidden = replace(second, buying=None, revenue=None, returning=None)
    values = replace(VALUES, snapshots=(replace(SNAPSHOT, segments=(first, hidden, third)),))
    found = blocks(facts.having(value=values), "value")
    row = next(row for row in table(found).rows if row[0] == "Big <spenders>")
    assert row[2:] == (NOTHING,) * 7
    assert "fewer than 10 people did so" in said(found)
    assert "“Big <spenders>” bought" not in said(found)


# Experiments --------------------------------------------------------------------------------------


def first_month(plan: TestPlan) -> Window:
    """Return a plan as the report reads it, of a month that was measured."""
    return Window(1, NOVEMBER, 10, 100, Plan(**asdict(plan)))


def test_the_size_of_a_test_is_that_of_the_textbook(facts: Facts) -> None:
    plan = plan_test(60_000, 1_200, 12_000)
    first, second = 0.1, 0.11
    mean = (first + second) / 2
    bare = (
        norm.ppf(0.975) * sqrt(2 * mean * (1 - mean))
        + norm.ppf(0.8) * sqrt(first * (1 - first) + second * (1 - second))
    ) ** 2 / (second - first) ** 2
    needed = ceil(bare / 4 * (1 + sqrt(1 + 4 / (bare * (second - first)))) ** 2)
    experiment = Experiments(
        0.1, NOVEMBER, (SegmentExperiment(0, (first_month(plan),)), SegmentExperiment(1))
    )
    found = blocks(facts.having(experiment=experiment), "experiment")
    rows = {row[0]: row for row in table(found).rows}
    assert rows["Window shoppers"][2:4] == ("10.0%", f"{needed:,}")
    assert rows["Window shoppers"][-1] == "alone"
    assert rows["Big <spenders>"][2:] == (NOTHING,) * 2 + ("too few to show",)


@pytest.mark.parametrize(
    ("responders", "measured", "answer"),
    [
        (10, 100, "alone, for +349% and more"),
        (1, 10_000, "too small for any effect"),
        (100, 100, "everybody has bought"),
        (95, 100, "no room above"),
        (0, 0, "not measured"),
    ],
)
def test_why_a_test_cannot_be_made_is_said(
    facts: Facts, responders: int, measured: int, answer: str
) -> None:
    plan = plan_test(60, responders, measured)
    experiment = Experiments(0.1, NOVEMBER, (SegmentExperiment(0, (first_month(plan),)),))
    found = blocks(facts.having(experiment=experiment), "experiment")
    assert table(found).rows[0][-1] == answer


# Migrations ---------------------------------------------------------------------------------------


MOVE = Move(
    kind="month",
    from_date=NOVEMBER,
    to_date=DECEMBER,
    from_version=2,
    to_version=2,
    former=(Place(0), Place(1), Place(None, is_seen=False)),
    later=(Place(0), Place(1)),
    counts=((900, 100), (None, 80), (50, None)),
    stayed=0.875,
    sampled_share=0.25,
    names={Place(0): {"en": "Then", "fr": "Alors"}, Place(1): {"en": "Later", "fr": "Plus tard"}},
)


def test_who_moved_is_counted(facts: Facts) -> None:
    found = blocks(facts.having(migrations=Migrations((MOVE,))), "migrations")
    assert table(found) == Table(
        ("Before", "Window shoppers", "Big <spenders>"),
        (("Then", "900", "100"), ("Later", "hidden", "80"), ("not seen yet", "50", "hidden")),
    )
    text = said(found)
    assert "They are a sample, 25.0% of all customers" in text
    assert "Of those who had a segment before, 87.5% are still in it." in text
    assert "“hidden” stands where fewer than 10 customers went that way." in text
    assert "There is one model so far" in text


def test_without_a_hidden_number_nothing_is_explained(facts: Facts) -> None:
    move = replace(MOVE, counts=((900, 100), (20, 80), (50, 30)), stayed=None, sampled_share=1.0)
    text = said(blocks(facts.having(migrations=Migrations((move,))), "migrations"))
    assert "Every customer is counted." in text
    assert "“hidden” stands" not in text
    assert "are still in it" not in text


# Drift -------------------------------------------------------------------------------------------


def test_a_feature_above_the_threshold_proposes_a_new_model(facts: Facts) -> None:
    drift = Drift(
        (
            FeatureDrift("log_order_count", 0.314, 0.002, True),
            FeatureDrift("activity", 0.1, 0.002, False),
        )
    )
    found = blocks(facts.having(drift=drift), "drift")
    assert "(0.31). Customers are no longer what they were" in said(found)
    assert "run_pipeline.py run --retrain" in said(found)
    assert [row[1:] for row in table(found).rows] == [
        ("0.314", "0.002", "yes"),
        ("0.100", "0.002", "no"),
    ]


def test_without_drift_the_highest_index_is_named(facts: Facts) -> None:
    drift = Drift((FeatureDrift("activity", 0.249, 0.002, False),))
    english = said(blocks(facts.having(drift=drift), "drift"))
    assert "No feature is above the threshold; the highest index is 0.25" in english
    assert "--retrain" not in english
    still = Drift((FeatureDrift("activity", 0.001, 0.002, False),))
    assert "Nothing has moved" in said(blocks(facts.having(drift=still), "drift"))


# Rules -------------------------------------------------------------------------------------------


RULES = Rules(
    0.915,
    (
        SegmentRule(
            0,
            {"en": "no order", "fr": "aucune commande"},
            0.95,
            0.9,
            (("activity", 0.6), ("log_order_count", 0.3)),
        ),
        SegmentRule(1, {}, None, None, ()),
    ),
)


def test_rules_come_with_fidelity_precision_and_recall(facts: Facts) -> None:
    found = blocks(facts.having(rules=RULES), "rules")
    assert "It gives 91.5% of the customers that it had not seen the segment" in said(found)
    rows = {row[0]: row[1:] for row in table(found).rows}
    assert rows["Window shoppers"] == ("no order", "95.0%", "90.0%")
    assert rows["Big <spenders>"][0] == "no rule: a tree this shallow never names this segment"
    french = {
        row[0]: row[1] for row in table(blocks(facts.having(rules=RULES), "rules", "fr")).rows
    }
    assert french["Curieux"] == "aucune commande"


def test_unmeasured_fidelity_is_admitted(facts: Facts) -> None:
    text = said(blocks(facts.having(rules=replace(RULES, fidelity=None)), "rules"))
    assert "There were too few customers to hold some out" in text


# Label stability ----------------------------------------------------------------------------------


LABEL_STABILITY = LabelStability(
    between=(Between(0, 12, 0.2), Between(1, None, None), Between(2, 0, 0.0)),
    agreements=(
        Agreement(5, 400, 0.3, 0.26, 0.35, 100),
        Agreement(10, 400, 0.45, 0.4, 0.5, 100),
        Agreement(20, 400, 0.6, 0.55, 0.65, 100),
        Agreement(50, 400, 0.85, 0.81, 0.88, 100),
    ),
)


def test_the_curve_is_read_at_the_threshold(facts: Facts) -> None:
    text = said(blocks(facts.having(label_stability=LABEL_STABILITY), "label_stability"))
    assert "400 customers with at least 100 events were labelled again" in text
    assert "At the threshold of 10 events, 45.0% of them (40.0% to 50.0%) already had" in text
    assert "Half have it from 20 events on, four in five from 50." in text
    assert "no forecast of the label after 100 events" in text
    assert "try a higher min_events, such as 50" in text


def test_a_threshold_that_is_high_enough_is_called_so(facts: Facts) -> None:
    found = replace(facts.having(label_stability=LABEL_STABILITY), min_events=50)
    text = said(blocks(found, "label_stability"))
    assert "a higher min_events would leave more customers without a segment for little" in text
    assert "try a higher min_events" not in text


def test_who_lies_between_two_segments_is_counted(facts: Facts) -> None:
    found = blocks(facts.having(label_stability=LABEL_STABILITY), "label_stability")
    assert "12 customers, 10.0% of those with a segment, lie between two segments" in said(found)
    rows = {row[0]: row[1:] for row in table(found).rows}
    assert rows["Window shoppers"] == ("12", "20.0%")
    assert rows["Big <spenders>"] == (NOTHING, NOTHING)
    assert "A dash hides fewer than 10 customers" in said(found)


# Number of segments -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "english", "french"),
    [
        ("natural", "The verdict: natural.", "naturel"),
        ("reproducible", "without proof that there are kinds of customers", "reproductible"),
        ("constructive", "these segments are made, not found", "construit"),
    ],
)
def test_the_verdict_says_what_may_be_claimed(
    facts: Facts, verdict: str, english: str, french: str
) -> None:
    choice = NumberOfSegments(verdict, {"silhouette": 3, "inertia": 4}, {3: verdict}, {})
    found = facts.having(number=choice)
    assert english in said(blocks(found, "number"))
    assert french in said(blocks(found, "number", "fr"))


def test_criteria_that_disagree_are_counted(facts: Facts) -> None:
    choice = NumberOfSegments(
        "natural", {"silhouette": 3, "inertia": 4, "davies_bouldin": 3}, {}, {}
    )
    text = said(blocks(facts.having(number=choice), "number"))
    assert "as they do on any real customers: 2 \u00d7 3, 1 \u00d7 4." in text
    alike = replace(choice, by_criterion={"silhouette": 3, "inertia": 3})
    assert "All criteria would choose 3." in said(blocks(facts.having(number=alike), "number"))


def test_a_number_set_by_hand_is_no_choice_of_the_rule(facts: Facts) -> None:
    by_rule = said(blocks(facts, "number"))
    assert "It chose 3." in by_rule
    by_hand = replace(facts, model=replace(facts.model, chosen_by="user"))
    text = said(blocks(by_hand, "number"))
    assert "3 was set by hand, not by the rule" in text
    assert "It chose" not in text


@pytest.mark.parametrize(
    ("jaccard", "reading"),
    [(0.9, "highly_stable"), (0.8, "stable"), (0.7, "doubtful"), (0.3, "unstable")],
)
def test_the_stability_of_a_segment_is_read_after_hennig(
    facts: Facts, jaccard: float, reading: str
) -> None:
    choice = NumberOfSegments("natural", {}, {}, {0: jaccard})
    found = blocks(facts.having(number=choice), "number")
    rows = [block.rows for block in found if isinstance(block, Table)][-1]
    meaning = Catalogue("en", "report").text(f"number_{reading}")
    assert rows == (("Window shoppers", f"{jaccard:.2f}", meaning),)


# Nothing to argue with ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_said_in_a_sentence(facts: Facts, language: str) -> None:
    """The small store has one model, trained before any of this was kept, and no later month."""
    words = Catalogue(language, "report")
    for key, text in (
        ("value", "value_missing"),
        ("experiment", "experiment_missing"),
        ("migrations", "migrations_missing"),
        ("drift", "drift_missing"),
        ("rules", "rules_missing"),
        ("label_stability", "label_stability_curve_missing"),
        ("number", "number_no_verdict"),
    ):
        texts = [
            block.text for block in blocks(facts, key, language) if isinstance(block, Paragraph)
        ]
        assert words.text(text) in texts, key
