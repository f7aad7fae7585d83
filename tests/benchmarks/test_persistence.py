"""What the benchmark of the persistence calls a broken promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.persistence import Renewal, broken_promises

GOOD = Renewal(
    segment_counts=(6, 7),
    user_count=8_651,
    kept_share=0.9,
    shared_ids=6,
    changed_names=0,
    lost_ids=0,
    new_ids=1,
    label_share=0.8,
)


def test_nine_of_ten_and_all_names_are_enough() -> None:
    """What customers did in between is not the model's doing, and a segment may be added."""
    assert broken_promises(GOOD) == []


@pytest.mark.parametrize(
    ("flaw", "expected"),
    [
        ({"kept_share": 0.899}, "too few keep their segment"),
        ({"changed_names": 1}, "a name changed"),
        ({"lost_ids": 1}, "a segment is lost"),
    ],
)
def test_each_promise_can_be_broken(flaw: dict, expected: str) -> None:
    assert broken_promises(replace(GOOD, **flaw)) == [expected]
