"""The model before this one: which of its ids and names the new segments take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.optimize import linear_sum_assignment

from ml.description.naming import SegmentName, name_in
from ml.model.parameters import ModelParameters, parameters_of

# Hennig (2007): below this Jaccard index a cluster is dissolved, and what is there now is another.
MINIMUM_JACCARD = 0.5
_COLUMNS = [
    "model_version",
    "segment_id",
    "archetype",
    "distinction",
    "chosen_by",
]


@dataclass(frozen=True)
class Predecessor:
    """What a new model has to know of the former ones.

    `names` are those of the newest version, by id; `used_ids` holds every id that any version ever
    gave, because a new segment never gets one of them. `rule_count` is the number of segments that
    the rule chose, None where a person did.
    """

    parameters: ModelParameters
    names: Mapping[int, SegmentName]
    used_ids: frozenset[int]
    rule_count: int | None = None

    def ids_for(self, labels: np.ndarray, users: pd.DataFrame) -> np.ndarray:
        """Return the id of each new segment: the former one with the same members, or a new one.

        Where the users lack a feature that the former model reads, nobody can say which segment is
        which, and all ids are new.

        Parameters
        ----------
        labels : int array of shape (n_users,)
            From 0 to k - 1, each at least once.
        users : DataFrame of n_users rows

        Returns
        -------
        int array of shape (k,)
        """
        count = int(labels.max()) + 1
        names = list(self.parameters.feature_names)
        if not set(names) <= set(users.columns):
            first = max(self.used_ids) + 1
            return np.arange(first, first + count)
        former = self.parameters.predict(users[names].to_numpy(float))
        mapping = persistent_ids(former, labels, used_ids=set(self.used_ids))
        return np.array([mapping[label] for label in range(count)])


def newest_model(versions: pa.Table) -> Predecessor | None:
    """Read the newest version from a table of `parameters.SCHEMA`; None where there is none."""
    if not len(versions):
        return None
    newest = max(versions["model_version"].to_pylist())
    # Without the long lists, of which only those of one version are needed.
    rows = versions.select(_COLUMNS).to_pylist()
    ours = [row for row in rows if row["model_version"] == newest]
    return Predecessor(
        parameters=parameters_of(versions, newest),
        names={row["segment_id"]: name for row in ours if (name := name_in(row))},
        used_ids=frozenset(row["segment_id"] for row in rows),
        rule_count=len(ours) if ours[0]["chosen_by"] == "rule" else None,
    )


def jaccard_matrix(earlier: np.ndarray, later: np.ndarray) -> pd.DataFrame:
    """Return shared members / all members, for each earlier (row) and later (column) segment."""
    shared = pd.crosstab(earlier, later)
    all_members = shared.sum(axis=1).to_numpy()[:, None] + shared.sum().to_numpy()[None, :] - shared
    return shared / all_members


def persistent_ids(earlier: np.ndarray, later: np.ndarray, *, used_ids: set[int]) -> dict[int, int]:
    """Map later segments onto the earlier ids with which they share most members.

    Parameters
    ----------
    earlier, later : int array of shape (n_users,)
        Segment ids of the same users by the earlier model, and labels by the later one.
    used_ids : set of int
        Every id that was ever given: a new segment never gets one of them.

    Returns
    -------
    dict from later label to id
        The best assignment as a whole (Kuhn 1955); a pair that shares less than `MINIMUM_JACCARD`
        of its members is none.

    Examples
    --------
    >>> persistent_ids(np.array([4, 4, 7, 7]), np.array([1, 1, 0, 0]), used_ids={4, 7})
    {0: 7, 1: 4}
    """
    jaccard = jaccard_matrix(earlier, later)
    shares = jaccard.to_numpy(float)
    rows, columns = linear_sum_assignment(-shares)
    kept = {
        int(jaccard.columns[column]): int(jaccard.index[row])
        for row, column in zip(rows, columns, strict=True)
        if shares[row, column] >= MINIMUM_JACCARD
    }
    free = max(used_ids, default=-1) + 1
    ids = {}
    for label in sorted(int(label) for label in jaccard.columns):
        ids[label] = kept.get(label, free)
        free += label not in kept
    return ids
