"""The draw by a keyed hash, and what a thousand campaigns find that change nothing, or a rate."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from ml.outcomes.control_group import detectable_rate
from ml.outcomes.mean_difference import Stratum, mean_difference
from ml.outcomes.rate_difference import errors_from
from pipeline.campaigns.drawing import draw_query

CAMPAIGNS = 1_000
CRITICAL = 1.959964
# Segments as they are: unequal, and unlike in how many of their customers buy.
SEGMENT_SIZES, BUYER_RATES = (450, 300, 150), (0.08, 0.2, 0.45)


def _drawn(people: str, control: int = 1_000) -> str:
    return f"({draw_query(people, control)})"


def test_every_segment_has_its_share_and_everybody_the_same_chance() -> None:
    people = """(
        select
            salt::text as salt,
            user_id,
            case when user_id % 100 >= 93 then null else user_id % 3 end as segment_id
        from range(600) as salts(salt), range(1000) as users(user_id)
    )"""
    with duckdb.connect() as connection:
        connection.execute(f"create table drawn as from {_drawn(people, 1_250)}")
        sizes = connection.execute(
            "select count(*), count(*) filter (where is_control) from drawn"
            " group by salt, segment_id"
        ).fetchall()
        chances = connection.execute(
            "select count(*) filter (where is_control) from drawn group by user_id"
        ).fetchnumpy()
    # An eighth, but for the fraction of one customer, of segments of 310 and of 70.
    assert {count for count, _ in sizes} == {310, 70}
    assert {control for count, control in sizes if count == 310} == {38, 39}
    assert {control for count, control in sizes if count == 70} == {8, 9}
    times = next(iter(chances.values()))
    assert times.mean() == pytest.approx(600 / 8, rel=0.01)
    # 1,000 customers, binomial: five standard deviations.
    assert abs(times - 75).max() < 5 * np.sqrt(600 * 0.125 * 0.875)


def test_the_draw_is_by_key_and_id_alone() -> None:
    people = "(select 'k' as salt, user_id, 1 as segment_id from range(500) as t(user_id))"
    backwards = f"(from {people} order by user_id desc)"
    other_key = f"(select 'l' as salt, user_id, segment_id from {people})"
    with duckdb.connect() as connection:
        draws = [
            connection.execute(f"select user_id, is_control from {_drawn(one)} order by user_id")
            .fetchnumpy()["is_control"]
            .tolist()
            for one in (people, backwards, other_key)
        ]
    assert draws[0] == draws[1] != draws[2]
    assert sum(draws[0]) == sum(draws[2]) == 50


def _controls() -> tuple[np.ndarray, np.ndarray]:
    """Draw a thousand campaigns among the same people; return segments, and who is in a control."""
    bounds = np.cumsum(SEGMENT_SIZES)
    cases = " ".join(f"when user_id < {bound} then {at}" for at, bound in enumerate(bounds))
    people = f"""(
        select salt::text as salt, user_id, case {cases} end as segment_id
        from range({CAMPAIGNS}) as salts(salt), range({bounds[-1]}) as users(user_id)
    )"""
    with duckdb.connect() as connection:
        found = connection.execute(
            f"select is_control from {_drawn(people)} order by salt::integer, user_id"
        ).fetchnumpy()["is_control"]
    segments = np.repeat(np.arange(len(SEGMENT_SIZES)), SEGMENT_SIZES)
    return segments, found.reshape(CAMPAIGNS, -1)


@pytest.fixture(scope="module")
def controls() -> tuple[np.ndarray, np.ndarray]:
    return _controls()


def _counted(segments: np.ndarray, has_bought: np.ndarray, is_control: np.ndarray) -> list:
    """Return buyers and people of each segment, treated first."""
    sides = (~is_control, is_control)
    count = len(SEGMENT_SIZES)
    buyers = [np.bincount(segments[side], has_bought[side], count) for side in sides]
    return [np.column_stack(buyers), np.column_stack([np.bincount(segments[s]) for s in sides])]


def test_campaigns_that_change_nothing_alarm_in_5_of_100(
    controls: tuple[np.ndarray, np.ndarray],
) -> None:
    segments, drawn = controls
    rng = np.random.default_rng(11)
    buyers = rng.random(len(segments)) < np.array(BUYER_RATES)[segments]
    spent = np.where(buyers, rng.lognormal(4, 1.2, len(segments)).round(2), 0.0)
    of_buyers = of_revenue = 0
    for is_control in drawn:
        of_buyers += abs(errors_from(*_counted(segments, buyers, is_control), 0.0)) > CRITICAL
        strata = [
            Stratum(
                spent[here & ~is_control & buyers], spent[here & is_control & buyers],
                int((here & ~is_control).sum()), int((here & is_control).sum()),
            )
            for here in (segments == at for at in range(len(SEGMENT_SIZES)))
        ]  # fmt: skip
        of_revenue += abs(mean_difference(strata, draws=199)[3] or 0.0) > CRITICAL
    # 50 are expected of each; three standard deviations are 21.
    assert 29 <= of_buyers <= 71
    assert 29 <= of_revenue <= 71


def test_a_planted_effect_is_found_as_often_as_the_plan_says(
    controls: tuple[np.ndarray, np.ndarray],
) -> None:
    segments, drawn = controls
    rng = np.random.default_rng(12)
    base = np.array(BUYER_RATES)[segments]
    # What these groups show 8 times in 10, were all customers alike.
    rate = detectable_rate(base.mean(), 9 * len(segments) // 10, len(segments) // 10)
    found = 0
    for is_control in drawn:
        chance = base * np.where(is_control, 1.0, rate / base.mean())
        buyers = rng.random(len(segments)) < chance
        found += errors_from(*_counted(segments, buyers, is_control), 0.0) > CRITICAL
    # 800 and more, for they are not: segments tell part of who buys. Three deviations are 38.
    assert 762 <= found <= 920
