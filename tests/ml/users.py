"""Small invented customers to segment."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ml.config import SegmentationConfig
from ml.naming import PROFILE_FEATURES

FEATURES = ("log_visits", "log_spend", "cart_rate")
CONFIG = SegmentationConfig(feature_names=FEATURES, k_max=6, silhouette_rows=500)


def three_groups(count: int = 300, seed: int = 0) -> pd.DataFrame:
    """Users of three clearly separate kinds, in turn: buyers, people with carts, passers-by."""
    rng = np.random.default_rng(seed)
    group = np.arange(count) % 3
    centres = np.array([[3.0, 5.0, 0.2], [2.0, 0.0, 0.6], [0.5, 0.0, 0.0]])
    noise = rng.normal(0, [0.2, 0.2, 0.03], (count, 3))
    users = pd.DataFrame(centres[group] + noise, columns=list(FEATURES))
    users.insert(0, "user_id", 1_000 + np.arange(count))
    for name in PROFILE_FEATURES:
        users[name] = rng.random(count)
    users["order_count"] = np.array([3, 0, 0])[group]
    users["revenue"] = np.array([300.0, 0.0, 0.0])[group]
    users["average_order_value"] = np.array([100.0, 0.0, 0.0])[group]
    users["cart_count"] = np.array([5, 4, 0])[group]
    users["active_day_count"] = np.array([20, 7, 1])[group]
    return users
