from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ml.description.explanation import Rule, explain
from ml.description.importance import feature_importance
from ml.model.errors import SegmentationError
from pipeline.reporting.kit.segment_words import SegmentWords


def said(rule: Rule) -> str:
    """Return a rule in words."""
    words = SegmentWords("en").tree_rule([[bound.as_code() for bound in rule.bounds]])
    assert words is not None
    return words


def _shop(count: int = 600) -> tuple[np.ndarray, pd.DataFrame]:
    """Users of three kinds that a shop assistant could tell apart: regulars, once, never."""
    rng = np.random.default_rng(7)
    orders = np.array([0, 0, 1, 4, 5, 6])[np.arange(count) % 6]
    users = pd.DataFrame(
        {
            "order_count": orders,
            "recency_days": rng.integers(1, 90, count),
            "favourite_category_share": rng.random(count).round(3),
            "price_level": rng.random(count).round(3) + 0.5,
        }
    )
    return np.select([orders >= 4, orders >= 1], [0, 1], 2), users


def test_the_obvious_rules_are_found() -> None:
    found = explain(*_shop())
    assert [said(entry.rules[0]) for entry in found.segments] == [
        "at least 3 orders",
        "1 to 2 orders",
        "no order",
    ]
    for entry in found.segments:
        assert len(entry.rules) == 1
        rule = entry.rules[0]
        assert (rule.coverage, rule.precision, entry.precision, entry.recall) == (1, 1, 1, 1)
    assert [entry.rules[0].user_count for entry in found.segments] == [300, 100, 200]
    assert found.fidelity == 1
    assert found.leaf_count == 3


def test_golden_rules_on_two_features() -> None:
    # Who bought is a customer, lately or long ago; the others are visitors.
    orders, days = (part.ravel() for part in np.meshgrid(np.arange(0, 6), np.arange(1, 61)))
    users = pd.DataFrame({"order_count": orders, "recency_days": days})
    labels = np.where(orders < 2, 7, np.where(days <= 30, 3, 5))
    found = explain(labels, users)
    assert {entry.segment: [said(rule) for rule in entry.rules] for entry in found.segments} == {
        3: ["at least 2 orders, and last seen at most 30 days ago"],
        5: ["at least 2 orders, and last seen at least 31 days ago"],
        7: ["at most 1 order"],
    }


def test_fidelity_is_measured_on_users_the_tree_has_not_seen() -> None:
    # Labels by the toss of a coin: whatever the tree learns is worth nothing on other users.
    rng = np.random.default_rng(1)
    users = pd.DataFrame(rng.random((4_000, 4)), columns=list(_shop()[1].columns))
    found = explain(rng.integers(0, 2, 4_000), users, min_leaf_share=0)
    assert found.fidelity == pytest.approx(0.5, abs=0.04)
    assert found.training_user_count + found.held_out_user_count == 4_000
    assert found.held_out_user_count == pytest.approx(1_200, abs=120)


def test_precision_and_recall_by_hand() -> None:
    # In a fifth of the cases the rule is wrong: users with orders who are no customers.
    users = pd.DataFrame({"order_count": np.arange(5_000) % 2, "event_count": np.arange(5_000)})
    is_exception = (np.arange(5_000) % 10) == 1
    labels = np.where((users["order_count"] == 1) & ~is_exception, 0, 1)
    customers, others = explain(labels, users, max_depth=1).segments
    # Of 5 users with orders 4 are customers, and of 6 others 5 have no order.
    assert customers.precision == pytest.approx(4 / 5, abs=0.02)
    assert customers.recall == others.precision == 1
    assert others.recall == pytest.approx(5 / 6, abs=0.02)
    assert customers.rules[0].precision == customers.precision
    assert others.rules[0].coverage == others.recall


def test_no_rule_rests_on_fewer_users_than_may_be_shown() -> None:
    labels, users = _shop()
    labels = np.where(users.index < 9, 9, labels)
    users.loc[users.index < 9, "recency_days"] = 500
    for least in (10, 50):
        found = explain(labels, users, min_group_size=least, min_leaf_share=0)
        assert min(rule.user_count for entry in found.segments for rule in entry.rules) >= least
    # The nine have no rule.
    nine = found.segments[-1]
    assert (nine.segment, nine.rules, nine.recall) == (9, (), 0.0)
    assert nine.as_code() is None


def test_rules_are_few_and_the_widest_come_first() -> None:
    rng = np.random.default_rng(3)
    users = pd.DataFrame({"recency_days": rng.integers(0, 64, 5_000)})
    labels = users["recency_days"].to_numpy() // 8 % 2
    found = explain(labels, users, max_depth=8, rules_per_segment=2, min_coverage=0)
    for entry in found.segments:
        coverages = [rule.coverage for rule in entry.rules]
        assert len(coverages) == 2
        assert coverages == sorted(coverages, reverse=True)


def test_narrow_rules_are_left_out_but_the_widest_stays() -> None:
    rng = np.random.default_rng(3)
    users = pd.DataFrame({"recency_days": rng.integers(0, 64, 5_000)})
    labels = users["recency_days"].to_numpy() // 8 % 2
    found = explain(labels, users, max_depth=8, min_coverage=0.9)
    assert [len(entry.rules) for entry in found.segments] == [1, 1]


def test_renumbered_segments_have_the_same_rules() -> None:
    labels, users = _shop()
    names = np.array([4, 0, 2])
    before = {
        names[entry.segment]: said(entry.rules[0]) for entry in explain(labels, users).segments
    }
    after = {
        entry.segment: said(entry.rules[0]) for entry in explain(names[labels], users).segments
    }
    assert before == after


def test_the_order_of_the_rows_does_not_matter() -> None:
    labels, users = _shop()
    order = np.random.default_rng(0).permutation(len(users))
    assert explain(labels[order], users.iloc[order]) == explain(labels, users)


def test_one_segment_is_everybody() -> None:
    _, users = _shop()
    found = explain(np.zeros(len(users), int), users)
    assert said(found.segments[0].rules[0]) == "all users"
    assert (found.fidelity, found.largest_share) == (1.0, 1.0)


def test_a_handful_of_users_has_no_rule_to_show() -> None:
    labels, users = _shop(6)
    found = explain(labels, users)
    assert all(entry.rules == () for entry in found.segments)


def test_equal_users_cannot_be_held_out() -> None:
    users = pd.DataFrame({"order_count": [1.0] * 30})
    found = explain(np.arange(30) % 2, users)
    assert found.training_user_count + found.held_out_user_count == 30
    assert found.training_user_count > 0


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [("order_count", np.nan, "order_count is not a finite number for 1"), ("log_x", 1.0, "log_x")],
)
def test_columns_that_cannot_be_explained(column: str, value: float, message: str) -> None:
    labels, users = _shop()
    users[column] = users.get(column, pd.Series(0.0, users.index)).astype(float)
    users.loc[3, column] = value
    with pytest.raises(SegmentationError, match=message):
        explain(labels, users)


def test_no_users_are_refused() -> None:
    with pytest.raises(SegmentationError, match="0 labels and 0 users"):
        explain(np.array([], int), _shop()[1].iloc[:0])


def test_importance_by_hand() -> None:
    # One component along (0.6, 0.8): every centroid differs in 0.36 and 0.64 of its distance.
    found = feature_importance(np.array([[2.0], [-5.0]]), np.array([[0.6, 0.8]]))
    assert found.tolist() == [pytest.approx([0.36, 0.64])] * 2


def test_importance_adds_up_and_the_average_differs_in_nothing() -> None:
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(5, 5)))[0][:3]
    centroids = np.vstack([rng.normal(size=(4, 3)), np.zeros((1, 3))])
    found = feature_importance(centroids, axes)
    assert found.sum(axis=1) == pytest.approx(1)
    assert found[-1].tolist() == [0.2] * 5


def test_importance_does_not_depend_on_the_signs_of_the_axes() -> None:
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.normal(size=(4, 4)))[0][:3]
    centroids = rng.normal(size=(4, 3))
    turned = np.array([1.0, -1.0, -1.0])
    assert feature_importance(centroids * turned, axes * turned[:, None]) == pytest.approx(
        feature_importance(centroids, axes)
    )
