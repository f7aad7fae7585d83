"""What a test of a campaign needs: how many users, in one group or in several, for how long.

Everything rests on what was measured; no response to a campaign is ever assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from scipy.optimize import brentq
from scipy.stats import norm

ALPHA, POWER = 0.05, 0.80


@dataclass(frozen=True)
class TestPlan:
    """How large a fair test within one segment has to be.

    `state` is one of these:

    - 'feasible': both arms fit into the segment;
    - 'too_small': they do not;
    - 'nobody_responds', 'everybody_responds': the base rate is 0 or 1, and no relative effect on it
      can be planned for;
    - 'no_room': a rate so much higher than the base rate would exceed 1;
    - 'not_measured': there is no base rate.

    `arm_size` is the users needed per arm, None where it cannot be computed; `detectable_effect` is
    the smallest relative effect that half of the segment against the other half would show.
    """

    __test__ = False  # no test, whatever pytest makes of the name

    state: str
    segment_size: int
    base_rate: float | None
    effect: float
    arm_size: int | None
    detectable_effect: float | None


@dataclass(frozen=True)
class TestPool:
    """Groups that are tested as one, those with most responders first."""

    __test__ = False

    groups: tuple[int, ...]
    plan: TestPlan


def arm_size(
    base_rate: float, changed_rate: float, *, alpha: float = ALPHA, power: float = POWER
) -> int:
    """Return the users per arm that a two-sided test of two proportions needs.

    Fleiss (1981), section 3.2, with the continuity correction of Fleiss, Tytun and Ury (1980): what
    an exact test or a corrected chi-square test needs, a little more than an uncorrected one.

    Parameters
    ----------
    base_rate, changed_rate : float in [0, 1]
        Two different rates.

    Examples
    --------
    >>> arm_size(0.6, 0.7)
    376
    """
    return ceil(
        _corrected(_uncorrected(base_rate, changed_rate, alpha, power), changed_rate - base_rate)
    )


def _uncorrected(first: float, second: float, alpha: float, power: float) -> float:
    mean = (first + second) / 2
    under_null = norm.ppf(1 - alpha / 2) * sqrt(2 * mean * (1 - mean))
    under_effect = norm.ppf(power) * sqrt(first * (1 - first) + second * (1 - second))
    return float(((under_null + under_effect) / (second - first)) ** 2)


def _corrected(size: float, difference: float) -> float:
    return size / 4 * (1 + sqrt(1 + 4 / (size * abs(difference)))) ** 2


def plan_test(
    segment_size: int,
    responder_count: int,
    measured_count: int,
    *,
    effect: float = 0.10,
    alpha: float = ALPHA,
    power: float = POWER,
) -> TestPlan:
    """Say whether a segment is large enough to show a given effect on its measured rate.

    Parameters
    ----------
    segment_size : int
        Users in the segment now, half of whom at the most get the campaign.
    responder_count, measured_count : int
        Users of the segment who did respond (bought, came back) in the past, out of how many.
    effect : float above 0
        Smallest relative effect worth detecting: 0.10 means a rate one tenth higher.

    Raises
    ------
    ValueError
        For an effect that is not above 0, or more responders than users.

    Examples
    --------
    >>> plan = plan_test(10_000, 600, 10_000, effect=0.10)
    >>> plan.state, plan.arm_size, round(plan.detectable_effect, 2)
    ('too_small', 26072, 0.24)
    """
    if effect <= 0:
        raise ValueError(f"The effect is {effect!r}; it must be above 0.")
    if not 0 <= responder_count <= measured_count:
        raise ValueError(f"{responder_count} of {measured_count} users cannot have responded.")
    if measured_count == 0:
        return TestPlan("not_measured", segment_size, None, effect, None, None)
    return _plan(segment_size, responder_count / measured_count, effect, alpha, power)


def _plan(size: int, rate: float, effect: float, alpha: float, power: float) -> TestPlan:
    if rate in (0, 1):
        state = "nobody_responds" if rate == 0 else "everybody_responds"
        return TestPlan(state, size, rate, effect, None, None)
    detectable = _detectable_effect(rate, size // 2, alpha, power)
    if rate * (1 + effect) > 1:
        return TestPlan("no_room", size, rate, effect, None, detectable)
    needed = arm_size(rate, rate * (1 + effect), alpha=alpha, power=power)
    state = "feasible" if 2 * needed <= size else "too_small"
    return TestPlan(state, size, rate, effect, needed, detectable)


def plan_pools(
    plans: Mapping[int, TestPlan], *, alpha: float = ALPHA, power: float = POWER
) -> tuple[TestPool, ...]:
    """Return tests of the groups that are too small: of the first two, of three, and so on.

    Who bought is what tells: the groups with most responders to expect come first, so that the
    first pool that suffices has the fewest groups. Half of each group gets the campaign, so the
    halves are alike whatever the groups.

    Parameters
    ----------
    plans : mapping of group to TestPlan
        By themselves, for one effect. Only those 'too_small' are pooled.

    Returns
    -------
    tuple of TestPool
        The last one holds all groups that are too small. Empty where fewer than two are.

    Examples
    --------
    >>> plans = {at: plan_test(size, 600, 10_000) for at, size in enumerate((10_000, 900, 45_000))}
    >>> for pool in plan_pools(plans):
    ...     print(pool.groups, pool.plan.state, pool.plan.segment_size)
    (2, 0) feasible 55000
    (2, 0, 1) feasible 55900
    """
    small = {at: one for at, one in plans.items() if one.state == "too_small"}
    groups = tuple(sorted(small, key=lambda at: (-_responders(small[at]), at)))
    pools = []
    for count in range(2, len(groups) + 1):
        chosen = [small[at] for at in groups[:count]]
        size = sum(one.segment_size for one in chosen)
        rate = sum(map(_responders, chosen)) / size if size else 0.0
        plan = _plan(size, rate, chosen[0].effect, alpha, power)
        pools.append(TestPool(groups[:count], plan))
    return tuple(pools)


def _responders(plan: TestPlan) -> float:
    """Return how many responders are to be expected in a group as it is now."""
    return plan.segment_size * (plan.base_rate or 0.0)


def _detectable_effect(rate: float, size: int, alpha: float, power: float) -> float | None:
    """Return the smallest relative effect that arms of this size show, None if they show none."""

    def excess(changed: float) -> float:
        return _corrected(_uncorrected(rate, changed, alpha, power), changed - rate) - size

    smallest = rate + (1 - rate) * 1e-6
    if size < 1 or excess(1.0) > 0:
        return None
    if excess(smallest) < 0:
        return smallest / rate - 1
    return float(brentq(excess, smallest, 1.0, xtol=1e-12)) / rate - 1
