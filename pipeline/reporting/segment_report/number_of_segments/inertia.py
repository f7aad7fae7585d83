"""By how much each further segment lowers the inertia."""

from __future__ import annotations


def inertia_drops(inertia: dict[int, float]) -> dict[int, float]:
    """Return by how much each step to k segments lowers the inertia of k - 1, as a share.

    Examples
    --------
    >>> inertia_drops({2: 100.0, 3: 60.0, 4: 54.0})
    {3: 0.4, 4: 0.1}
    """
    return {
        k: round(1 - value / inertia[k - 1], 9)
        for k, value in inertia.items()
        if inertia.get(k - 1)
    }
