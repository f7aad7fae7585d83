"""Shops that record purchases only, as everywhere outside of web analytics.

Customers order at rates of their own until they leave for good, which nobody sees: the Pareto/NBD
model (Schmittlein, Morrison and Colombo 1987). Some buy dearer goods than others, some more of
them. There are no types, and half of the customers order once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.jury.store import Written
from benchmarks.jury.writing import write_events

START = date(2018, 1, 1)
DAY_COUNT = 730
_DAYS = np.arange(DAY_COUNT + 1)
_PRODUCT_COUNT, _CATEGORY_COUNT, _BRAND_COUNT = 3_000, 40, 300
_SECONDS_A_DAY, _SECONDS_AN_HOUR = 86_400, 3_600
# Opening hours.
_FIRST_HOUR, _HOUR_COUNT = 7, 15
_SEASONAL_SHARE = 0.25


@dataclass(frozen=True)
class Shop:
    """How the customers of a shop are.

    Attributes
    ----------
    rate_shape, orders_a_year : float
        Of the gamma distribution of rates: the smaller the shape, the more customers hardly order.
    leaving_shape, years_before_leaving : float
        Of the gamma distribution of the rates of leaving, and the typical lifetime.
    old_share : float
        Part of the customers who order in the first month; the others come over the two years.
    has_seasons : bool
        Whether Christmas and a summer sale bring several times the orders of other weeks, and to
        one customer in four hardly any others.
    wholesaler_share : float
        Part of the customers that orders weekly, thirty lines at a time.
    """

    rate_shape: float = 0.55
    orders_a_year: float = 3.4
    leaving_shape: float = 0.7
    years_before_leaving: float = 0.9
    old_share: float = 0.2
    has_seasons: bool = False
    wholesaler_share: float = 0.0


def purchase_shop(shop: Shop) -> Callable[[Path, int, int], Written]:
    """Return what writes such a shop."""

    def write(folder: Path, seed: int, user_count: int) -> Written:
        rng = np.random.default_rng([seed, 17])
        is_wholesaler = rng.random(user_count) < shop.wholesaler_share
        user, day = _orders(rng, shop, is_wholesaler)
        hour = _FIRST_HOUR + rng.integers(0, _HOUR_COUNT, len(user))
        second = day * _SECONDS_A_DAY + hour * _SECONDS_AN_HOUR
        second += rng.integers(0, _SECONDS_AN_HOUR, len(user))
        events, products = _lines(rng, user, second, is_wholesaler)
        return write_events(folder, events, start=START, products=products, seed=seed)

    return write


def _orders(
    rng: np.random.Generator, shop: Shop, is_wholesaler: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return who orders on which day, the first order of everybody among them."""
    count = len(is_wholesaler)
    is_old = rng.random(count) < shop.old_share
    first = rng.random(count) * np.where(is_old, 30 / DAY_COUNT, 1)
    rate = rng.gamma(shop.rate_shape, shop.orders_a_year / shop.rate_shape, count)
    leaving = rng.gamma(shop.leaving_shape, 1 / shop.leaving_shape, count) + 1e-6
    lifetime = 365 * shop.years_before_leaving * rng.exponential(1 / leaving)
    rate = np.where(is_wholesaler, 52, rate) / 365
    lifetime = np.where(is_wholesaler, DAY_COUNT, lifetime)
    is_seasonal = shop.has_seasons & (rng.random(count) < _SEASONAL_SHARE)
    orders = [
        _orders_by_clock(rng, np.flatnonzero(members), clock, first, rate, lifetime)
        for members, clock in (
            (~is_seasonal, _clock(1.5 * shop.has_seasons)),
            (is_seasonal, _clock(12.0)),
        )
    ]
    user, day = (np.concatenate(columns) for columns in zip(*orders, strict=True))
    return user, np.minimum(day.astype(np.int64), DAY_COUNT - 1)


def _clock(strength: float) -> np.ndarray:
    """Return the time since the start, in days of equal business: fast where a season is."""
    day = np.arange(DAY_COUNT) % 365
    christmas = np.exp(-0.5 * ((day - 345) / 10) ** 2)
    sale = np.exp(-0.5 * ((day - 190) / 8) ** 2)
    weight = 1 + strength * (2 * christmas + sale)
    return np.concatenate([[0], np.cumsum(weight / weight.mean())])


def _orders_by_clock(
    rng: np.random.Generator,
    users: np.ndarray,
    clock: np.ndarray,
    first: np.ndarray,
    rate: np.ndarray,
    lifetime: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return orders of users at rates that are even by the clock, and their days."""
    begin = first[users] * DAY_COUNT
    last_day = np.minimum(np.interp(begin, clock, _DAYS) + lifetime[users], DAY_COUNT)
    end = np.interp(last_day, _DAYS, clock)
    order_count = rng.poisson(rate[users] * (end - begin))
    again = np.repeat(np.arange(len(users)), order_count)
    later = begin[again] + rng.random(len(again)) * (end - begin)[again]
    moment = np.concatenate([begin, later])
    return np.concatenate([users, users[again]]), np.interp(moment, clock, _DAYS)


def _lines(
    rng: np.random.Generator, user: np.ndarray, second: np.ndarray, is_wholesaler: np.ndarray
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the lines of orders, and the products, of which the last are the dearest."""
    user_count = len(is_wholesaler)
    level, basket = rng.random(user_count), rng.gamma(2, 0.6, user_count)
    line_count = 1 + rng.poisson(np.where(is_wholesaler, 30, basket)[user])
    line = np.repeat(np.arange(len(user)), line_count)
    place = np.abs(level[user[line]] + rng.normal(0, 0.2, len(line)))
    place = np.where(place > 1, 2 - place, place)
    product = np.clip(place * _PRODUCT_COUNT, 0, _PRODUCT_COUNT - 1).astype(np.int64)
    # No product is twice in an order: a line that is repeated word for word is read once.
    lines = np.unique(line * _PRODUCT_COUNT + product)
    line, product = lines // _PRODUCT_COUNT, lines % _PRODUCT_COUNT
    price = np.sort(np.exp(rng.normal(np.log(20), 0.8, _PRODUCT_COUNT)))
    brand = rng.integers(0, _BRAND_COUNT, _PRODUCT_COUNT)
    products = {
        "category": rng.integers(0, _CATEGORY_COUNT, _PRODUCT_COUNT),
        "brand": np.array([f"brand{number:03d}" for number in brand]),
    }
    events = {
        "second": second[line],
        "event_type": np.full(len(line), "purchase"),
        "user": user[line],
        "product": product,
        "session": line,
        "price": price[product],
    }
    return events, products
