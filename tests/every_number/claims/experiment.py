"""What a fair test needs, computed by other means than the report does."""

from __future__ import annotations

from functools import partial
from math import ceil, sqrt

from tests.every_number.check import Claim
from tests.every_number.claims.value import LATEST

_EXPERIMENT = "What a fair test needs"

_ALPHA, _POWER = 1.959963984540054, 0.8416212335729143
_EFFECT, _LARGEST_EFFECT = 0.1, 9.0


def _half(first: float, second: float) -> float:
    """Return the size of each half of a test after Fleiss (1981), formulas 3.14 and 3.15."""
    mean = (first + second) / 2
    bare = (
        _ALPHA * sqrt(2 * mean * (1 - mean))
        + _POWER * sqrt(first * (1 - first) + second * (1 - second))
    ) ** 2 / (second - first) ** 2
    return bare / 4 * (1 + sqrt(1 + 4 / (bare * abs(second - first)))) ** 2


def _smallest_effect(size: float, rate: float) -> float | None:
    """Return the relative effect that two halves show, in whole percents, rounded up.

    By bisection; none where it is more than tenfold.
    """
    half = size // 2
    if not 0 < rate < 1 or half < 1 or _half(rate, 1.0) > half:
        return None
    low, high = 1e-9, 1 / rate - 1
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _half(rate, rate * (1 + middle)) > half else (low, middle)
    return None if high > _LARGEST_EFFECT else ceil(round(100 * high, 6)) / 100


def needed(rate: float) -> int | None:
    return ceil(_half(rate, rate * (1 + _EFFECT))) if 0 < rate <= 1 / (1 + _EFFECT) else None


def _window(
    size: int, windows: list[dict[str, int]] | None, minimum: int, is_public: bool
) -> dict[str, int] | None:
    """Return the shortest window in which a segment is large enough, else the longest."""
    told = [
        one
        for one in sorted(windows or (), key=lambda one: one["months"])
        if not 0 < one["users"] < minimum
        and not 0 < one["buyers"] < minimum
        and not (is_public and 0 < one["users"] - one["buyers"] < minimum)
    ]
    large = [one for one in told if 2 * (needed(one["buyers"] / one["users"]) or size) <= size]
    return (large or told[-1:] or [None])[0]


def _of_window(what: str, size: int, windows: list, minimum: int, is_public: bool) -> tuple:
    window = _window(size, windows, minimum, is_public)
    if window is None:
        return (None,)
    rate = window["buyers"] / window["users"]
    return ({"months": window["months"], "rate": rate, "needed": needed(rate)}[what],)


def _together(sizes: list[int], buyers: list[int], users: list[int]) -> tuple[int, float]:
    """Return how many several segments have, and which share is expected to buy."""
    expected = sum(
        size * bought / seen for size, bought, seen in zip(sizes, buyers, users, strict=True)
    )
    return sum(sizes), expected / sum(sizes)


_PAST = f"""select count(*) filter (has_bought), count(*)
from outcomes {LATEST} and segment_name = $row"""
_WITH_SIZE = f"""select (select count(*) from labelled where segment_name = $row),
    count(*) filter (has_bought), count(*)
from outcomes {LATEST} and segment_name = $row"""
_WINDOWS = """select (select count(*) from labelled where segment_name = $row),
    list({months: month_count, buyers: buyer_count, users: user_count}), $minimum, $is_public
from waits where segment_name = $row"""
_POOL = f"""select list(size), list(buyers), list(users) from (
    select count(*) filter (has_bought) as buyers, count(*) as users,
        (select count(*) from labelled where segment_name = outcomes.segment_name) as size
    from outcomes {LATEST} and segment_name in (select unnest(string_split($names, '; ')))
    group by segment_name
)"""
_SMALL = "^Where a segment is too small"


def _pool_too_small(*pool: list[int]) -> tuple:
    size, rate = _together(*pool)
    return _EFFECT, size, rate, needed(rate), _smallest_effect(size, rate)


def _pool_large(*pool: list[int]) -> tuple:
    size, rate = _together(*pool)
    return _EFFECT, size, rate, needed(rate)


EXPERIMENT_CLAIMS = (
    Claim(_EXPERIMENT, r"\(power\) an effect of {n}", f"select {_EFFECT}"),
    Claim(
        _EXPERIMENT,
        "^{n}$",
        "select count(*), count(*) from labelled where segment_name = $row",
        column="Customers",
    ),
    Claim(
        _EXPERIMENT,
        "^{n}$",
        _PAST,
        column="Past response",
        compute=lambda buyers, users: (buyers / users, buyers, users),
    ),
    Claim(
        _EXPERIMENT,
        "^{n}$",
        _PAST,
        column="Needed per half",
        heading="^$",
        compute=lambda buyers, users: (needed(buyers / users), buyers, users),
    ),
    Claim(
        _EXPERIMENT,
        "alone, for {n} and more",
        _WITH_SIZE,
        column="How to test it",
        compute=lambda size, buyers, users: (_smallest_effect(size, buyers / users),),
    ),
    Claim(
        _EXPERIMENT,
        "^{n}$",
        _WITH_SIZE,
        column="Smallest effect without waiting",
        compute=lambda size, buyers, users: (
            _smallest_effect(size, buyers / users),
            buyers,
            users,
            size,
        ),
    ),
    *(
        Claim(
            _EXPERIMENT,
            pattern,
            _WINDOWS,
            column=column,
            heading=heading,
            compute=partial(_of_window, what),
        )
        for what, column, heading, pattern in (
            ("months", "How to test it", "^$", "alone, over {n} months"),
            ("months", "Months needed", _SMALL, "^(?:more than )?{n}$"),
            ("rate", "Bought within them", _SMALL, "^{n}(?: from|$)"),
            ("needed", "Needed per half", _SMALL, "^{n}$"),
        )
    ),
    Claim(
        _EXPERIMENT,
        "Not even together are they large enough for an effect of {n}: of the {n} customers of"
        " (?P<names>.+), {n} are expected to buy, and each half would need {n}\\. Together they can"
        " show an effect of {n}",
        _POOL,
        compute=_pool_too_small,
    ),
    Claim(
        _EXPERIMENT,
        "Together large enough for an effect of {n}: (?P<names>.+)\\. Of these {n} customers {n}"
        " are expected to buy, and each half needs {n}",
        _POOL,
        compute=_pool_large,
    ),
    Claim(
        _EXPERIMENT,
        "for any effect: they are {n} customers, of whom {n} are expected to buy"
        r" \((?P<names>.+)\)",
        _POOL,
        compute=_together,
    ),
)
