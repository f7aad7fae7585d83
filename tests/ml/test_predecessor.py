from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from ml.description.naming import name_in
from ml.model.config import SegmentationConfig
from ml.model.parameters import SCHEMA
from ml.predecessor import newest_model
from ml.versions import with_current_model
from tests.ml.users import CONFIG, three_groups


def _trained(earlier: pa.Table | None, config: SegmentationConfig) -> pa.Table:
    return with_current_model(
        earlier,
        three_groups,
        config,
        retrain=True,
        eligible_user_count=300,
        as_of=date(2020, 1, 1),
        trained_at=datetime(2020, 1, 2),
    )


def test_nothing_comes_before_the_first_version() -> None:
    assert newest_model(SCHEMA.empty_table()) is None


def test_the_newest_version_gives_the_names_and_all_give_the_used_ids() -> None:
    two = replace(CONFIG, segment_count=2)
    table = _trained(_trained(None, CONFIG), two)
    found = newest_model(table)
    assert found is not None
    rows = [row for row in table.to_pylist() if row["model_version"] == 2]
    assert found.names == {row["segment_id"]: name_in(row) for row in rows}
    assert len(found.names) == 2
    assert found.used_ids == set(table["segment_id"].to_pylist()) >= {0, 1, 2}
    # Two was asked for, three is what the rule had chosen.
    assert found.rule_count is None
    first = newest_model(table.slice(0, 3))
    assert first is not None
    assert first.rule_count == 3


def test_ids_go_to_the_segments_with_the_same_members() -> None:
    users = three_groups()
    found = newest_model(_trained(None, CONFIG))
    assert found is not None
    # Every third user is a buyer: segment 0, whatever the number that the new model gives them.
    labels = np.array([2, 0, 1])[np.arange(300) % 3]
    assert found.ids_for(labels, users).tolist() == [1, 2, 0]


def test_all_ids_are_new_where_nobody_can_say_which_is_which() -> None:
    found = newest_model(_trained(None, CONFIG))
    assert found is not None
    labels = np.arange(300) % 3
    assert found.ids_for(labels, three_groups().drop(columns="log_spend")).tolist() == [3, 4, 5]
