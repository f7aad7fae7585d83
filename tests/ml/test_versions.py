from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from ml.description.naming import SegmentName, name_in
from ml.description.traits import Trait
from ml.model.errors import TooFewUsers
from ml.model.parameters import SCHEMA, parameters_of
from ml.training import train
from ml.versions import with_current_model
from tests.ml.users import CONFIG, three_groups

FACTS = {
    "eligible_user_count": 300,
    "as_of": date(2020, 1, 1),
    "trained_at": datetime(2020, 1, 2),
}


def _forbidden():
    raise AssertionError("there is no reason to train")


def _names(rows: list[dict]) -> list[SegmentName | None]:
    return [name_in(row) for row in rows]


def _first(users=None) -> pa.Table:
    users = three_groups() if users is None else users
    return with_current_model(None, lambda: users, CONFIG, retrain=False, **FACTS)


def test_the_first_version_has_a_row_per_segment() -> None:
    table = _first()
    assert table.schema == SCHEMA
    assert table["model_version"].to_pylist() == [1, 1, 1]
    assert table["segment_id"].to_pylist() == [0, 1, 2]
    assert sum(table["member_count"].to_pylist()) == 300
    names = _names(table.to_pylist())
    assert len({(name.archetype, name.told_apart) for name in names if name}) == 3


def test_nothing_is_trained_without_a_reason() -> None:
    table = _first()
    again = with_current_model(table, _forbidden, CONFIG, retrain=False, **FACTS)
    assert again.equals(table)


@pytest.mark.parametrize(
    "change", [{"k_max": 5}, {"explained_variance": 0.8}, {"min_group_size": 20}]
)
def test_other_settings_are_a_reason(change: dict) -> None:
    config = replace(CONFIG, **change)
    table = with_current_model(_first(), three_groups, config, retrain=False, **FACTS)
    assert set(table["model_version"].to_pylist()) == {1, 2}


def test_retraining_keeps_the_versions_and_the_ids() -> None:
    table = with_current_model(
        _first(), lambda: three_groups(150, seed=9), CONFIG, retrain=True, **FACTS
    )
    rows = table.to_pylist()
    by_version = {
        version: {
            row["segment_id"]: name_in(row) for row in rows if row["model_version"] == version
        }
        for version in (1, 2)
    }
    assert by_version[1] == by_version[2]


def test_other_features_give_new_ids() -> None:
    config = replace(CONFIG, feature_names=("log_visits", "log_spend"))
    users = three_groups().drop(columns="cart_rate")
    table = with_current_model(_first(), lambda: users, config, retrain=False, **FACTS)
    new = [row["segment_id"] for row in table.to_pylist() if row["model_version"] == 2]
    assert min(new) == 3


def test_parameters_survive_the_table() -> None:
    users = three_groups()
    trained = train(users, CONFIG)
    values = users[list(CONFIG.feature_names)].to_numpy()
    assert (parameters_of(_first(users), 1).predict(values) == trained.labels).all()
    with pytest.raises(KeyError):
        parameters_of(_first(users), 2)


def test_the_argument_for_the_number_is_kept() -> None:
    rows = _first().to_pylist()
    assert {row["verdict"] for row in rows} == {"natural"}
    assert min(row["bootstrap_jaccard"] for row in rows) > 0.99
    choices = {entry["criterion"]: entry["k"] for entry in rows[0]["choices"]}
    assert choices["silhouette"] == choices["silhouette_gain"] == 3
    verdicts = {entry["k"]: entry["verdict"] for entry in rows[0]["verdicts"]}
    tried = {entry["k"] for entry in rows[0]["evaluation"]}
    assert verdicts.keys() == tried
    assert verdicts[3] == rows[0]["verdict"]
    thresholds = {entry["criterion"]: entry["threshold"] for entry in rows[0]["thresholds"]}
    assert thresholds["smallest_jaccard"] == 0.75
    assert thresholds.keys() <= {entry["criterion"] for entry in rows[0]["evaluation"]}


def test_what_explains_the_segments_is_kept() -> None:
    rows = _first().to_pylist()
    first = rows[0]
    bound = {"feature": "cart_count", "unit": "count", "form": "at_least", "low": 5, "high": None}
    assert first["tree_rules"] == [[bound]]
    assert first["tree_precision"] == first["tree_recall"] == first["tree_fidelity"] == 1.0
    for row in rows:
        assert sum(row["feature_importances"]) == pytest.approx(1)
        assert len(row["feature_importances"]) == 3
        # Of the version, not of the segment.
        for name in ("tree_fidelity", "bin_edges", "bin_shares", "feature_correlations"):
            assert row[name] == first[name]
    assert [len(shares) - len(edges) for edges, shares in _bins(first)] == [1, 1, 1]
    correlations = np.array(first["feature_correlations"])
    assert correlations.shape == (3, 3)
    np.testing.assert_allclose(np.diag(correlations), 1)


def _bins(row: dict) -> list[tuple[list[float], list[float]]]:
    return list(zip(row["bin_edges"], row["bin_shares"], strict=True))


def test_a_constant_correlates_with_nothing() -> None:
    (row, *_) = _first(three_groups().assign(cart_rate=0.5)).to_pylist()
    assert [rhos[2] for rhos in row["feature_correlations"]] == [None, None, None]
    assert row["feature_correlations"][0][0] == pytest.approx(1)


def test_what_the_past_is_worth_is_read_only_when_training() -> None:
    past = pd.DataFrame(
        {
            "snapshot_date": [date(2019, 11, 1)] * 9,
            "features": [[3.0, 5.0, 0.2], [2.0, 0.0, 0.6], [0.5, 0.0, 0.0]] * 3,
            "next_revenue": [10.0, 0.0, 0.0] * 3,
        }
    )
    table = with_current_model(
        None, three_groups, CONFIG, load_past=lambda: past, retrain=False, **FACTS
    )
    worth = {
        entry["k"]: entry["value"]
        for entry in table.to_pylist()[0]["evaluation"]
        if entry["criterion"] == "out_of_time_value"
    }
    # From three segments on the buyer is in one without the others.
    assert worth[3] == pytest.approx(1)
    again = with_current_model(
        table, _forbidden, CONFIG, load_past=_forbidden, retrain=False, **FACTS
    )
    assert again.equals(table)


def test_a_name_stays_where_the_members_do() -> None:
    earlier = _first().to_pylist()
    # A qualifier that one segment of its kind does not need, and keeps once it has it.
    assert name_in(earlier[0]) == SegmentName("loyal_regulars")
    more = SegmentName("loyal_regulars", Trait("order_count", is_less=False))
    earlier[0] |= {"distinction": more.as_row()["distinction"]}
    table = pa.Table.from_pylist(earlier, schema=SCHEMA)
    again = with_current_model(table, three_groups, CONFIG, retrain=True, **FACTS).to_pylist()
    assert _names(again[3:]) == _names(earlier)
    assert name_in(again[3]) == more


def test_a_model_that_is_older_than_archetypes_is_trained_again_and_keeps_its_ids() -> None:
    earlier = _first().drop_columns(["archetype", "distinction", "profile_figures"])
    table = with_current_model(earlier, three_groups, CONFIG, retrain=False, **FACTS)
    rows = table.to_pylist()
    assert [row["segment_id"] for row in rows] == [0, 1, 2, 0, 1, 2]
    assert _names(rows[:3]) == [None] * 3
    assert None not in _names(rows[3:])
    again = with_current_model(table, _forbidden, CONFIG, retrain=False, **FACTS)
    assert again.equals(table)


def test_the_earlier_model_reads_features_that_the_new_one_does_not() -> None:
    config = replace(CONFIG, feature_names=("log_visits", "log_spend"), segment_count=3)
    table = with_current_model(_first(), three_groups, config, retrain=False, **FACTS)
    rows = table.to_pylist()
    assert [row["segment_id"] for row in rows] == [0, 1, 2, 0, 1, 2]
    assert _names(rows[:3]) == _names(rows[3:])


def test_versions_from_before_there_was_a_verdict_stay() -> None:
    newer = [
        "verdict", "rule_segment_count", "null_correlation_error", "bootstrap_jaccard", "choices",
        "tree_rules", "tree_precision", "tree_recall", "tree_fidelity",
        "feature_importances", "bin_edges", "bin_shares", "feature_correlations",
    ]  # fmt: skip
    earlier = _first().drop_columns(newer)
    table = with_current_model(
        earlier, lambda: three_groups(150, seed=9), CONFIG, retrain=True, **FACTS
    )
    assert table.schema == SCHEMA
    rows = table.to_pylist()
    assert [row["verdict"] for row in rows] == [None] * 3 + ["natural"] * 3
    assert all(row[name] is None for row in rows[:3] for name in newer)
    assert table.slice(0, 3).drop_columns(newer).equals(earlier)
    assert [row["segment_id"] for row in rows[:3]] == [row["segment_id"] for row in rows[3:]]


def test_without_users_nothing_is_trained_and_nothing_lost() -> None:
    facts = FACTS | {"eligible_user_count": 0, "as_of": None}
    assert len(with_current_model(None, _forbidden, CONFIG, retrain=True, **facts)) == 0
    assert len(with_current_model(_first(), _forbidden, CONFIG, retrain=True, **facts)) == 3


def test_too_few_users_stay_without_a_first_version() -> None:
    facts = FACTS | {"eligible_user_count": 1}
    table = with_current_model(None, lambda: three_groups(1), CONFIG, retrain=False, **facts)
    assert (table.schema, len(table)) == (SCHEMA, 0)


def test_too_few_users_are_an_error_where_a_model_was_asked_for_or_is_there() -> None:
    facts = FACTS | {"eligible_user_count": 1}
    asked = replace(CONFIG, segment_count=2)
    for earlier, config in ((None, asked), (_first(), CONFIG)):
        with pytest.raises(TooFewUsers):
            with_current_model(earlier, lambda: three_groups(1), config, retrain=True, **facts)
