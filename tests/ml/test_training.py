from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from ml.choice_of_k.stability import bootstrap_stability
from ml.model.errors import SegmentationError, TooFewUsers
from ml.training import train
from pipeline.reporting.kit.segment_words import SegmentWords
from tests.ml.users import CONFIG, FEATURES, three_groups

_WORTH = "out_of_time_value"


def test_clear_groups_are_found_and_the_buyers_come_first() -> None:
    users = three_groups()
    model = train(users, CONFIG)
    assert model.choice.k == 3
    assert adjusted_rand_score(np.arange(300) % 3, model.labels) == 1.0
    assert set(model.labels[::3]) == {0}


def test_labels_are_those_of_the_parameters_and_of_scikit_learn() -> None:
    users = three_groups()
    model = train(users, CONFIG)
    values = users[list(CONFIG.feature_names)].to_numpy()
    assert (model.parameters.predict(values) == model.labels).all()
    assert (model.parameters.as_pipeline().predict(values) == model.labels).all()


def test_the_order_of_rows_and_the_number_of_threads_do_not_matter() -> None:
    users = three_groups(2_000)
    with threadpool_limits(1):
        first = train(users, CONFIG)
    with threadpool_limits(2):
        shuffled = users.sample(frac=1, random_state=3)
        second = train(shuffled, CONFIG)
    assert (first.parameters.centroids == second.parameters.centroids).all()
    assert (first.labels == second.labels).all()
    assert first.names == second.names
    assert first.criteria() == second.criteria()
    assert (first.jaccards == second.jaccards).all()


def test_clear_groups_are_natural_and_each_comes_back() -> None:
    model = train(three_groups(), CONFIG)
    assert model.choice.verdict == "natural"
    assert model.jaccards.shape == (3,)
    assert model.jaccards.min() > 0.99


def test_the_figure_of_a_segment_follows_it_through_the_order_by_value() -> None:
    users = three_groups()
    model = train(users, replace(CONFIG, segment_count=5))
    values = users[list(CONFIG.feature_names)].to_numpy()
    again = bootstrap_stability(values, {5: model.labels}, CONFIG)[5]
    assert len(set(model.jaccards)) > 1
    np.testing.assert_allclose(model.jaccards, again.jaccards)


def test_half_of_the_users_give_the_same_names_afresh() -> None:
    users = three_groups(600)
    expected = [(name.archetype, name.told_apart) for name in train(users, CONFIG).names]
    for seed in range(3):
        half = train(users.sample(frac=0.5, random_state=seed), CONFIG)
        assert [(name.archetype, name.told_apart) for name in half.names] == expected


def test_a_number_set_by_hand_is_taken() -> None:
    model = train(three_groups(), replace(CONFIG, segment_count=8))
    assert (model.choice.k, model.choice.chosen_by) == (8, "user")
    assert len(model.names) == 8


def test_rules_in_words_tell_the_groups_apart() -> None:
    # Five carts, four or none; twenty active days, seven or one: the tree cuts halfway between.
    model = train(three_groups(), CONFIG)
    words = SegmentWords("en")
    assert [words.tree_rule(entry.as_code()) for entry in model.explanation.segments] == [
        "at least 5 items put into the cart",
        "at least 5 active days, and at most 4 items put into the cart",
        "at most 4 active days",
    ]
    assert model.explanation.fidelity == 1.0


def test_no_rule_rests_on_fewer_users_than_may_be_shown() -> None:
    # A hundred users of each kind: every rule for 101 of them joins two kinds, and with rules for
    # 151 of 300 there is no tree at all, only everybody.
    for size, most_rules in ((101, 2), (151, 1)):
        model = train(three_groups(), replace(CONFIG, min_group_size=size))
        rules = [rule for entry in model.explanation.segments for rule in entry.rules]
        assert len(rules) <= most_rules
        assert all(rule.user_count >= size for rule in rules)


def test_bins_and_correlations_follow_the_features() -> None:
    users = three_groups()
    model = train(users, CONFIG)
    assert len(model.bins) == 3
    for name, bins in zip(CONFIG.feature_names, model.bins, strict=True):
        assert bins.shares.sum() == pytest.approx(1)
        assert len(bins.shares) == len(bins.edges) + 1
        np.testing.assert_allclose(bins.shares_of(users[name].to_numpy()), bins.shares)
    expected = spearmanr(users[list(CONFIG.feature_names)].to_numpy()).statistic
    np.testing.assert_allclose(model.correlations, expected)


def test_every_candidate_has_every_criterion() -> None:
    criteria = train(three_groups(), CONFIG).criteria()
    assert {entry["k"] for entry in criteria} == {2, 3, 4, 5, 6}
    assert {entry["criterion"] for entry in criteria} == {
        "inertia",
        "knee_distance",
        "silhouette",
        "calinski_harabasz",
        "davies_bouldin",
        "prediction_strength",
        "adjusted_rand",
        "smallest_jaccard",
        "silhouette_gain",
        "silhouette_gain_error",
        "inertia_gain",
        "inertia_gain_error",
        "smallest_share",
    }
    assert all(np.isfinite(entry["value"]) for entry in criteria)


def _past(november: list[float], december: list[float]) -> pd.DataFrame:
    """Three users at the centres of the three groups, and what they spent after two snapshots."""
    centres = [[3.0, 5.0, 0.2], [2.0, 0.0, 0.6], [0.5, 0.0, 0.0]]
    return pd.DataFrame(
        {
            "snapshot_date": [date(2019, 11, 1)] * 6 + [date(2019, 12, 1)] * 6,
            "features": centres * 4,
            "next_revenue": [*november, *december],
        }
    )


def test_the_value_out_of_time_is_the_mean_share_over_the_snapshots() -> None:
    # In November the first group spends e - 1 and the others 0: their means explain all of it. In
    # December its two users have log(1 + revenue) = 2 and 1, the other four have 0: sum of squares
    # 5 - 9 / 6 = 7/2, between the means 3/2, 0, 0: 9/2 - 9 / 6 = 3. A share of 6/7, of which three
    # groups of six users leave 1 - 1/7 x 5/3 = 16/21 when chance is taken away.
    e = float(np.e)
    past = _past([e - 1, 0, 0, e - 1, 0, 0], [e**2 - 1, 0, 0, e - 1, 0, 0])
    model = train(three_groups(), CONFIG, past=past)
    values = {entry.k: entry.out_of_time_value for entry in model.evaluations}
    assert values[3] == pytest.approx((1 + 16 / 21) / 2)
    assert set(values) == {2, 3, 4, 5, 6}
    assert model.choice.by_criterion["out_of_time_value"] in values
    told = {row["k"]: row["value"] for row in model.criteria() if row["criterion"] == _WORTH}
    assert told == values


@pytest.mark.parametrize(
    "past",
    [
        None,
        pd.DataFrame({"snapshot_date": [], "features": [], "next_revenue": []}),
        _past([0.0] * 6, [7.0] * 6),
    ],
    ids=["no_history", "no_snapshot", "nobody_differs"],
)
def test_without_a_month_to_tell_apart_there_is_no_value(past: pd.DataFrame | None) -> None:
    model = train(three_groups(), CONFIG, past=past)
    assert _WORTH not in model.choice.by_criterion
    assert _WORTH not in {row["criterion"] for row in model.criteria()}


def test_where_segments_are_natural_the_value_does_not_decide() -> None:
    users = three_groups()
    past = _past([1.0, 5.0, 9.0, 2.0, 4.0, 8.0], [3.0, 0.0, 7.0, 5.0, 1.0, 9.0])
    assert (train(users, CONFIG, past=past).labels == train(users, CONFIG).labels).all()


def test_the_id_is_no_feature() -> None:
    users = three_groups()
    renumbered = users.assign(user_id=users["user_id"] * 7)
    assert (train(users, CONFIG).labels == train(renumbered, CONFIG).labels).all()


@pytest.mark.parametrize(("count", "users"), [(1, "user is"), (2, "users are")])
def test_too_few_users_are_counted(count: int, users: str) -> None:
    words = f"^{count} distinct eligible {users} too few for 2 segments, which need 3"
    with pytest.raises(TooFewUsers, match=words):
        train(three_groups(count), CONFIG)


def test_fewer_users_than_the_asked_number() -> None:
    with pytest.raises(TooFewUsers, match="8 distinct eligible users are too few for 8 segments"):
        train(three_groups(8), replace(CONFIG, segment_count=8))


def test_few_users_cut_the_range_of_candidates() -> None:
    model = train(three_groups(5), CONFIG)
    assert [entry.k for entry in model.evaluations] == [2, 3, 4]


def test_users_who_coincide_on_the_kept_components_cut_the_range() -> None:
    # The two equal features make the first component, with 2 of 3 parts of the variance; the
    # third is independent and is dropped: three places are left, so two segments at the most.
    users = three_groups(300)
    users["log_visits"] = users["log_spend"] = np.repeat([0.0, 1.0, 2.0], 100)
    users["cart_rate"] = np.tile(np.arange(10.0), 30)
    model = train(users, replace(CONFIG, explained_variance=0.5, clipping_quantile=0.0))
    assert [entry.k for entry in model.evaluations] == [2]
    assert len(model.parameters.centroids) == len(model.parameters.segment_ids) == 2


def test_no_user_at_all() -> None:
    with pytest.raises(TooFewUsers, match="0 eligible users: add files"):
        train(three_groups().iloc[:0], CONFIG)


def test_users_that_nothing_distinguishes() -> None:
    users = three_groups(20)
    users[list(CONFIG.feature_names)] = 1.0
    with pytest.raises(SegmentationError, match="Nothing distinguishes the 20 eligible users"):
        train(users, CONFIG)


def test_one_constant_feature_is_no_obstacle() -> None:
    users = three_groups()
    users["cart_rate"] = 0.5
    assert train(users, CONFIG).choice.k >= 2


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_value_that_is_no_number_is_named(value: float) -> None:
    users = three_groups()
    users.loc[[3, 5], "log_spend"] = value
    with pytest.raises(SegmentationError, match="log_spend is not a finite number for 2 users"):
        train(users, CONFIG)


def test_a_user_twice_is_refused() -> None:
    users = three_groups()
    users.loc[1, "user_id"] = users.loc[0, "user_id"]
    with pytest.raises(SegmentationError, match="1 user is there twice"):
        train(users, CONFIG)
    users.loc[2, "user_id"] = users.loc[0, "user_id"]
    with pytest.raises(SegmentationError, match="2 users are there twice"):
        train(users, CONFIG)


def test_one_value_that_is_no_number_is_told_in_the_singular() -> None:
    users = three_groups()
    users.loc[3, "log_spend"] = np.nan
    with pytest.raises(SegmentationError, match=r"log_spend is not a finite number for 1 user\.$"):
        train(users, CONFIG)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(SegmentationError, match="cart_rate"):
        train(three_groups().drop(columns="cart_rate"), CONFIG)


def _one_kind(count: int = 600, seed: int = 3) -> pd.DataFrame:
    """Users of one kind, who differ in everything a little."""
    users = three_groups(count, seed)
    users[list(FEATURES)] = np.random.default_rng(seed).standard_normal((count, len(FEATURES)))
    return users


def _past_of(users: pd.DataFrame) -> pd.DataFrame:
    """The same users before, who then spent by the second feature."""
    spent = np.expm1(4 + users["log_spend"].to_numpy())
    features = users[list(FEATURES)].to_numpy().tolist()
    return pd.DataFrame({"snapshot_date": 1, "features": features, "next_revenue": spent})


def test_where_nothing_is_natural_segments_tell_spending_apart() -> None:
    users = _one_kind()
    plain = train(users, CONFIG, past=_past_of(users))
    stretched = train(users, replace(CONFIG, value_weight=4.0), past=_past_of(users))
    assert plain.value_axis is None
    assert stretched.value_axis is not None
    assert stretched.value_axis.direction[1] > 0.99
    assert stretched.choice.verdict != "natural"
    # A stretched length is most of the distance between segments, and `log_spend` is that length.
    assert (stretched.importances[:, 1] > 0.8).sum() >= len(stretched.names) / 2
    spent = [users["log_spend"].groupby(model.labels).mean().std() for model in (plain, stretched)]
    assert spent[1] > spent[0]


def test_natural_segments_are_not_stretched_unless_value_comes_first() -> None:
    users = three_groups(600)
    found = train(users, replace(CONFIG, value_weight=4.0), past=_past_of(users))
    assert (found.choice.verdict, found.value_axis) == ("natural", None)
    forced = train(users, replace(CONFIG, value_weight=4.0, value_first=True), past=_past_of(users))
    assert forced.value_axis is not None
    assert forced.choice.verdict != "natural"


def test_a_constant_is_named_and_has_no_part_in_the_model() -> None:
    users = three_groups()
    users["cart_rate"] = 0.25
    model = train(users, CONFIG)
    assert model.constant_features == ["cart_rate"]
    assert (model.parameters.components[:, 2] == 0).all()
    assert (model.importances[:, 2] == 0).all()
