"""How small a group of people may be shown, and what a total of groups may say.

Two policies. Inside a company a figure is hidden where it is that of a few people, and nothing else
changes. What is published hides more: whoever knows a total and the other groups subtracts. There a
total is told from what is told of its groups, and only where no group that is left out can carry
it away from the truth by more than one per cent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# A total that is told instead of the true one is at most so far from it.
TOLERANCE = 0.01
# To so many digits money is told where exact sums would give away that of a few.
_DIGITS = 3


def is_small(count: int, minimum: int) -> bool:
    """Tell whether a group of people may not be shown. Nobody is no group.

    Examples
    --------
    >>> is_small(9, 10), is_small(10, 10), is_small(0, 10)
    (True, False, False)
    """
    return 0 < count < minimum


@dataclass(frozen=True)
class Total:
    """A number of people in all, or nothing where it may not be told; about it, if not exact."""

    count: int | None
    is_exact: bool = True


@dataclass(frozen=True)
class Policy:
    """What may be shown: no group of fewer people than `minimum`.

    Where `is_public`, nor anything from which such a group could be worked out.
    """

    minimum: int = 10
    is_public: bool = False

    def hides(self, count: int, everybody: int | None = None) -> bool:
        """Tell whether a group may not be shown; in public, nor if few of all are not in it.

        Examples
        --------
        >>> Policy(10).hides(9), Policy(10).hides(395, 400), Policy(10, True).hides(395, 400)
        (True, False, True)
        """
        if is_small(count, self.minimum):
            return True
        rest = 0 if everybody is None or not self.is_public else everybody - count
        return is_small(rest, self.minimum)

    def total(self, groups: Iterable[tuple[int, int]]) -> Total:
        """Return how many of several groups there are in all, by group those who are, of how many.

        In public a hidden group counts as nobody, or as everybody where few are not: whatever it
        is, it is wrong by fewer than `minimum` people.

        Examples
        --------
        >>> groups = [(3000, 4000), (505, 512)]
        >>> Policy(10).total(groups), Policy(10, True).total(groups)
        (Total(count=3505, is_exact=True), Total(count=3512, is_exact=False))
        >>> Policy(10, True).total([(80, 80), (7, 7)])
        Total(count=None, is_exact=False)
        """
        pairs = list(groups)
        if not self.is_public:
            return self._whole(sum(count for count, _ in pairs))
        hidden = sum(self.hides(count, size) for count, size in pairs)
        return self.about(sum(self.told(count, size) for count, size in pairs), hidden)

    def about(self, count: int, hidden: int) -> Total:
        """Return a total in which each of so many hidden groups is wrong by less than `minimum`."""
        if not hidden:
            return self._whole(count)
        farthest = hidden * (self.minimum - 1)
        is_near = farthest <= TOLERANCE * (count - farthest)
        return Total(count if is_near else None, is_exact=False)

    def told(self, count: int, everybody: int) -> int:
        """Return what a group counts as in a total; see `total`."""
        if is_small(everybody, self.minimum) or is_small(count, self.minimum):
            return 0
        return everybody if self.hides(count, everybody) else count

    def _whole(self, count: int) -> Total:
        return Total(None if is_small(count, self.minimum) else count)


def to_three_digits(amount: float) -> float:
    """Return an amount with three significant digits.

    Examples
    --------
    >>> to_three_digits(123456.78), to_three_digits(0.012345)
    (123000.0, 0.0123)
    """
    return float(f"{amount:.{_DIGITS}g}")
