from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ml.choice_of_k.criteria import Evaluation, evaluate
from ml.choice_of_k.gain import Gain
from ml.choice_of_k.selection import Choice, choices_by_criterion, choose, verdict
from ml.choice_of_k.stability import Stability
from ml.model.preparation import learn_preparation
from ml.model.segmentation import fit_segments
from tests.ml.users import CONFIG, one_continuum, three_heaps


def _measured(k: int = 3, *, jaccard: float = 0.9, gain: float = 0.1, **figures) -> Evaluation:
    """Return figures of a good solution; what a test is about is given."""
    rand, error = figures.pop("rand", 0.95), figures.pop("error", 0.01)
    inertia_gain = figures.pop("inertia_gain", 0.1)
    good = {
        "inertia": 100.0 / k,
        "silhouette": 0.3,
        "calinski_harabasz": 1_000.0,
        "davies_bouldin": 1.0,
        "prediction_strength": 0.9,
        "smallest_share": 0.1,
    }
    return Evaluation(
        k=k,
        stability=Stability(rand, np.array([1.0, jaccard])),
        gain=Gain(gain, error, inertia_gain, 0.01),
        **(good | figures),
    )


def _judge(values: np.ndarray, seed: int = 1) -> Choice:
    config = replace(CONFIG, random_seed=seed, resample_count=10)
    preparation = learn_preparation(values, clipping_quantile=0.005, explained_variance=0.9)
    points = preparation.apply(values)
    solutions = {k: fit_segments(points, k, restart_count=3, random_seed=seed) for k in range(2, 7)}
    return choose(evaluate(values, points, solutions, config))


@pytest.mark.parametrize("seed", range(3))
def test_three_separate_groups_are_three_and_natural(seed: int) -> None:
    choice = _judge(three_heaps(seed=seed), seed)
    assert (choice.k, choice.verdict, choice.chosen_by) == (3, "natural", "rule")
    choices = choice.by_criterion
    assert {choices[name] for name in ("silhouette", "silhouette_gain", "davies_bouldin")} == {3}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_continuum_of_activity_is_never_natural(seed: int) -> None:
    assert _judge(one_continuum(seed=seed), seed).verdict != "natural"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_cloud_is_never_natural(seed: int) -> None:
    values = np.random.default_rng(seed).standard_normal((500, 4)) @ np.diag([2.0, 1.0, 1.0, 0.5])
    assert _judge(values, seed).verdict != "natural"


def test_of_what_comes_back_the_largest_gain_is_taken() -> None:
    measured = [_measured(2, gain=0.08), _measured(3, gain=0.2), _measured(4, gain=0.1)]
    assert choose(measured).k == 3


def test_of_numbers_that_gain_alike_the_largest_is_taken() -> None:
    measured = [_measured(k, gain=gain) for k, gain in {5: 0.17, 6: 0.2, 7: 0.191}.items()]
    assert choose(measured).k == 7
    measured[2] = _measured(7, gain=0.189)
    assert choose(measured).k == 6


def test_natural_numbers_go_before_larger_gains_that_prove_nothing() -> None:
    # The silhouette jumps because users and null ended in different solutions of equal inertia.
    chance = _measured(3, gain=0.3, inertia_gain=-0.02)
    assert verdict(chance) == "reproducible"
    assert choose([chance, _measured(5, gain=0.1)]).k == 5


def test_without_proof_the_number_nearest_to_the_knee_is_taken() -> None:
    # The knee of 100, 60, 30, 25, 22 is at 4, which does not come back.
    inertias = {2: 100, 3: 60, 4: 30, 5: 25, 6: 22}
    measured = [_measured(k, inertia=inertia, gain=0.0) for k, inertia in inertias.items()]
    measured[2] = _measured(4, inertia=30, gain=0.0, jaccard=0.5)
    assert choose(measured).k == 3
    assert choose(measured[:1] + measured[3:]).k == 5
    assert choose(measured).verdict == "reproducible"


def _valued(values: dict[int, float], **figures) -> list[Evaluation]:
    """Return numbers that are not natural, with their values out of time."""
    return [_measured(k, gain=0.0, out_of_time_value=one, **figures) for k, one in values.items()]


def test_where_nothing_is_natural_the_fewest_that_tell_nearly_all_are_taken() -> None:
    # 1 % of 0.300 are 0.003.
    assert choose(_valued({4: 0.280, 5: 0.296, 6: 0.297, 7: 0.300})).k == 6
    assert choose(_valued({4: 0.297, 5: 0.296, 6: 0.297, 7: 0.300})).k == 4


@pytest.mark.parametrize("flaw", [{"jaccard": 0.74}, {"smallest_share": 0.009}])
def test_what_does_not_come_back_or_is_tiny_is_no_number_however_much_it_tells(flaw: dict) -> None:
    best = _measured(7, gain=0.0, out_of_time_value=0.4, **flaw)
    assert choose([*_valued({4: 0.290, 5: 0.300}), best]).k == 5


def test_natural_numbers_go_before_those_that_tell_more() -> None:
    assert choose([*_valued({3: 0.4}), _measured(5, out_of_time_value=0.2)]).k == 5


def test_a_number_stays_until_it_loses_a_twentieth_of_the_best() -> None:
    assert choose(_valued({5: 0.286, 7: 0.300}), former=5).k == 5
    assert choose(_valued({5: 0.284, 7: 0.300}), former=5).k == 7


@pytest.mark.parametrize(("jaccard", "kept"), [(0.51, 5), (0.49, 6)])
def test_what_was_taken_for_its_value_stays_until_a_segment_dissolves(
    jaccard: float, kept: int
) -> None:
    former = _measured(5, gain=0.0, out_of_time_value=0.3, jaccard=jaccard, prediction_strength=0.4)
    assert choose([former, *_valued({6: 0.3})], former=5).k == kept


def test_a_cut_along_a_value_axis_is_never_natural() -> None:
    stretched = _measured(5, gain=0.3, is_stretched=True)
    assert verdict(stretched) == "reproducible"
    assert verdict(replace(stretched, is_stretched=False)) == "natural"


def test_of_equal_gains_the_larger_number() -> None:
    assert choose([_measured(4), _measured(5)]).k == 5


@pytest.mark.parametrize(
    "flaw",
    [
        {"prediction_strength": 0.79},
        {"jaccard": 0.74},
        {"smallest_share": 0.04, "jaccard": 0.84},
        {"smallest_share": 0.009},
    ],
)
def test_what_does_not_come_back_or_is_tiny_stands_back(flaw: dict) -> None:
    choice = choose([_measured(3, gain=0.1), _measured(4, gain=0.3, **flaw)])
    assert (choice.k, choice.verdict) == (3, "natural")
    assert verdict(_measured(4, gain=0.3, **flaw)) == "constructive"


def test_a_small_segment_is_taken_when_it_is_highly_stable() -> None:
    assert choose([_measured(3), _measured(4, gain=0.2, smallest_share=0.01, jaccard=0.85)]).k == 4


def test_where_nothing_comes_back_the_most_predictive_is_taken_and_called_constructive() -> None:
    measured = [
        _measured(2, prediction_strength=0.5, gain=0.3),
        _measured(3, prediction_strength=0.7),
        _measured(4, prediction_strength=0.75, smallest_share=0.001),
    ]
    choice = choose(measured)
    assert (choice.k, choice.verdict) == (3, "constructive")


def test_tiny_segments_are_taken_when_there_is_nothing_else() -> None:
    assert choose([_measured(2, smallest_share=0.001)]).k == 2


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"gain": 0.07, "inertia_gain": 0.05}, "natural"),
        ({"gain": 0.069, "error": 0.001}, "reproducible"),
        ({"gain": 0.08, "error": 0.027}, "reproducible"),
        ({"gain": 0.2, "inertia_gain": 0.049}, "reproducible"),
        ({"gain": -0.1}, "reproducible"),
        ({"gain": 0.2, "jaccard": 0.5}, "constructive"),
    ],
)
def test_the_verdict_asks_for_stability_then_for_structure(figures: dict, expected: str) -> None:
    assert verdict(_measured(**figures)) == expected


def test_the_user_overrules_but_not_the_verdict() -> None:
    measured = [_measured(3, gain=0.2), _measured(5, jaccard=0.3)]
    choice = choose(measured, asked=5)
    assert (choice.k, choice.chosen_by, choice.verdict) == (5, "user", "constructive")


def test_every_criterion_says_what_it_would_choose() -> None:
    measured = [
        _measured(2, inertia=100, silhouette=0.5, calinski_harabasz=9, inertia_gain=0.1),
        _measured(3, inertia=40, davies_bouldin=0.5, smallest_share=0.05, inertia_gain=0.3),
        _measured(4, inertia=30, rand=0.9, jaccard=0.8, smallest_share=0.04, inertia_gain=0.3),
        _measured(5, inertia=25, gain=0.4, rand=0.8, jaccard=0.7, prediction_strength=0.8),
        _measured(6, inertia=22, rand=0.7, jaccard=0.6, prediction_strength=0.7),
    ]
    assert choices_by_criterion(measured) == {
        "inertia": 3,
        "silhouette": 2,
        "calinski_harabasz": 3,
        "davies_bouldin": 3,
        "prediction_strength": 5,
        "adjusted_rand": 4,
        "smallest_jaccard": 4,
        "silhouette_gain": 5,
        "inertia_gain": 3,
        "smallest_share": 6,
    }


def test_where_no_number_reaches_a_threshold_the_best_is_named() -> None:
    measured = [_measured(2, prediction_strength=0.3), _measured(3, prediction_strength=0.5)]
    assert choices_by_criterion(measured)["prediction_strength"] == 3
    assert choices_by_criterion(measured)["inertia_gain"] == 2


def test_the_value_out_of_time_names_the_largest_share() -> None:
    measured = [
        replace(_measured(k), out_of_time_value=share)
        for k, share in ((2, 0.1), (3, 0.25), (4, 0.25), (5, 0.2))
    ]
    assert choices_by_criterion(measured)["out_of_time_value"] == 3
    # A share that one number lacks names none: there was nothing to compare.
    measured[2] = replace(measured[2], out_of_time_value=None)
    assert "out_of_time_value" not in choices_by_criterion(measured)


@pytest.mark.parametrize(
    ("gain", "kept"),
    [
        (0.125, 4),  # 0.025 less than the best, with an error of 0.01: chance
        (0.115, 3),  # 0.035 less: more than three errors
    ],
)
def test_retraining_keeps_the_number_that_chance_alone_would_change(gain: float, kept: int) -> None:
    measured = [_measured(3, gain=0.15), _measured(4, gain=gain)]
    assert choose(measured).k == 3
    assert choose(measured, former=4).k == kept
    assert choose(measured, former=4).chosen_by == "rule"
    assert choose(measured, former=9).k == 3


def test_what_the_rule_alone_takes_is_told_whatever_is_taken() -> None:
    measured = [_measured(3, gain=0.15), _measured(4, gain=0.125)]
    choices = [choose(measured), choose(measured, former=4), choose(measured, asked=4, former=4)]
    assert [(choice.k, choice.rule_k) for choice in choices] == [(3, 3), (4, 3), (4, 3)]


@pytest.mark.parametrize(
    ("figures", "kept"),
    [
        ({"jaccard": 0.52, "prediction_strength": 0.72}, 4),  # shaken, not lost
        ({"jaccard": 0.49}, 3),  # a segment is dissolved
        ({"prediction_strength": 0.68}, 3),
        ({"gain": 0.06}, 3),  # no more than users without segments have
        ({"inertia_gain": 0.01}, 3),
    ],
)
def test_a_former_number_is_given_up_when_it_is_lost(figures: dict, kept: int) -> None:
    measured = [_measured(3, gain=0.08), _measured(4, **({"gain": 0.08} | figures))]
    assert choose(measured, former=4).k == kept


def test_a_number_that_is_kept_gets_the_verdict_of_its_new_figures() -> None:
    measured = [_measured(3), _measured(4, jaccard=0.7)]
    choice = choose(measured, former=4)
    assert (choice.k, choice.verdict) == (4, "constructive")


def test_without_proof_of_structure_the_former_number_stays() -> None:
    continuous = [_measured(k, gain=0.01) for k in (2, 3, 4)]
    assert (choose(continuous).k, choose(continuous, former=4).k) == (3, 4)
