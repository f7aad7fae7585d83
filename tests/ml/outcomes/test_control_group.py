"""How large a control has to be: as often as the plan says, the score test finds the effect."""

from __future__ import annotations

import numpy as np
import pytest

from ml.outcomes.campaign import arm_size
from ml.outcomes.control_group import detectable_rate, needed_customers
from ml.outcomes.rate_difference import errors_from


@pytest.mark.parametrize("control", [0.5, 0.1])
def test_a_planted_effect_is_found_as_often_as_planned(control: float) -> None:
    count = needed_customers(0.10, 0.14, control)
    counts = np.array([round(count * (1 - control)), round(count * control)])
    rng = np.random.default_rng(2)
    found = [
        errors_from(rng.binomial(counts, (0.14, 0.10))[None, :], counts[None, :], 0.0) > 1.959964
        for _ in range(1000)
    ]
    # 800 are expected; three standard deviations are 38.
    assert 760 <= sum(found) <= 840


def test_halves_need_what_the_report_says_but_for_its_correction() -> None:
    corrected, uncorrected = arm_size(0.10, 0.12), needed_customers(0.10, 0.12, 0.5) / 2
    assert corrected * 0.97 < uncorrected < corrected


def test_the_rate_that_groups_show_is_the_one_that_needs_them() -> None:
    rate = detectable_rate(0.10, 9000, 1000)
    assert needed_customers(0.10, rate, 0.1) == pytest.approx(10_000, abs=2)


def test_there_is_nothing_to_show_without_people_or_room() -> None:
    assert detectable_rate(0.0, 900, 100) is None
    assert detectable_rate(1.0, 900, 100) is None
    assert detectable_rate(0.1, 900, 0) is None
    assert detectable_rate(0.9, 9, 1) is None
