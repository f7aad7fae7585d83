"""No group that is too small, and no total from which one could be worked out.

A small group loses its figures. That alone protects nobody: whoever knows the total and the other
groups subtracts. So when a group is small, totals and shares are shown coarsely as well, and leave
it out: rounding alone would tell it apart where one person more turns 100 into 200.
"""

from __future__ import annotations

from decimal import Decimal

_HUNDRED = 100


def is_small(count: int, minimum: int) -> bool:
    """Tell whether a group of people may not be shown. Nobody is no group.

    Examples
    --------
    >>> is_small(9, 10), is_small(10, 10), is_small(0, 10)
    (True, False, False)
    """
    return 0 < count < minimum


def coarse_count(count: int) -> int:
    """Return a count of people to the nearest hundred, at least one hundred.

    Examples
    --------
    >>> coarse_count(12_345), coarse_count(7)
    (12300, 100)
    """
    return max(_HUNDRED, round(count / _HUNDRED) * _HUNDRED)


def coarse_share(share: float) -> float:
    """Return a share to the whole percent.

    Examples
    --------
    >>> coarse_share(0.1234)
    0.12
    """
    return round(share, 2)


def coarse_money(amount: Decimal) -> Decimal:
    """Return an amount with three significant digits.

    Examples
    --------
    >>> coarse_money(Decimal("123456.78"))
    Decimal('123000.00')
    """
    return Decimal(f"{amount:.3g}").quantize(Decimal("0.01"))
