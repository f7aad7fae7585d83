"""The customers of the synthetic store: types with their behaviour, and individuals around them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

FIRST_USER_ID = 500_000_000


@dataclass(frozen=True)
class Behaviour:
    """What a type of customer does; the individuals scatter around it.

    share : part of all users; visits : mean number over a period of 92 days; views : mean products
    looked at per visit; cart_rate : carts per view; buy_rate, removal_rate : share of carts bought,
    and of the others taken out again; taste : -1 picks the cheapest of what is at hand, 1 the
    dearest; focus : share of views in the favourite category; first_day, last_day : when they are
    active, as parts of the period.
    """

    share: float
    visits: float
    views: float
    cart_rate: float
    buy_rate: float
    removal_rate: float
    taste: float
    focus: float
    first_day: float = 0.0
    last_day: float = 1.0


#: Passers-by have too few events to be judged; the others are what a segmentation should find.
TYPES: dict[str, Behaviour] = {
    "passer_by": Behaviour(0.60, 1.7, 1.9, 0.006, 0.35, 0.1, 0.0, 0.5),
    "window_shopper": Behaviour(0.15, 17, 7.0, 0.0005, 0.10, 0.2, 0.0, 0.35),
    "loyal_regular": Behaviour(0.055, 22, 5.0, 0.09, 0.75, 0.05, 0.0, 0.45),
    "big_spender": Behaviour(0.045, 13, 5.0, 0.11, 0.80, 0.05, 0.97, 0.80),
    "bargain_hunter": Behaviour(0.045, 13, 6.5, 0.08, 0.65, 0.1, -0.97, 0.10),
    "cart_hesitator": Behaviour(0.06, 11, 5.5, 0.15, 0.02, 0.80, 0.0, 0.40),
    "lapsed": Behaviour(0.045, 10, 6.0, 0.09, 0.65, 0.1, 0.0, 0.45, 0.0, 0.30),
}
# The type of users who buy in bulk, beside those above.
WHOLESALER = len(TYPES)

# How far individuals lie from their type, in logarithms, logits or, for the taste, as it is.
_SCATTER = {
    "visits": 0.25,
    "views": 0.18,
    "cart_rate": 0.30,
    "buy_rate": 0.35,
    "removal_rate": 0.40,
    "taste": 0.08,
    "focus": 0.35,
}
_RATES = ("cart_rate", "buy_rate", "removal_rate", "focus")
# Passers-by scatter more: most of a store's users have one or two events, some a dozen.
_PASSER_BY_SCATTER = 1.3


@dataclass(frozen=True)
class Customers:
    """Parameters of individuals, each an array of shape (n_users,); see `Behaviour`."""

    user_id: np.ndarray
    type_number: np.ndarray
    visits: np.ndarray
    views: np.ndarray
    cart_rate: np.ndarray
    buy_rate: np.ndarray
    removal_rate: np.ndarray
    taste: np.ndarray
    focus: np.ndarray
    first_day: np.ndarray
    last_day: np.ndarray

    def part(self, chosen: slice) -> Customers:
        """Return some of the customers."""
        return Customers(*(getattr(self, field.name)[chosen] for field in fields(self)))


def make_customers(
    rng: np.random.Generator,
    user_count: int,
    *,
    planted_types: bool,
    overlap: float,
    wholesaler_share: float,
    activity: float = 1.0,
) -> Customers:
    """Draw individuals.

    Parameters
    ----------
    user_count : int
    planted_types : bool
        False draws one population without types: every trait from one continuous distribution.
    overlap : float in [0, 1]
        Moves every type towards the average of all: 1 leaves no difference.
    wholesaler_share : float in [0, 1]
        Part of the users that buys in bulk, whatever else they are like.
    activity : float
        Multiple of the visits of everybody.
    """
    behaviours = list(TYPES.values())
    shares = np.array([behaviour.share for behaviour in behaviours])
    type_number = rng.choice(len(behaviours), user_count, p=shares / shares.sum())
    traits = {
        name: _trait(rng, name, type_number, behaviours, overlap=overlap, planted=planted_types)
        for name in _SCATTER
    }
    first = np.array([behaviour.first_day for behaviour in behaviours])[type_number]
    last = np.array([behaviour.last_day for behaviour in behaviours])[type_number]
    last = last + overlap * (1 - last)
    if not planted_types:
        type_number = np.full(user_count, -1)
        first, last = np.zeros(user_count), 1 - 0.7 * rng.random(user_count) ** 2
    is_wholesaler = rng.random(user_count) < wholesaler_share
    type_number = np.where(is_wholesaler, WHOLESALER, type_number)
    traits["visits"] = activity * np.where(is_wholesaler, 60.0, traits["visits"])
    traits["views"] = np.where(is_wholesaler, 8.0, traits["views"])
    traits["cart_rate"] = np.where(is_wholesaler, 0.6, traits["cart_rate"])
    traits["buy_rate"] = np.where(is_wholesaler, 0.9, traits["buy_rate"])
    ids = FIRST_USER_ID + 3 * rng.permutation(user_count)
    return Customers(ids, type_number, **traits, first_day=first, last_day=last)


def _trait(
    rng: np.random.Generator,
    name: str,
    type_number: np.ndarray,
    behaviours: list[Behaviour],
    *,
    overlap: float,
    planted: bool,
) -> np.ndarray:
    """Draw one trait of every user on its natural scale and return it as it is used."""
    centres = _to_scale(name, np.array([getattr(entry, name) for entry in behaviours]))
    shares = np.array([entry.share for entry in behaviours])
    mean = float(np.average(centres, weights=shares))
    noise = rng.standard_normal(len(type_number))
    if not planted:
        spread = float(np.sqrt(np.average((centres - mean) ** 2, weights=shares)))
        return _from_scale(name, mean + spread * noise)
    moved = centres + overlap * (mean - centres)
    scatter = np.where(type_number == 0, _PASSER_BY_SCATTER, 1.0) * _SCATTER[name]
    return _from_scale(name, moved[type_number] + scatter * noise)


def _to_scale(name: str, value: np.ndarray) -> np.ndarray:
    if name in _RATES:
        return np.log(value / (1 - value))
    return value if name == "taste" else np.log(value)


def _from_scale(name: str, value: np.ndarray) -> np.ndarray:
    if name in _RATES:
        return 1 / (1 + np.exp(-value))
    return np.clip(value, -1, 1) if name == "taste" else np.exp(value)
