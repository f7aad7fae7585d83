"""Visits and events: what a group of customers does over the whole period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.demo_store.catalogue import CATEGORY_EXPONENT, POPULARITY_EXPONENT, Catalogue
from pipeline.demo_store.customers import Customers

VIEW, CART, REMOVE, PURCHASE = range(4)
EVENT_TYPES = ("view", "cart", "remove_from_cart", "purchase")
SECONDS_A_DAY = 86_400
REFERENCE_DAYS = 92

# Share of events by hour (UTC): busiest from 8 h to 16 h, quiet from 19 h to 1 h.
_HOURS = np.array(
    [
        [0.8, 1.2, 2.6, 4.2, 5.2, 5.6, 5.8, 6.0, 6.2, 6.2, 6.1, 6.0],
        [6.0, 6.1, 6.3, 6.4, 6.0, 5.0, 3.4, 1.9, 1.1, 0.8, 0.6, 0.6],
    ]
).ravel()
# Gaps between events of a visit: median 33 s, quartiles 18 and 63 s.
_GAP_MEDIAN, _GAP_SPREAD = 33.0, 0.93
# One view in five repeats the product before.
_REPEAT_SHARE = 0.2
# Visits that end after one view, beyond those that do so by chance.
_QUICK_LOOK_SHARE = 0.2
_CANDIDATES = 3


@dataclass(frozen=True)
class Events:
    """Events as columns, each of shape (n_events,).

    `second` counts from the start of the period, `product` is a place in the catalogue, `visit` a
    number that is unique in the store.
    """

    second: np.ndarray
    kind: np.ndarray
    product: np.ndarray
    user_id: np.ndarray
    visit: np.ndarray


def make_events(
    rng: np.random.Generator,
    customers: Customers,
    catalogue: Catalogue,
    *,
    day_count: int,
    first_visit: int,
    drift: float,
) -> Events:
    """Let customers visit, look, fill carts and buy.

    Parameters
    ----------
    customers : Customers
    catalogue : Catalogue
    day_count : int
        Length of the period.
    first_visit : int
        Number of the first visit made here.
    drift : float
        How much more often, and how much dearer, the end of the period is than its beginning.
    """
    mean_visits = customers.visits * day_count / REFERENCE_DAYS
    # Everybody who is in the data came at least once.
    visit_count = 1 + rng.poisson(np.maximum(mean_visits - 1, 0))
    visitor = np.repeat(np.arange(len(visit_count)), visit_count)
    start, progress = _visit_starts(rng, customers, visitor, day_count, drift)
    view_count = _view_counts(rng, customers.views[visitor])
    view_visit = np.repeat(np.arange(len(visitor)), view_count)
    view_user = visitor[view_visit]
    product = _products(rng, customers, catalogue, view_user, view_visit, progress, drift)
    outcome = _outcomes(rng, customers, view_user)
    return _in_time(rng, start, visitor, view_visit, product, outcome, customers, first_visit)


def _visit_starts(
    rng: np.random.Generator,
    customers: Customers,
    visitor: np.ndarray,
    day_count: int,
    drift: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the second each visit starts, and how far into the period that is."""
    first, last = customers.first_day[visitor], customers.last_day[visitor]
    progress = first + (last - first) * rng.random(len(visitor)) ** (1 / (1 + drift))
    day = np.minimum((progress * day_count).astype(np.int64), day_count - 1)
    hour = rng.choice(24, len(visitor), p=_HOURS / _HOURS.sum())
    second = rng.integers(0, 3_600, len(visitor))
    return day * SECONDS_A_DAY + hour * 3_600 + second, progress


def _view_counts(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    """Return views per visit, at least one: a quick look, or a geometric number of views."""
    views = rng.geometric(np.clip(1 / np.maximum(mean, 1.0), 0.02, 1))
    return np.where(rng.random(len(mean)) < _QUICK_LOOK_SHARE, 1, views)


def _products(
    rng: np.random.Generator,
    customers: Customers,
    catalogue: Catalogue,
    view_user: np.ndarray,
    view_visit: np.ndarray,
    progress: np.ndarray,
    drift: float,
) -> np.ndarray:
    """Return the product of each view: category first, then the best of a few to the taste."""
    count = len(view_user)
    favourite = _draw_category(rng, catalogue, len(customers.user_id))
    anything = _draw_category(rng, catalogue, count)
    is_focused = rng.random(count) < customers.focus[view_user]
    category = np.where(is_focused, favourite[view_user], anything)
    size = catalogue.category_size[category]
    popularity = rng.random((_CANDIDATES, count)) ** POPULARITY_EXPONENT
    candidates = catalogue.first_product[category] + (popularity * size).astype(np.int64)
    prices = catalogue.price_cents[candidates]
    taste = np.clip(customers.taste[view_user] + drift * progress[view_visit], -1, 1)
    is_tasteful = rng.random(count) < np.abs(taste)
    place = np.where(taste > 0, prices.argmax(axis=0), prices.argmin(axis=0))
    product = candidates[np.where(is_tasteful, place, 0), np.arange(count)]
    repeats = (rng.random(count) < _REPEAT_SHARE) & np.r_[False, view_visit[1:] == view_visit[:-1]]
    source = np.maximum.accumulate(np.where(repeats, 0, np.arange(count)))
    return product[source]


def _draw_category(rng: np.random.Generator, catalogue: Catalogue, count: int) -> np.ndarray:
    """Draw categories, the first ones most often."""
    place = rng.random(count) ** CATEGORY_EXPONENT * len(catalogue.category_size)
    return place.astype(np.int64)


def _outcomes(rng: np.random.Generator, customers: Customers, view_user: np.ndarray) -> np.ndarray:
    """Return how each view ends: VIEW, CART, or what follows the cart, REMOVE or PURCHASE."""
    has_cart = rng.random(len(view_user)) < customers.cart_rate[view_user]
    buys = rng.random(len(view_user)) < customers.buy_rate[view_user]
    removes = rng.random(len(view_user)) < customers.removal_rate[view_user]
    after_cart = np.where(buys, PURCHASE, np.where(removes, REMOVE, CART))
    return np.where(has_cart, after_cart, VIEW)


def _in_time(
    rng: np.random.Generator,
    start: np.ndarray,
    visitor: np.ndarray,
    view_visit: np.ndarray,
    product: np.ndarray,
    outcome: np.ndarray,
    customers: Customers,
    first_visit: int,
) -> Events:
    """Lay out view, cart and what follows it one after the other, with a gap before each."""
    steps = np.array([1, 2, 3, 3])[outcome]
    view = np.repeat(np.arange(len(outcome)), steps)
    step = np.arange(len(view)) - np.repeat(np.cumsum(steps) - steps, steps)
    kind = np.where(step == 0, VIEW, np.where(step == 1, CART, outcome[view]))
    visit = view_visit[view]
    gap = 1 + np.exp(np.log(_GAP_MEDIAN) + _GAP_SPREAD * rng.standard_normal(len(view)))
    elapsed = np.cumsum(gap.astype(np.int64))
    is_first = np.r_[True, visit[1:] != visit[:-1]]
    offset = np.maximum.accumulate(np.where(is_first, elapsed, 0))
    second = start[visit] + elapsed - offset
    return Events(
        second.astype(np.int64),
        kind.astype(np.uint8),
        product[view].astype(np.int32),
        customers.user_id[visitor[visit]],
        first_visit + visit,
    )
