"""The model before this one: which of its ids and names the new segments take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from ml.matching import persistent_ids
from ml.parameters import ModelParameters, parameters_of
from ml.vocabulary import Words

_COLUMNS = [
    "model_version",
    "segment_id",
    "segment_name",
    "segment_name_fr",
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
    names: Mapping[int, Words]
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
    """Read the newest version from a table of `ml.parameters.SCHEMA`; None where there is none."""
    if not len(versions):
        return None
    newest = max(versions["model_version"].to_pylist())
    # Without the long lists, of which only those of one version are needed.
    rows = versions.select(_COLUMNS).to_pylist()
    ours = [row for row in rows if row["model_version"] == newest]
    return Predecessor(
        parameters=parameters_of(versions, newest),
        names={
            row["segment_id"]: Words(row["segment_name"], row["segment_name_fr"]) for row in ours
        },
        used_ids=frozenset(row["segment_id"] for row in rows),
        rule_count=len(ours) if ours[0]["chosen_by"] == "rule" else None,
    )
