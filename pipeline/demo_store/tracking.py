"""What the real store's tracking records of what customers do: less than happens."""

from __future__ import annotations

import numpy as np

from pipeline.demo_store.journeys import CART, PURCHASE, REMOVE, Events

# Removals are never recorded. A tenth of the purchases has no cart event, whenever it is.
PURCHASES_WITHOUT_CART = 0.1
# In the first month half of the carts are missing, most of them in its first days: of 193 buyers of
# the first three hours 132 have none.
_FIRST_RECORDED, _LAST_RECORDED = 0.3, 0.7


def record(rng: np.random.Generator, events: Events, first_month_end: int) -> Events:
    """Return the events that are recorded.

    Parameters
    ----------
    events : Events
        In the order of the visits, where a purchase follows its cart at once.
    first_month_end : int
        Second at which the first month ends.
    """
    is_cart = events.kind == CART
    is_bought = is_cart & np.r_[events.kind[1:] == PURCHASE, False]
    progress = events.second / first_month_end
    share = _FIRST_RECORDED + (_LAST_RECORDED - _FIRST_RECORDED) * progress
    is_missing = is_cart & (progress < 1) & (rng.random(len(is_cart)) >= share)
    is_missing |= is_bought & (rng.random(len(is_cart)) < PURCHASES_WITHOUT_CART)
    kept = ~is_missing & (events.kind != REMOVE)
    return Events(*(values[kept] for values in vars(events).values()))
