from __future__ import annotations

import numpy as np

from ml.model.scaling import learn_scaling


def test_outliers_are_capped_and_do_not_move_the_mean() -> None:
    values = np.r_[np.arange(200.0), 1e9][:, None]
    scaling = learn_scaling(values, clipping_quantile=0.005)
    # 0.5 % and 99.5 % of 201 values in order: places 1 and 199.
    assert scaling.lower_bounds.tolist() == [1.0]
    assert scaling.upper_bounds.tolist() == [199.0]
    assert scaling.apply(values)[-1] == scaling.apply(np.array([[199.0]]))


def test_scaled_values_have_mean_0_and_deviation_1() -> None:
    values = np.random.default_rng(0).lognormal(size=(1_000, 3))
    scaling = learn_scaling(values, clipping_quantile=0.005)
    scaled = scaling.apply(values)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), 1, atol=1e-12)


def test_a_constant_contributes_nothing() -> None:
    values = np.c_[np.full(10, 0.1), np.arange(10.0)]
    scaling = learn_scaling(values, clipping_quantile=0.0)
    assert scaling.scales[0] == 1.0
    np.testing.assert_allclose(scaling.apply(values)[:, 0], 0, atol=1e-15)
