"""The goods of the synthetic store: products with a fixed category, brand and price."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CATEGORY_COUNT = 690
BRAND_COUNT = 4_300
# Shares of products without brand and without category code, as in the real store: the gap is a
# property of the product, not of the event.
NO_BRAND_SHARE = 0.14
NO_CODE_SHARE = 0.32
# Log-normal around the median of the real store, with its ceiling.
MEDIAN_PRICE = 163.0
CATEGORY_SPREAD = 1.0
PRODUCT_SPREAD = 0.75
HIGHEST_PRICE = 2_574.07
LOWEST_PRICE = 0.77
# What is viewed in the real store: quartiles 66, 163, 359, and a mean of 290, which the share of
# views below the 95th percentile decides.
_REAL_SHARES = (0.0, 0.02, 0.25, 0.5, 0.75, 0.95, 0.999)
_REAL_PRICES = (LOWEST_PRICE, 6.0, 66.0, MEDIAN_PRICE, 359.0, 920.0, HIGHEST_PRICE)
# A category id has 19 digits, more than a double can hold.
FIRST_CATEGORY_ID = 2_053_013_552_226_107_603
FIRST_PRODUCT_ID = 1_000_978
# The share of events that the best x of the products take is x ** (1 / 2.97): 46 % for a tenth.
POPULARITY_EXPONENT = 2.97
# Likewise of the categories: half of the views go to the first quarter.
CATEGORY_EXPONENT = 2.0

_DEPARTMENTS = (
    "electronics", "appliances", "computers", "apparel", "furniture", "construction", "kids",
    "auto", "sport", "accessories", "medicine", "country_yard", "stationery",
)  # fmt: skip
_SHELVES = (
    "smartphone", "audio", "video", "kitchen", "environment", "notebook", "desktop", "shoes",
    "shirt", "bedroom", "living_room", "tools", "toys", "tires", "bicycle", "bag", "lamp", "clocks",
)  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """Products in the order of their categories; within a category, the most popular first.

    All arrays have the shape (n_products,) but `first_product` and `category_size`, which have one
    entry a category. `brand` is -1 and `has_code` False where the store knows nothing.
    """

    product_id: np.ndarray
    category: np.ndarray
    brand: np.ndarray
    has_code: np.ndarray
    price_cents: np.ndarray
    first_product: np.ndarray
    category_size: np.ndarray

    def category_ids(self) -> np.ndarray:
        """Return the 19-digit id of each product's category."""
        return FIRST_CATEGORY_ID + self.category.astype(np.int64) * 131_071

    def category_codes(self) -> list[str | None]:
        """Return each product's category in words, None where it has none."""
        codes = [
            f"{_DEPARTMENTS[number % len(_DEPARTMENTS)]}.{_SHELVES[number % len(_SHELVES)]}"
            for number in range(CATEGORY_COUNT)
        ]
        return [
            codes[number] if known else None
            for number, known in zip(self.category, self.has_code, strict=True)
        ]

    def brands(self) -> list[str | None]:
        """Return each product's brand, None where it has none."""
        return [None if number < 0 else f"brand{number:04d}" for number in self.brand]


def make_catalogue(
    rng: np.random.Generator, user_count: int, *, real_prices: bool = False
) -> Catalogue:
    """Make the goods of a store: a fifth as many products as users, from 2,000 to 200,000.

    `real_prices` gives the prices that are viewed the distribution of the real store.
    """
    product_count = int(np.clip(user_count // 5, 2_000, 200_000))
    # A large category holds more products and, because it comes first, draws more visits.
    weights = 1 / np.arange(1, CATEGORY_COUNT + 1) ** 0.6
    extra = rng.multinomial(product_count - CATEGORY_COUNT, weights / weights.sum())
    size = 1 + extra
    category = np.repeat(np.arange(CATEGORY_COUNT), size)
    base = rng.normal(0, CATEGORY_SPREAD, CATEGORY_COUNT)
    log_price = np.log(MEDIAN_PRICE) + base[category] + rng.normal(0, PRODUCT_SPREAD, product_count)
    if real_prices:
        price = _real_prices(log_price, _view_shares(size))
    else:
        price = np.clip(np.exp(log_price), LOWEST_PRICE, HIGHEST_PRICE)
    # A category knows a dozen brands, most products are of the first few.
    place = (12 * rng.random(product_count) ** 2).astype(int)
    brand = (category * 7 + place * 353) % BRAND_COUNT
    return Catalogue(
        product_id=FIRST_PRODUCT_ID + rng.permutation(product_count) * 97,
        category=category,
        brand=np.where(rng.random(product_count) < NO_BRAND_SHARE, -1, brand),
        has_code=rng.random(product_count) >= NO_CODE_SHARE,
        price_cents=np.round(price * 100).astype(np.int64),
        first_product=np.concatenate([[0], np.cumsum(size)[:-1]]),
        category_size=size,
    )


def _view_shares(size: np.ndarray) -> np.ndarray:
    """Return the share of all views that each product is expected to draw.

    As `journeys` draws: the category by its place, then the product by its place in the category.
    """
    places = np.arange(len(size) + 1) / len(size)
    of_category = np.diff(places ** (1 / CATEGORY_EXPONENT))
    category = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(category)) - np.repeat(np.cumsum(size) - size, size)
    edges = [((place + step) / size[category]) ** (1 / POPULARITY_EXPONENT) for step in (0, 1)]
    return of_category[category] * (edges[1] - edges[0])


def _real_prices(log_price: np.ndarray, view_shares: np.ndarray) -> np.ndarray:
    """Return prices in the same order, whose views are spread as those of the real store."""
    order = np.argsort(log_price, kind="stable")
    below = np.cumsum(view_shares[order]) - view_shares[order] / 2
    price = np.empty(len(log_price))
    price[order] = np.exp(np.interp(below / view_shares.sum(), _REAL_SHARES, np.log(_REAL_PRICES)))
    return price
