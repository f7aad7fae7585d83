from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pyarrow as pa
import pytest

from ml.errors import TooFewUsers
from ml.history import with_current_model
from ml.parameters import SCHEMA, parameters_of
from ml.training import train
from tests.ml.users import CONFIG, three_groups

FACTS = {
    "eligible_user_count": 300,
    "as_of": date(2020, 1, 1),
    "trained_at": datetime(2020, 1, 2),
}


def _forbidden():
    raise AssertionError("there is no reason to train")


def _first(users=None) -> pa.Table:
    users = three_groups() if users is None else users
    return with_current_model(None, lambda: users, CONFIG, retrain=False, **FACTS)


def test_the_first_version_has_a_row_per_segment() -> None:
    table = _first()
    assert table.schema == SCHEMA
    assert table["model_version"].to_pylist() == [1, 1, 1]
    assert table["segment_id"].to_pylist() == [0, 1, 2]
    assert sum(table["member_count"].to_pylist()) == 300
    assert len(set(table["segment_name"].to_pylist())) == 3


def test_nothing_is_trained_without_a_reason() -> None:
    table = _first()
    again = with_current_model(table, _forbidden, CONFIG, retrain=False, **FACTS)
    assert again.equals(table)


@pytest.mark.parametrize("change", [{"k_max": 5}, {"explained_variance": 0.8}])
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
            row["segment_id"]: row["segment_name"]
            for row in rows
            if row["model_version"] == version
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


def test_versions_from_before_there_was_a_verdict_stay() -> None:
    newer = ["verdict", "bootstrap_jaccard", "choices"]
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


def test_too_few_users_are_an_error() -> None:
    facts = FACTS | {"eligible_user_count": 1}
    with pytest.raises(TooFewUsers):
        with_current_model(None, lambda: three_groups(1), CONFIG, retrain=False, **facts)
