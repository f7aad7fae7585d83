"""The value axis: the direction along which customers differ in what they spend next.

K-Means takes all differences for equally interesting. Where a store logs nothing but purchases
there are no types of behaviour to find, only more or less of one thing, and a cut should tell apart
who will spend. So the standardised features are stretched along the direction that predicts
spending best, and segments are found in the stretched space. Everything stays linear: scoring knows
nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import RidgeCV

from ml.model.scaling import Scaling
from ml.model.spending import log_spending

# Fewer users give a direction of luck.
FEWEST_USERS = 200
# From hardly any shrinkage to nearly nothing but it; generalised cross-validation chooses.
_PENALTIES = np.logspace(-1, 4, 11)


@dataclass(frozen=True)
class ValueAxis:
    """A unit vector among the standardised features, by which weight lengths along it grow."""

    direction: np.ndarray
    weight: float

    @property
    def stretch(self) -> np.ndarray:
        """Symmetric matrix that multiplies lengths along the axis by the weight, and no others.

        Examples
        --------
        >>> ValueAxis(np.array([0.0, 1.0]), 3.0).stretch.tolist()
        [[1.0, 0.0], [0.0, 3.0]]
        """
        outer = np.outer(self.direction, self.direction)
        return np.eye(len(self.direction)) + (self.weight - 1) * outer


def learn_value_axis(
    past: pd.DataFrame | None, scaling: Scaling, *, value_weight: float
) -> ValueAxis | None:
    """Return the direction of a ridge regression (Hoerl and Kennard 1970) of log(1 + revenue).

    It is fitted to the standardised features on the latest snapshot with an outcome, which is the
    nearest to how segments are used.

    Parameters
    ----------
    past : DataFrame as in `ml.choice_of_k.out_of_time.out_of_time_values`, or None
    scaling : Scaling
        Of the model.
    value_weight : float, at least 1
        Length of one standard unit along the axis once it is stretched.

    Returns
    -------
    ValueAxis or None
        None where nothing is to be stretched: a weight of 1, fewer than `FEWEST_USERS` users with
        an outcome, or an outcome that is the same for everybody.
    """
    if value_weight == 1 or past is None or past.empty:
        return None
    latest = past[past["snapshot_date"] == past["snapshot_date"].max()]
    spent = log_spending(latest["next_revenue"].to_numpy(float))
    if len(latest) < FEWEST_USERS or spent.min() == spent.max():
        return None
    scaled = scaling.apply(np.array(latest["features"].tolist(), float))
    # A constant has no part in the model, whatever its values were in the past.
    slopes = np.where(scaling.is_constant, 0.0, RidgeCV(_PENALTIES).fit(scaled, spent).coef_)
    length = float(np.linalg.norm(slopes))
    return ValueAxis(slopes / length, value_weight) if length else None
