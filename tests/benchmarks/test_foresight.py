from __future__ import annotations

from benchmarks.foresight import Foresight, foresight
from benchmarks.process import Measured


def test_what_is_told_after_a_fifth_counts() -> None:
    said = (
        (10.0, "Reading, 5 lines of 90, about 200 s left"),
        (20.0, "Reading, 9 lines of 90, about 60 s left"),
        (60.0, "sessions"),
        (70.0, "sessions, about 1 s left"),
        (90.0, "sessions, about 10 s left"),
    )
    assert foresight(Measured(100.0, 0, said)) == Foresight(60.0, 80.0, 0.29)


def test_a_process_that_told_nothing_has_no_foresight() -> None:
    assert foresight(Measured(100.0, 0, ((10.0, "about 200 s left"), (20.0, "ready")))) is None
