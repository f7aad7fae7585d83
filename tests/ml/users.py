"""Small invented customers to segment."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ml.description.profiles import PROFILE_FEATURES
from ml.model.config import SegmentationConfig

FEATURES = ("log_visits", "log_spend", "cart_rate")
# Few repetitions: what they measure is tested where they are made.
CONFIG = SegmentationConfig(
    feature_names=FEATURES,
    k_max=6,
    silhouette_rows=500,
    restart_count=3,
    resample_count=5,
    split_count=2,
    null_draw_count=4,
)


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
    return with_orders(users)


def with_orders(users: pd.DataFrame) -> pd.DataFrame:
    """Add what is known of orders: the last one 10 days ago, and 20 days from one to the next.

    What is there stays. The state follows as the warehouse has it, for a store with that rhythm.
    """
    orders = users["order_count"].to_numpy(float)
    for name, least, days in [
        ("purchase_recency_days", 1, 10.0),
        ("mean_days_between_orders", 2, 20.0),
    ]:
        given = users.get(name, days)
        users[name] = np.where(orders >= least, given, np.nan)
    rhythm = np.fmax(users["mean_days_between_orders"].fillna(20.0), 14.0)
    lateness = users["purchase_recency_days"] / rhythm
    users["lifecycle_state"] = np.select(
        [lateness.isna(), lateness > 4, lateness > 2, lateness > 1.5, orders == 1],
        ["prospect", "lost", "lapsed", "at_risk", "new"],
        "active",
    )
    return users


def three_heaps(count: int = 600, seed: int = 0, distance: float = 8.0) -> np.ndarray:
    """Points of three groups in the plane, `distance` standard deviations apart."""
    rng = np.random.default_rng(seed)
    corners = distance * np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 0.87]])
    return corners[rng.integers(0, 3, count)] + rng.standard_normal((count, 2))


def one_continuum(count: int = 600, seed: int = 0) -> np.ndarray:
    """Logged counts of users who differ in nothing but how active they are, without any gap."""
    rng = np.random.default_rng(seed)
    activity = rng.lognormal(0, 1, count)
    views = 1 + rng.poisson(20 * activity)
    visits = 1 + rng.binomial(views - 1, 0.25)
    days = 1 + rng.binomial(visits - 1, 0.7)
    carts = rng.binomial(views, 0.05)
    orders = rng.binomial(carts, 0.4)
    revenue = orders * rng.lognormal(4, 0.7, count)
    recency = np.minimum(90, rng.exponential(90 / days))
    return np.log1p(np.column_stack([views, visits, days, carts, orders, revenue, recency]))
