"""The axis along which customers differ in what they spend next."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ml.model.preparation import learn_preparation
from ml.model.scaling import learn_scaling
from ml.model.value_axis import FEWEST_USERS, ValueAxis, learn_value_axis

_RNG = np.random.default_rng(4)
# What is spent follows the second of three features; the third is the same for everybody.
_VALUES = np.column_stack([_RNG.standard_normal((1_000, 2)), np.full(1_000, 7.0)])
_SPENT = np.expm1(3 + 0.5 * _VALUES[:, 1] + 0.1 * _RNG.standard_normal(1_000))
_SCALING = learn_scaling(_VALUES, clipping_quantile=0.0)


def _past(spent: np.ndarray, values: np.ndarray = _VALUES, snapshot_date: int = 1) -> pd.DataFrame:
    return pd.DataFrame(
        {"snapshot_date": snapshot_date, "features": values.tolist(), "next_revenue": spent}
    )


def test_the_axis_is_the_feature_that_tells_what_is_spent() -> None:
    axis = learn_value_axis(_past(_SPENT), _SCALING, value_weight=2.5)
    assert axis is not None
    np.testing.assert_allclose(axis.direction, [0, 1, 0], atol=0.02)
    assert np.linalg.norm(axis.direction) == pytest.approx(1)
    assert axis.direction[2] == 0


def test_the_latest_snapshot_counts() -> None:
    former = _past(np.expm1(3 + 0.5 * _VALUES[:, 0]), snapshot_date=0)
    both = pd.concat([former, _past(_SPENT)])
    latest = learn_value_axis(_past(_SPENT), _SCALING, value_weight=2.0)
    found = learn_value_axis(both, _SCALING, value_weight=2.0)
    assert found is not None
    assert latest is not None
    assert found.direction.tolist() == latest.direction.tolist()


@pytest.mark.parametrize(
    ("past", "weight"),
    [
        (None, 2.0),
        (_past(_SPENT).head(0), 2.0),
        (_past(_SPENT), 1.0),
        (_past(np.zeros(1_000)), 2.0),
        (_past(_SPENT).head(FEWEST_USERS - 1), 2.0),
    ],
    ids=["no past", "nobody", "weight 1", "nothing spent", "too few"],
)
def test_without_outcomes_or_weight_nothing_is_stretched(
    past: pd.DataFrame | None, weight: float
) -> None:
    assert learn_value_axis(past, _SCALING, value_weight=weight) is None


def test_lengths_grow_along_the_axis_alone() -> None:
    stretch = ValueAxis(np.array([0.6, 0.8]), 3.0).stretch
    np.testing.assert_allclose(np.array([0.6, 0.8]) @ stretch, [1.8, 2.4])
    np.testing.assert_allclose(np.array([0.8, -0.6]) @ stretch, [0.8, -0.6])


def test_points_are_the_stretched_features_on_their_components() -> None:
    stretch = ValueAxis(np.array([0.0, 1.0, 0.0]), 3.0).stretch
    preparation = learn_preparation(
        _VALUES, clipping_quantile=0.0, explained_variance=0.5, stretch=stretch
    )
    # The second feature alone is most of the variance now.
    scaled = preparation.scaling.apply(_VALUES)
    points = preparation.apply(_VALUES)
    assert points.shape == (1_000, 1)
    assert abs(np.corrcoef(points[:, 0], scaled[:, 1])[0, 1]) > 0.99
    np.testing.assert_allclose(points, scaled @ preparation.projection.T)
    # The constant has no part in it, exactly.
    assert preparation.projection[0, 2] == 0
