"""The out-of-time value of a number of segments: how much of the next month it tells apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ml.choice_of_k.stability import nearest
from ml.model.preparation import Preparation
from ml.model.segmentation import Segmentation
from ml.model.spending import log_spending


def out_of_time_values(
    past: pd.DataFrame | None, preparation: Preparation, solutions: Mapping[int, Segmentation]
) -> dict[int, float]:
    """Return for each k the share of the variance of log(1 + next month's revenue) explained.

    Users are labelled by the solutions as they were at each snapshot; the mean over these is
    returned. The share is the adjusted one of `ml.outcomes.value` (epsilon squared): more segments
    explain more of any outcome by chance, and a number is not to be chosen for that.

    Parameters
    ----------
    past : DataFrame with one row per snapshot and user who would have had a segment then, or None
        `snapshot_date`; `features`, lists in the order of the model's features; `next_revenue`,
        what the user spent in the month from the snapshot date on. In a fixed order.
    preparation : Preparation
        Of the model.
    solutions : mapping from k to Segmentation

    Returns
    -------
    dict from k to float in [0, 1]
        Empty where nobody was there, or everybody spent the same at each snapshot. One with no more
        users than segments says nothing and is left out.
    """
    if past is None or past.empty:
        return {}
    # Only training needs what values are measured with.
    from ml.outcomes.value import adjusted_variance_explained

    points = preparation.apply(np.array(past["features"].tolist(), float))
    spent = log_spending(past["next_revenue"].to_numpy(float))
    places = list(past.groupby("snapshot_date").indices.values())
    found = {}
    for k, solution in solutions.items():
        labels = nearest(points, solution.centroids)
        shares = np.array([adjusted_variance_explained(labels[at], spent[at]) for at in places])
        if not np.isnan(shares).all():
            found[k] = float(np.nanmean(shares))
    return found
