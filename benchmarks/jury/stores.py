"""The list of the jury's stores. Another store is another entry here, and a module that writes it.

No default of the project may be tuned to one of them.
"""

from __future__ import annotations

from datetime import date

from benchmarks.jury.chains import chain_shop, intents, one_population
from benchmarks.jury.demo_stores import demo_store
from benchmarks.jury.purchase_shop import Shop, purchase_shop
from benchmarks.jury.real_stores import grocer, real_rows
from benchmarks.jury.store import JuryStore

_NEW_YEAR = (date(2020, 1, 1),)
_SHOP_DATES = (date(2019, 1, 1), date(2019, 6, 1), date(2019, 10, 1))
# After a quiet quarter, before the summer sale, before Christmas.
_SEASONS = (date(2019, 4, 1), date(2019, 7, 1), date(2019, 10, 1))
_GROCER_DATES = (date(2017, 6, 1), date(2017, 8, 1), date(2017, 10, 1))

STORES = (
    JuryStore(
        "a", "demo, everything recorded", demo_store(like_real=False), _NEW_YEAR,
        has_planted_types=True,
    ),
    JuryStore(
        "b", "demo, recorded as in the real store", demo_store(like_real=True), _NEW_YEAR,
        has_planted_types=True,
    ),
    JuryStore(
        "c", "purchases only, half order once", purchase_shop(Shop()), _SHOP_DATES,
        outcome_days=90, has_groups=False, purchases_only=True,
    ),
    JuryStore(
        "d", "purchases only, strong seasons", purchase_shop(Shop(has_seasons=True)), _SEASONS,
        outcome_days=90, purchases_only=True,
    ),
    JuryStore(
        "e", "demo, drifting", demo_store(like_real=True, drift=1.0), _NEW_YEAR,
        has_planted_types=True,
    ),
    JuryStore(
        "f", "no types, heavy tails", chain_shop(one_population), (date(2021, 6, 1),),
        seeds=tuple(range(1, 11)), user_count=20_000, has_groups=False,
        is_promised=False,
    ),
    JuryStore(
        "g", "demo, 1 % wholesalers", demo_store(like_real=True, wholesaler_share=0.01), _NEW_YEAR,
        has_planted_types=True,
    ),
    JuryStore(
        "gp", "purchases only, 1 % wholesalers", purchase_shop(Shop(wholesaler_share=0.01)),
        _SHOP_DATES[-1:], outcome_days=90, purchases_only=True,
    ),
    JuryStore(
        "h", "real grocer", grocer, _GROCER_DATES, outcome_days=90, user_count=2_469,
        purchases_only=True,
    ),
    JuryStore(
        "i", "real multi-category store, three hours", real_rows, (), user_count=4_505,
        is_promised=False,
    ),
    JuryStore(
        "j", "visits by intent", chain_shop(intents), (date(2021, 6, 1),), seeds=(1, 2, 3),
        has_planted_types=True, is_promised=False,
    ),
)  # fmt: skip

_HELD_OUT_DATES = (date(2019, 1, 1), date(2019, 9, 1))
_YOUNG_DATES = (date(2018, 4, 1), date(2018, 7, 1))


def _shop(
    key: str, title: str, shop: Shop, user_count: int, outcome_days: int, dates: tuple[date, ...]
) -> JuryStore:
    return JuryStore(
        key, title, purchase_shop(shop), dates, outcome_days=outcome_days, user_count=user_count,
        purchases_only=True,
    )  # fmt: skip


#: Shops by which nothing was chosen: they were first asked when all defaults stood. Whoever changes
#: a default because of one of them moves it into the jury and holds another one out.
HELD_OUT = (
    _shop(
        "weekly", "weekly food",
        Shop(rate_shape=2, orders_a_year=40, years_before_leaving=3, old_share=0.5),
        4_000, 30, _HELD_OUT_DATES,
    ),
    _shop(
        "gifts", "gifts, less than one a year",
        Shop(rate_shape=0.3, orders_a_year=0.8, years_before_leaving=2),
        20_000, 90, _HELD_OUT_DATES,
    ),
    _shop(
        "regular", "all order about monthly",
        Shop(rate_shape=20, orders_a_year=12, years_before_leaving=1),
        8_000, 30, _HELD_OUT_DATES,
    ),
    _shop("young", "three and six months old", Shop(old_share=0), 40_000, 30, _YOUNG_DATES),
    _shop("small", "small: 1,500 customers", Shop(), 1_500, 90, _HELD_OUT_DATES),
    _shop(
        "leaving", "most leave within two months",
        Shop(years_before_leaving=0.15, orders_a_year=8),
        15_000, 30, _HELD_OUT_DATES,
    ),
    _shop(
        "seasonal", "gifts, in seasons",
        Shop(rate_shape=0.3, orders_a_year=1.5, years_before_leaving=2, has_seasons=True),
        6_000, 90, _HELD_OUT_DATES,
    ),
)  # fmt: skip


def store_by_key(key: str) -> JuryStore:
    """Return the store with this key."""
    return next(store for store in (*STORES, *HELD_OUT) if store.key == key)
