from __future__ import annotations

from ml.criteria import Evaluation
from ml.selection import choose


def _measured(*rows: tuple[float, float, float]) -> list[Evaluation]:
    return [Evaluation(k, *row) for k, row in enumerate(rows, start=2)]


def test_the_silhouette_decides_from_the_knee_on() -> None:
    # The knee of 100, 40, 30, 25, 22 is at k = 3; k = 2 separates best but lies before it.
    measured = _measured(
        (100, 0.6, 0.4), (40, 0.3, 0.3), (30, 0.2, 0.2), (25, 0.4, 0.1), (22, 0.1, 0.1)
    )
    choice = choose(measured)
    assert (choice.k, choice.knee, choice.chosen_by) == (5, 3, "rule")


def test_of_equals_the_smaller() -> None:
    measured = _measured((100, 0.3, 0.4), (40, 0.3, 0.3), (30, 0.3, 0.2), (25, 0.3, 0.1))
    assert choose(measured).k == 3


def test_tiny_segments_stand_back() -> None:
    measured = _measured((100, 0.3, 0.4), (40, 0.2, 0.3), (30, 0.9, 0.001), (25, 0.1, 0.1))
    assert choose(measured).k == 3


def test_tiny_segments_are_taken_when_there_is_nothing_else() -> None:
    assert choose(_measured((100, 0.3, 0.001))).k == 2


def test_the_user_overrules() -> None:
    measured = _measured((100, 0.3, 0.4), (40, 0.2, 0.3), (30, 0.1, 0.2))
    assert choose(measured, asked=2).chosen_by == "user"
    assert choose(measured, asked=2).k == 2
