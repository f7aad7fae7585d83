"""The rule that chooses the number of segments, and what may be said of it.

**The verdict** on a number of segments:

- *reproducible*: its segments come back. Prediction strength of at least 0.8, every segment with a
  bootstrap Jaccard index of at least 0.75, no segment below 5 % of the users, or below 1 % if each
  comes back with at least 0.85;
- *natural*: it is reproducible, and more than in users without segments: the silhouette gains at
  least 0.07, the inertia at least 0.05, and both at least three standard errors; never where a
  value axis stretches the space: such a cut is made for a purpose, and windows of 90 and of 365
  days depend on each other in ways that the null does not know;
- *constructive*: the segments do not all come back. A cut through a continuum may be useful, but
  another sample of users would be cut elsewhere.

**The rule** takes, of natural numbers, the one with the largest gain of silhouette, or the largest
number that gains as much but for one standard error: of equally good cuts the finer says more.
Where nothing is natural, any number is a cut through a continuum, and what it is good for decides:
the smallest number whose value out of time is within 1 % of the best, whose segments all come back
(Jaccard index of at least 0.75) and hold 1 % of the users. Where no month followed a snapshot there
is no such value: then of reproducible numbers the nearest to the knee of the inertia, because only
the price of another segment is left to argue with, and of constructive ones the one with the
highest prediction strength. There, of equals the smaller.

**Retraining** keeps the number that there was until something speaks against it: a segment of it is
dissolved (Jaccard index below 0.5) or tiny, a natural number gains three standard errors more, it
loses more than 5 % of the best value where nothing is natural, or, where there is no value either,
its prediction strength falls below 0.7. Segments that people plan with are not to change for a
difference that chance makes. The verdict is that of the new figures all the same.

The thresholds of the strength (Tibshirani and Walther 2005) and of the Jaccard index (Hennig 2007)
are those of their authors. Those of the gains were calibrated: `docs/segmentation.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from ml.choice_of_k.criteria import Evaluation, knee_distances
from ml.choice_of_k.gain import Gain

Verdict = Literal["natural", "reproducible", "constructive"]

PREDICTIVE_STRENGTH = 0.8
STABLE_JACCARD, HIGHLY_STABLE_JACCARD = 0.75, 0.85
EXCELLENT_RAND = 0.9
# What a number that there was has to fall below to be given up: Hennig's bound for a segment that
# is dissolved, and a similar step below the threshold of the strength.
DISSOLVED_JACCARD, LOST_STRENGTH = 0.5, 0.7
# Nobody plans a campaign for a smaller segment, unless it is clearly a group of its own.
MINIMUM_SHARE, MINIMUM_CLEAR_SHARE = 0.05, 0.01
MINIMUM_SILHOUETTE_GAIN, MINIMUM_INERTIA_GAIN = 0.07, 0.05
# Errors by which a gain has to be beyond nothing or beyond another; and within which two are alike.
MINIMUM_ERRORS, AS_GOOD_ERRORS = 3.0, 1.0
# Of the best value out of time: what a smaller number may lose, and what the former one may.
VALUE_LOSS, FORMER_VALUE_LOSS = 0.01, 0.05

#: What a criterion has to reach; of an error, how many of it a gain has to be.
THRESHOLDS = {
    "prediction_strength": PREDICTIVE_STRENGTH,
    "adjusted_rand": EXCELLENT_RAND,
    "smallest_jaccard": STABLE_JACCARD,
    "smallest_share": MINIMUM_SHARE,
    "silhouette_gain": MINIMUM_SILHOUETTE_GAIN,
    "silhouette_gain_error": MINIMUM_ERRORS,
    "inertia_gain": MINIMUM_INERTIA_GAIN,
    "inertia_gain_error": MINIMUM_ERRORS,
}


@dataclass(frozen=True)
class Choice:
    """The chosen k, who decided, what may be said of it, and the k of each criterion.

    `rule_k` is what the rule takes of these figures alone, with nothing asked and nothing before:
    where it differs from the k of the rule, the former number was kept.
    """

    k: int
    rule_k: int
    chosen_by: Literal["rule", "user"]
    verdict: Verdict
    by_criterion: dict[str, int]


def choose(
    evaluations: Sequence[Evaluation], *, asked: int | None = None, former: int | None = None
) -> Choice:
    """Choose a number of segments from what was measured for each.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        In the order of k, at least one.
    asked : int, optional
        A number set by hand, one of those measured, which then is the choice.
    former : int, optional
        The number that the rule chose before, from the same features.
    """
    best = _best_verdict(evaluations)
    chosen = _kept_or(best, evaluations, former)
    if asked is not None:
        chosen = next(entry for entry in evaluations if entry.k == asked)
    return Choice(
        k=chosen.k,
        rule_k=best.k,
        chosen_by="rule" if asked is None else "user",
        verdict=verdict(chosen),
        by_criterion=choices_by_criterion(evaluations),
    )


def verdict(evaluation: Evaluation) -> Verdict:
    """Say what may be claimed of these segments."""
    if not is_reproducible(evaluation):
        return "constructive"
    is_natural = not evaluation.is_stretched and _is_beyond_null(evaluation.gain)
    return "natural" if is_natural else "reproducible"


def is_reproducible(evaluation: Evaluation) -> bool:
    """Tell whether other users of the same kind would give the same segments."""
    jaccard = evaluation.smallest_jaccard
    is_clear = jaccard >= HIGHLY_STABLE_JACCARD
    return (
        evaluation.prediction_strength >= PREDICTIVE_STRENGTH
        and jaccard >= STABLE_JACCARD
        and evaluation.smallest_share >= (MINIMUM_CLEAR_SHARE if is_clear else MINIMUM_SHARE)
    )


def _is_beyond_null(gain: Gain) -> bool:
    """Tell whether there is more than in users without segments, by both measures.

    Two solutions of nearly the same inertia can have silhouettes far apart, and users and null may
    end in different ones by chance. A gain of inertia, which K-Means minimises, rules that out.
    """
    return gain.silhouette >= max(
        MINIMUM_SILHOUETTE_GAIN, MINIMUM_ERRORS * gain.silhouette_error
    ) and gain.inertia >= max(MINIMUM_INERTIA_GAIN, MINIMUM_ERRORS * gain.inertia_error)


def choices_by_criterion(evaluations: Sequence[Evaluation]) -> dict[str, int]:
    """Return which k each criterion would choose by itself, as its authors use it.

    The knee of the inertia; the largest silhouette, Calinski-Harabasz index and gain of silhouette;
    the smallest Davies-Bouldin index; the largest k that is predictive, that is excellent by the
    adjusted Rand index, whose segments are all stable, whose segments are all large enough; the
    first k whose gap is not exceeded by that of the next minus its error; the largest share of the
    next month's revenue explained, where a month followed. Of equals the smaller.
    """
    choices = {
        "inertia": _knee(evaluations),
        "silhouette": _best(evaluations, lambda entry: entry.silhouette),
        "calinski_harabasz": _best(evaluations, lambda entry: entry.calinski_harabasz),
        "davies_bouldin": _best(evaluations, lambda entry: -entry.davies_bouldin),
        "prediction_strength": _last_above(
            evaluations, lambda entry: entry.prediction_strength, PREDICTIVE_STRENGTH
        ),
        "adjusted_rand": _last_above(
            evaluations, lambda entry: entry.stability.adjusted_rand, EXCELLENT_RAND
        ),
        "smallest_jaccard": _last_above(
            evaluations, lambda entry: entry.smallest_jaccard, STABLE_JACCARD
        ),
        "silhouette_gain": _best(evaluations, lambda entry: entry.gain.silhouette),
        "inertia_gain": _first_gap(evaluations),
        "smallest_share": _last_above(
            evaluations, lambda entry: entry.smallest_share, MINIMUM_SHARE
        ),
    }
    if all(entry.out_of_time_value is not None for entry in evaluations):
        choices["out_of_time_value"] = _best(
            evaluations, lambda entry: entry.out_of_time_value or 0.0
        )
    return choices


def _kept_or(best: Evaluation, evaluations: Sequence[Evaluation], former: int | None) -> Evaluation:
    """Return the figures of the former number while nothing speaks against it."""
    kept = next((entry for entry in evaluations if entry.k == former), None)
    return best if kept is None or _is_outdone(kept, best) else kept


def _best_verdict(evaluations: Sequence[Evaluation]) -> Evaluation:
    natural = [entry for entry in evaluations if verdict(entry) == "natural"]
    if natural:
        most = max(natural, key=lambda entry: entry.gain.silhouette)
        return [entry for entry in natural if not _is_better(most, entry, AS_GOOD_ERRORS)][-1]
    valuable = _most_valuable(evaluations)
    if valuable:
        return next(entry for entry in valuable if not _loses(entry, valuable, VALUE_LOSS))
    reproducible = [entry for entry in evaluations if is_reproducible(entry)]
    if reproducible:
        knee = _knee(evaluations)
        return min(reproducible, key=lambda entry: (abs(entry.k - knee), entry.k))
    clear = [entry for entry in evaluations if entry.smallest_share >= MINIMUM_CLEAR_SHARE]
    return max(clear or evaluations, key=lambda entry: (entry.prediction_strength, -entry.k))


def _most_valuable(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    """Return the numbers with a value out of time whose segments come back and are large enough."""
    return [
        entry
        for entry in evaluations
        if entry.out_of_time_value
        and entry.smallest_jaccard >= STABLE_JACCARD
        and entry.smallest_share >= MINIMUM_CLEAR_SHARE
    ]


def _loses(entry: Evaluation, others: Sequence[Evaluation], share: float) -> bool:
    """Tell whether a number is worth less than the best by more than a share of that."""
    best = max(other.out_of_time_value or 0.0 for other in others)
    return (entry.out_of_time_value or 0.0) < (1 - share) * best


def _is_outdone(former: Evaluation, best: Evaluation) -> bool:
    """Tell whether something speaks against the number of segments that there was."""
    is_lost = (
        former.smallest_jaccard < DISSOLVED_JACCARD or former.smallest_share < MINIMUM_CLEAR_SHARE
    )
    if verdict(best) != "natural" and best.out_of_time_value:
        # What was taken for its value did not have to be predictive.
        return is_lost or _loses(former, [best], FORMER_VALUE_LOSS)
    has_less = verdict(best) == "natural" and (
        _is_better(best, former) or not _is_beyond_null(former.gain)
    )
    return is_lost or has_less or former.prediction_strength < LOST_STRENGTH


def _is_better(best: Evaluation, other: Evaluation, errors: float = MINIMUM_ERRORS) -> bool:
    """Tell whether the gain of one is larger than that of another by more than chance makes."""
    error = max(best.gain.silhouette_error, other.gain.silhouette_error)
    return best.gain.silhouette - other.gain.silhouette > errors * error


def _knee(evaluations: Sequence[Evaluation]) -> int:
    distances = knee_distances(np.array([entry.inertia for entry in evaluations]))
    return evaluations[int(np.argmax(distances))].k


def _best(evaluations: Sequence[Evaluation], figure: Callable[[Evaluation], float]) -> int:
    return max(evaluations, key=lambda entry: (figure(entry), -entry.k)).k


def _last_above(
    evaluations: Sequence[Evaluation], figure: Callable[[Evaluation], float], threshold: float
) -> int:
    """Return the largest k that reaches the threshold; where none does, the best."""
    reached = [entry.k for entry in evaluations if figure(entry) >= threshold]
    return max(reached) if reached else _best(evaluations, figure)


def _first_gap(evaluations: Sequence[Evaluation]) -> int:
    """Return the k of the gap statistic (Tibshirani, Walther and Hastie 2001)."""
    for entry, following in pairwise(evaluations):
        if entry.gain.inertia >= following.gain.inertia - following.gain.inertia_error:
            return entry.k
    return evaluations[-1].k
