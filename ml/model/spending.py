"""What a customer spent, on the scale on which it is explained."""

from __future__ import annotations

import numpy as np


def log_spending(revenue: np.ndarray) -> np.ndarray:
    """Return log(1 + revenue): spending has a long tail, and most customers spend nothing.

    Where refunds exceed what was bought, revenue is negative; such a customer spent nothing.

    Examples
    --------
    >>> log_spending(np.array([-5.0, 0.0, np.e - 1])).tolist()
    [0.0, 0.0, 1.0]
    """
    return np.asarray(np.log1p(np.maximum(revenue, 0.0)), float)
