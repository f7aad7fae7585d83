"""A shop where a visit is a Markov chain: view, fill the cart, take out, buy, leave.

Nothing here is shared with the demo's store, which draws the number of views first and then what
becomes of each. Customers are planted by what they come for (`intents`), or drawn from one
population with heavy tails (`one_population`), where nothing is to be found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.jury.store import Written
from benchmarks.jury.writing import write_events, write_types

START = date(2021, 3, 1)
# To the end of June; the first three months are seen.
DAY_COUNT = 122
_SECONDS_A_DAY = 86_400
_CATEGORY_COUNT, _SHELF_SIZE, _BRAND_COUNT = 120, 33, 500
VIEW, CART, REMOVE, PURCHASE, LEAVE = range(5)
_EVENT_TYPES = np.array(["view", "cart", "remove_from_cart", "purchase"])
_LONGEST_VISIT = 200
# What the events of a visit look at: mostly the next product of the same shelf.
_SHELF_SHARE = 0.8


@dataclass(frozen=True)
class Customers:
    """Individuals, as arrays of shape (n_users,).

    Attributes
    ----------
    visits : float
        Expected number of visits while they are there.
    first_day, last_day : float
        When they are there.
    go_on, fill, take_out, check_out : float
        In a visit: the chance that a view is followed by another event; that this is a cart; that
        after a cart something is taken out; and that what is in the cart is bought.
    level : float in [0, 1]
        How dear the goods are that they look at.
    shelf_count : float
        Shelves of the shop they care for.
    """

    visits: np.ndarray
    first_day: np.ndarray
    last_day: np.ndarray
    go_on: np.ndarray
    fill: np.ndarray
    take_out: np.ndarray
    check_out: np.ndarray
    level: np.ndarray
    shelf_count: np.ndarray


# Name: share, visits, go_on, fill, take_out, check_out, level, spread of the level, shelves, and
# the last day they are there.
_INTENTS = {
    "replenisher": (0.10, 14, 0.70, 0.30, 0.02, 0.85, 0.45, 0.10, 2, DAY_COUNT),
    "gift_buyer": (0.08, 4, 0.86, 0.16, 0.05, 0.70, 0.85, 0.06, 12, DAY_COUNT),
    "deal_seeker": (0.10, 12, 0.86, 0.12, 0.15, 0.45, 0.10, 0.05, 15, DAY_COUNT),
    "researcher": (0.22, 9, 0.90, 0.004, 0.1, 0.10, 0.60, 0.15, 2, DAY_COUNT),
    "wish_lister": (0.10, 8, 0.85, 0.30, 0.30, 0.01, 0.55, 0.15, 6, DAY_COUNT),
    "gone": (0.10, 9, 0.80, 0.18, 0.05, 0.65, 0.50, 0.15, 4, 35),
    "bouncer": (0.30, 1.6, 0.30, 0.01, 0.1, 0.10, 0.50, 0.20, 2, DAY_COUNT),
}


def intents(rng: np.random.Generator, user_count: int) -> tuple[Customers, np.ndarray]:
    """Draw customers by what they come for, each with a rate of their own."""
    table = np.array(list(_INTENTS.values()), float)
    kind = rng.choice(len(table), user_count, p=table[:, 0] / table[:, 0].sum())
    _, visits, go_on, fill, take_out, check_out, level, spread, shelves, last = table[kind].T
    first_day = np.where(last < DAY_COUNT, 0, rng.random(user_count) * 20)
    customers = Customers(
        visits=visits * rng.gamma(6, 1 / 6, user_count),
        first_day=first_day,
        last_day=last,
        go_on=_beta(rng, go_on, 60),
        fill=_beta(rng, fill, 60),
        take_out=_beta(rng, take_out, 30),
        check_out=_beta(rng, check_out, 30),
        level=np.clip(rng.normal(level, spread), 0, 1),
        shelf_count=1 + rng.poisson(shelves - 1),
    )
    return customers, np.array(list(_INTENTS))[kind]


def one_population(rng: np.random.Generator, user_count: int) -> tuple[Customers, np.ndarray]:
    """Draw customers whose traits are continuous, related, and of heavy tails (Student's t)."""
    activity, interest, means = rng.standard_t(4, (3, user_count))
    interest = 0.4 * activity + interest
    first_day = rng.random(user_count) * 60
    customers = Customers(
        visits=np.minimum(2.5 * np.exp(0.8 * activity), 400),
        first_day=first_day,
        last_day=first_day + (DAY_COUNT - first_day) * rng.random(user_count) ** 0.3,
        go_on=_logistic(1.0 + 0.4 * interest + 0.3 * rng.standard_normal(user_count)),
        fill=_logistic(-3.2 + 0.5 * interest + 0.5 * rng.standard_normal(user_count)),
        take_out=_logistic(-2.2 + 0.6 * rng.standard_normal(user_count)),
        check_out=_logistic(-0.4 + 0.5 * interest + 0.5 * rng.standard_normal(user_count)),
        level=_logistic(0.8 * means),
        shelf_count=1 + rng.poisson(2 * np.exp(0.5 * rng.standard_normal(user_count))),
    )
    return customers, np.full(user_count, "none")


def chain_shop(
    draw: Callable[[np.random.Generator, int], tuple[Customers, np.ndarray]],
) -> Callable[[Path, int, int], Written]:
    """Return what writes a shop with customers that are drawn so."""

    def write(folder: Path, seed: int, user_count: int) -> Written:
        rng = np.random.default_rng([seed, 29])
        customers, types = draw(rng, user_count)
        visitor, start = _visits(rng, customers)
        visit, kind = _walk(rng, customers, visitor)
        events, products = _events(rng, customers, visitor, start, visit, kind)
        written = write_events(folder, events, start=START, products=products, seed=seed)
        return write_types(written, types)

    return write


def _beta(rng: np.random.Generator, mean: np.ndarray, concentration: float) -> np.ndarray:
    return rng.beta(mean * concentration, (1 - mean) * concentration)


def _logistic(value: np.ndarray) -> np.ndarray:
    return np.clip(1 / (1 + np.exp(-value)), 0.0, 0.97)


def _visits(rng: np.random.Generator, customers: Customers) -> tuple[np.ndarray, np.ndarray]:
    """Return the user and the second of each visit, one of everybody at least."""
    count = 1 + rng.poisson(np.maximum(customers.visits - 1, 0))
    visitor = np.repeat(np.arange(len(count)), count)
    first, last = customers.first_day[visitor], customers.last_day[visitor]
    day = np.floor(first + (last - first) * rng.random(len(visitor)))
    # Lunch time and evening, in a zone of its own.
    hour = np.where(
        rng.random(len(visitor)) < 0.4,
        rng.normal(12.5, 1.5, len(visitor)),
        rng.normal(20.0, 2.0, len(visitor)),
    )
    return visitor, (day * 24 + np.clip(hour, 5, 23.5)) * 3_600


def _walk(
    rng: np.random.Generator, customers: Customers, visitor: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Let every visit go from state to state; return the events, by visit and in their order."""
    visit = np.arange(len(visitor))
    state = np.full(len(visitor), VIEW)
    visits, kinds = [visit], [state]
    for _ in range(_LONGEST_VISIT):
        state = _next_state(rng, customers, visitor[visit], state)
        goes_on = state != LEAVE
        visit, state = visit[goes_on], state[goes_on]
        if not len(visit):
            break
        visits.append(visit)
        kinds.append(state)
    every, kind = np.concatenate(visits), np.concatenate(kinds)
    order = np.argsort(every, kind="stable")
    return every[order], kind[order]


def _next_state(
    rng: np.random.Generator, customers: Customers, user: np.ndarray, state: np.ndarray
) -> np.ndarray:
    chance, other = rng.random((2, len(user)))
    goes_on = rng.random(len(user)) < customers.go_on[user]
    after_view = np.where(chance < customers.fill[user], CART, VIEW)
    after_cart = np.where(
        chance < customers.check_out[user],
        PURCHASE,
        np.where(other < customers.take_out[user], REMOVE, VIEW),
    )
    following = np.where(state == CART, after_cart, after_view)
    return np.where(goes_on | (state == CART), following, LEAVE)


def _events(
    rng: np.random.Generator,
    customers: Customers,
    visitor: np.ndarray,
    start: np.ndarray,
    visit: np.ndarray,
    kind: np.ndarray,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the events with their moments and goods, and the goods, shelf by shelf."""
    user = visitor[visit]
    gap = np.where(np.r_[True, visit[1:] != visit[:-1]], 0, rng.gamma(0.8, 60, len(visit)) + 1)
    elapsed = np.cumsum(gap)
    first = np.searchsorted(visit, np.arange(len(visitor)))
    second = start[visit] + elapsed - elapsed[first][visit]
    shelf = (user * 7 + rng.integers(0, customers.shelf_count[user]) * 13) % _CATEGORY_COUNT
    of_visit = rng.random(len(visit)) < _SHELF_SHARE
    shelf = np.where(of_visit, shelf[first][visit], shelf)
    place = np.clip(customers.level[user] + rng.normal(0, 0.12, len(user)), 0, 0.999)
    product = shelf * _SHELF_SIZE + (place * _SHELF_SIZE).astype(np.int64)
    # What is put into the cart, taken out or bought is what was looked at before.
    source = np.maximum.accumulate(np.where(kind == VIEW, np.arange(len(kind)), 0))
    products, price = _goods(rng)
    events = {
        "second": np.floor(second),
        "event_type": _EVENT_TYPES[kind],
        "user": user,
        "product": product[source],
        "session": visit,
        "price": price[product[source]],
    }
    return events, products


def _goods(rng: np.random.Generator) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return the goods, shelf by shelf and on each the dearest last, and their prices."""
    shape = (_CATEGORY_COUNT, _SHELF_SIZE)
    price = np.exp(np.sort(rng.normal(np.log(45), 1.0, shape), axis=1)).ravel()
    brand = rng.integers(0, _BRAND_COUNT, price.size)
    products = {
        "category": np.repeat(np.arange(_CATEGORY_COUNT), _SHELF_SIZE),
        "brand": np.array([f"brand{number:03d}" for number in brand]),
    }
    return products, np.clip(price, 0.5, 9_000)
