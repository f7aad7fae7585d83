"""Explanation: a shallow tree that says in a few readable rules which segment a user gets.

The tree explains, it never labels: users get their segment from the model. How well the rules agree
with it is measured on users that the tree has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd

from ml.description.measures import RULE_UNITS
from ml.description.rules import Bound, all_hold, merged, without_implied
from ml.description.surrogate import Leaf, learn_leaves, predicted
from ml.model.errors import SegmentationError

# Users held out of ten: chosen by a hash of their features, so that no order of rows matters and
# equal users never stand on both sides.
_HELD_OUT_OF_TEN = 3


@dataclass(frozen=True)
class Rule:
    """One way into a segment.

    `user_count` users meet it, of all that were given. `coverage` is the share of the segment's
    members who meet it, `precision` the share of those who meet it that belong to the segment, both
    among the held-out users; None where there are none.
    """

    segment: int
    bounds: tuple[Bound, ...]
    user_count: int
    coverage: float | None
    precision: float | None


@dataclass(frozen=True)
class SegmentExplanation:
    """The rules of one segment, the widest first, and how well all of them together find it.

    `precision` and `recall` are those of these rules on held-out users, without what the tree says
    beyond them; None where there is nobody to count.
    """

    segment: int
    precision: float | None
    recall: float | None
    rules: tuple[Rule, ...]

    def as_code(self) -> list[list[dict[str, object]]] | None:
        """Return the bounds of each rule; None where the tree never names the segment."""
        if not self.rules:
            return None
        return [[bound.as_code() for bound in rule.bounds] for rule in self.rules]


@dataclass(frozen=True)
class Explanation:
    """A tree as rules.

    `fidelity` is the share of held-out users whom the tree gives the segment that the model gives
    them; always naming the largest segment would reach `largest_share`. Both are None when nobody
    was held out.
    """

    fidelity: float | None
    largest_share: float | None
    leaf_count: int
    training_user_count: int
    held_out_user_count: int
    segments: tuple[SegmentExplanation, ...]


def explain(
    labels: np.ndarray,
    features: pd.DataFrame,
    *,
    max_depth: int = 4,
    rules_per_segment: int = 3,
    min_coverage: float = 0.05,
    min_group_size: int = 10,
    min_leaf_share: float = 0.005,
    random_seed: int = 0,
) -> Explanation:
    """Learn a shallow tree that reproduces the labels, as rules.

    Its fidelity is what a surrogate is judged by (Craven and Shavlik 1996). It is not accuracy: the
    labels are the model's own.

    Parameters
    ----------
    labels : int array of shape (n_users,)
        Segment of each user, any numbers.
    features : DataFrame of n_users rows
        Readable columns, all of them in `measures.RULE_UNITS`, raw: orders and days, no logs.
    max_depth : int
        Conditions that a rule may have before bounds on one feature are combined.
    rules_per_segment : int
        The widest ones are kept.
    min_coverage : float in [0, 1]
        A rule for a smaller share of its segment is an exception and not worth reading; the widest
        is always kept.
    min_group_size : int
        No rule rests on fewer users.
    min_leaf_share : float in [0, 1)
        Nor on a smaller share of the training users.
    random_seed : int
        Decides between equally good splits.

    Raises
    ------
    SegmentationError
        Without users, for a column that rules cannot speak of, or a value that is not finite.

    Examples
    --------
    >>> users = pd.DataFrame({"order_count": np.arange(200) % 5, "revenue": np.arange(200.0)})
    >>> found = explain((users["order_count"] >= 3).to_numpy(int), users)
    >>> [entry.rules[0].bounds[0].as_code()["form"] for entry in found.segments], found.fidelity
    (['at_most', 'at_least'], 1.0)
    """
    features = _checked(labels, features)
    is_held_out = _held_out(features)
    seen, unseen, truth = features[~is_held_out], features[is_held_out], labels[is_held_out]
    leaves = learn_leaves(
        labels[~is_held_out],
        seen,
        max_depth=max_depth,
        max_leaf_count=2 * len(np.unique(labels)),
        min_leaf_size=max(min_group_size, ceil(min_leaf_share * len(seen))),
        random_seed=random_seed,
    )
    found = predicted(leaves, unseen)
    segments = []
    for segment in np.unique(labels).tolist():
        rules = _rules(segment, leaves, features, unseen, truth)
        known = [rule for rule in rules if rule.user_count >= max(min_group_size, 1)]
        wide = [rule for rule in known if (rule.coverage or 0.0) >= min_coverage] or known[:1]
        chosen = tuple(wide[:rules_per_segment])
        # Of the rules that are kept, not of the whole tree: a reader has no others.
        is_met = _any_holds(chosen, unseen)
        precision = _share(truth[is_met] == segment)
        recall = _share(is_met[truth == segment])
        segments.append(SegmentExplanation(segment, precision, recall, chosen))
    return Explanation(
        _share(found == truth),
        _share(truth == pd.Series(labels).mode()[0]),
        len(leaves),
        len(seen),
        len(unseen),
        tuple(segments),
    )


def _checked(labels: np.ndarray, features: pd.DataFrame) -> pd.DataFrame:
    """Return the features as doubles with fresh row numbers, or say what is wrong with them."""
    if not len(features) or len(labels) != len(features):
        raise SegmentationError(f"{len(labels)} labels and {len(features)} users explain nothing.")
    unknown = [name for name in features.columns if name not in RULE_UNITS]
    if unknown:
        raise SegmentationError(f"ml/description/measures.py has no unit for {', '.join(unknown)}.")
    numbers = features.astype(float).reset_index(drop=True)
    for name in numbers.columns:
        wrong = int((~np.isfinite(numbers[name].to_numpy())).sum())
        if wrong:
            raise SegmentationError(f"{name} is not a finite number for {wrong} users.")
    return numbers


def _held_out(features: pd.DataFrame) -> np.ndarray:
    hashes = pd.util.hash_pandas_object(features, index=False).to_numpy()
    is_held_out = hashes % 10 < _HELD_OUT_OF_TEN
    # Of a handful of users, or equal ones, all may fall on one side.
    return np.zeros(len(features), bool) if is_held_out.all() else is_held_out


def _rules(
    segment: int,
    leaves: list[Leaf],
    features: pd.DataFrame,
    unseen: pd.DataFrame,
    truth: np.ndarray,
) -> list[Rule]:
    """Return the rules of one segment, the one that covers most of it first."""
    rules = []
    for bounds in merged([leaf.bounds for leaf in leaves if leaf.segment == segment]):
        needed = without_implied(bounds, features)
        is_met = all_hold(needed, unseen)
        rules.append(
            Rule(
                segment,
                needed,
                int(all_hold(needed, features).sum()),
                _share(is_met[truth == segment]),
                _share(truth[is_met] == segment),
            )
        )
    return sorted(
        rules, key=lambda rule: (-(rule.coverage or 0), -rule.user_count, str(rule.bounds))
    )


def _any_holds(rules: Sequence[Rule], features: pd.DataFrame) -> np.ndarray:
    is_met = np.zeros(len(features), bool)
    for rule in rules:
        is_met |= all_hold(rule.bounds, features)
    return is_met


def _share(holds: np.ndarray) -> float | None:
    return float(holds.mean()) if len(holds) else None
