from __future__ import annotations

import numpy as np
import pandas as pd

from ml.model.order import canonical_order
from ml.predecessor import jaccard_matrix, persistent_ids


def test_segments_are_ordered_by_value_whatever_their_numbers() -> None:
    profile = pd.DataFrame(
        {
            "revenue": [0.0, 0.0, 50.0, 70.0, 0.0],
            "order_count": [0, 0, 1, 1, 0],
            "cart_count": [0, 2, 1, 1, 0],
            "active_day_count": 1,
            "event_count": 1,
        }
    )
    labels = np.array([0, 2, 1, 1, 0])
    assert canonical_order(labels, profile).tolist() == [1, 2, 0]


def test_jaccard_is_shared_over_all_members() -> None:
    matrix = jaccard_matrix(np.array([0, 0, 0, 1]), np.array([5, 5, 6, 6]))
    assert matrix.loc[0, 5] == 2 / 3
    assert matrix.loc[1, 6] == 1 / 2
    assert matrix.loc[0, 6] == 1 / 4


def test_a_dissolved_segment_gives_its_id_to_nobody() -> None:
    earlier = np.array([0] * 10 + [1] * 10)
    later = np.array([0] * 10 + [1] * 4 + [2] * 3 + [3] * 3)
    ids = persistent_ids(earlier, later, used_ids={0, 1, 2})
    assert ids == {0: 0, 1: 3, 2: 4, 3: 5}


def test_the_assignment_is_best_as_a_whole() -> None:
    # Both later segments fit earlier 0; the better one gets it, the other is new.
    earlier = np.zeros(10, int)
    later = np.array([0] * 7 + [1] * 3)
    assert persistent_ids(earlier, later, used_ids={0}) == {0: 0, 1: 1}
