"""What a number of segments is worth out of time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ml.choice_of_k.out_of_time import out_of_time_values
from ml.model.preparation import learn_preparation
from ml.model.segmentation import fit_segments
from ml.outcomes.value import variance_explained


def test_more_segments_are_not_worth_more_where_nothing_is_to_be_explained() -> None:
    rng = np.random.default_rng(1)
    values = rng.standard_normal((200, 2))
    preparation = learn_preparation(values, clipping_quantile=0.0, explained_variance=1.0)
    points = preparation.apply(values)
    solutions = {k: fit_segments(points, k, restart_count=2, random_seed=1) for k in (2, 20)}
    # What anybody spends is chance: 20 segments of 200 users explain a tenth of it all the same.
    spent = rng.exponential(10, 200)
    past = pd.DataFrame({"snapshot_date": 1, "features": values.tolist(), "next_revenue": spent})
    assert variance_explained(solutions[20].labels, np.log1p(spent)) > 0.07
    later = out_of_time_values(past, preparation, solutions)
    assert max(later.values()) < 0.03


def test_a_snapshot_with_no_more_users_than_segments_says_nothing() -> None:
    values = np.array([[0.0], [1.0], [5.0], [6.0]])
    preparation = learn_preparation(values, clipping_quantile=0.0, explained_variance=1.0)
    solutions = {2: fit_segments(preparation.apply(values), 2, restart_count=1, random_seed=1)}
    both, alone = (
        pd.DataFrame(
            {"snapshot_date": at, "features": values[rows].tolist(), "next_revenue": money}
        )
        for at, rows, money in ((1, slice(None), [0.0, 0.0, 9.0, 9.0]), (2, [0, 2], [0.0, 9.0]))
    )
    assert out_of_time_values(pd.concat([both, alone]), preparation, solutions) == {2: 1.0}
    assert out_of_time_values(alone, preparation, solutions) == {}
