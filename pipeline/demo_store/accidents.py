"""What goes wrong in real exports: duplicates, free products, lost sessions, bad lines, robots."""

from __future__ import annotations

import numpy as np

from pipeline.demo_store.catalogue import POPULARITY_EXPONENT, Catalogue
from pipeline.demo_store.customers import FIRST_USER_ID
from pipeline.demo_store.journeys import SECONDS_A_DAY, VIEW, Events

NONE, FREE, NO_SESSION, BAD_PRICE, NO_USER, BAD_TYPE = range(6)
# Shares of lines; the first two and the duplicates are those of the real store.
_SHARES = {FREE: 0.0028, NO_SESSION: 2e-6, BAD_PRICE: 5e-6, NO_USER: 5e-6, BAD_TYPE: 5e-6}
DUPLICATE_SHARE = 0.0003
USERS_PER_ROBOT = 4_000
# Robots see more in one visit than `max_session_events` allows a person.
_ROBOT_VIEWS = (600, 1_500)


def draw_accidents(rng: np.random.Generator, kind: np.ndarray) -> np.ndarray:
    """Return what is wrong with each event, mostly nothing; only views are free."""
    accidents = np.zeros(len(kind), np.uint8)
    chance = rng.random(len(kind))
    lowest = 0.0
    for accident, share in _SHARES.items():
        hit = (chance >= lowest) & (chance < lowest + share)
        accidents[hit & (kind == VIEW)] = accident
        lowest += share
    return accidents


def draw_duplicates(rng: np.random.Generator, event_count: int) -> np.ndarray:
    """Return the places of the events that are written twice."""
    return np.flatnonzero(rng.random(event_count) < DUPLICATE_SHARE)


def robot_events(
    rng: np.random.Generator,
    catalogue: Catalogue,
    *,
    user_count: int,
    day_count: int,
    first_visit: int,
) -> Events:
    """Let a robot for every `USERS_PER_ROBOT` customers read through the shop in one night."""
    robot_count = user_count // USERS_PER_ROBOT
    views = rng.integers(*_ROBOT_VIEWS, robot_count)
    robot = np.repeat(np.arange(robot_count), views)
    night = rng.integers(0, day_count, robot_count) * SECONDS_A_DAY + 3_600
    step = np.arange(len(robot)) - np.repeat(np.cumsum(views) - views, views)
    size = len(catalogue.product_id)
    product = (rng.random(len(robot)) ** POPULARITY_EXPONENT * size).astype(np.int32)
    return Events(
        night[robot] + 2 * step,
        np.full(len(robot), VIEW, np.uint8),
        product,
        robot_ids(user_count)[robot],
        first_visit + robot,
    )


def robot_ids(user_count: int) -> np.ndarray:
    """Return the user ids of the robots of a store with this many customers."""
    return FIRST_USER_ID + 3 * np.arange(user_count // USERS_PER_ROBOT) + 1
