"""The rule that chooses the number of segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ml.criteria import Evaluation, knee_distances

# Below this share a segment is no audience: nobody plans a campaign for it.
MINIMUM_SHARE = 0.01


@dataclass(frozen=True)
class Choice:
    """The chosen k, where the knee of the inertia is, and who decided."""

    k: int
    knee: int
    chosen_by: Literal["rule", "user"]


def choose(evaluations: Sequence[Evaluation], *, asked: int | None = None) -> Choice:
    """Choose a number of segments from what was measured for each.

    The knee of the inertia says from where on another segment buys little: fewer segments would
    throw away structure that comes cheap. Among the knee and all larger numbers the silhouette
    decides which cut separates best; of equals the smaller. Numbers whose smallest segment holds
    less than `MINIMUM_SHARE` of the users stand back while there are others.

    Parameters
    ----------
    evaluations : sequence of Evaluation
        In the order of k, at least one.
    asked : int, optional
        A number set by hand, which then is the choice.

    Examples
    --------
    >>> measured = [Evaluation(2, 9.0, 0.5, 0.4), Evaluation(3, 4.0, 0.4, 0.3),
    ...             Evaluation(4, 3.5, 0.45, 0.2), Evaluation(5, 3.2, 0.3, 0.1)]
    >>> choose(measured)
    Choice(k=4, knee=3, chosen_by='rule')
    """
    distances = knee_distances(np.array([entry.inertia for entry in evaluations]))
    place = int(np.argmax(distances))
    knee = evaluations[place].k
    if asked is not None:
        return Choice(asked, knee, "user")
    candidates = evaluations[place:]
    large_enough = [entry for entry in candidates if entry.smallest_share >= MINIMUM_SHARE]
    best = max(large_enough or candidates, key=lambda entry: (entry.silhouette, -entry.k))
    return Choice(best.k, knee, "rule")
