"""A shallow tree whose splits are cut at numbers that people can read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.tree import DecisionTreeClassifier

from ml.description.measures import RULE_UNITS
from ml.description.rules import Bound, all_hold, readable_threshold, with_bound


@dataclass(frozen=True)
class Leaf:
    """Where users of a segment are: all bounds hold there, and in no other leaf."""

    segment: int
    bounds: tuple[Bound, ...]


def learn_leaves(
    labels: np.ndarray,
    features: pd.DataFrame,
    *,
    max_depth: int,
    max_leaf_count: int,
    min_leaf_size: int,
    random_seed: int,
) -> list[Leaf]:
    """Learn a classification tree (CART, Breiman et al. 1984) and return its leaves, left to right.

    A split between leaves of one segment decides nothing and is undone.

    Parameters
    ----------
    labels : int array of shape (n_users,)
    features : DataFrame of n_users rows
        Finite doubles, all columns in `ml.description.measures.RULE_UNITS`.
    max_depth, max_leaf_count, min_leaf_size : int
        What keeps the tree small.
    random_seed : int
        Decides between equally good splits.

    Examples
    --------
    >>> users = pd.DataFrame({"order_count": [0.0, 1.0, 2.0, 3.0]})
    >>> limits = {"max_depth": 2, "max_leaf_count": 4, "min_leaf_size": 1, "random_seed": 0}
    >>> for leaf in learn_leaves(np.array([5, 5, 8, 8]), users, **limits):
    ...     print(leaf.segment, *leaf.bounds)
    5 Bound(feature='order_count', lower=None, upper=2.0)
    8 Bound(feature='order_count', lower=2.0, upper=None)
    """
    tree = DecisionTreeClassifier(
        max_depth=max_depth,
        max_leaf_nodes=max(max_leaf_count, 2),
        min_samples_leaf=max(min_leaf_size, 1),
        random_state=random_seed,
    ).fit(features.to_numpy(float), labels)
    return _leaves(tree, features)


def _leaves(tree: DecisionTreeClassifier, features: pd.DataFrame) -> list[Leaf]:
    nodes = tree.tree_

    def below(node: int, bounds: tuple[Bound, ...], users: pd.DataFrame) -> list[Leaf]:
        if nodes.children_left[node] < 0:
            return [Leaf(int(tree.classes_[nodes.value[node][0].argmax()]), bounds)]
        name = str(features.columns[nodes.feature[node]])
        values = users[name].to_numpy()
        cut = readable_threshold(float(nodes.threshold[node]), values, RULE_UNITS[name])
        low, high = Bound(name, upper=cut), Bound(name, lower=cut)
        leaves = [
            *below(nodes.children_left[node], with_bound(bounds, low), users[values < cut]),
            *below(nodes.children_right[node], with_bound(bounds, high), users[values >= cut]),
        ]
        is_decided = len({leaf.segment for leaf in leaves}) == 1
        return [Leaf(leaves[0].segment, bounds)] if is_decided else leaves

    return below(0, (), features)


def predicted(leaves: list[Leaf], features: pd.DataFrame) -> np.ndarray:
    """Return the segment that the rules as they are written give each user."""
    segments = np.empty(len(features), int)
    for leaf in leaves:
        segments[all_hold(leaf.bounds, features)] = leaf.segment
    return segments
