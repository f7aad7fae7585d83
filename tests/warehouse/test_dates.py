"""`--as-of`: what the features see, and what the model may be asked for."""

from __future__ import annotations

import pytest

from tests.conftest import Store

pytestmark = pytest.mark.slow


def _line(day: str, user: int) -> str:
    return f"{day} 10:00:00 UTC,view,10,500,,acme,9.00,{user},s{user}"


def test_features_see_only_what_lies_before_the_date(store: Store) -> None:
    store.write("a.csv", _line("2019-10-01", 1), _line("2019-10-05", 1), _line("2019-10-05", 2))
    assert store.run("etl", "--as-of", "2019-10-05").code == 0
    assert store.query("select user_id, event_count, recency_days from marts.user_features") == [
        (1, 1, 4)
    ]
    finished = store.run("model", "--quiet", "--as-of", "2019-10-06")
    assert finished.code == 2
    assert "The features are as of 2019-10-05" in finished.errors
    finished = store.run("etl", "--quiet", "--as-of", "2018-01-01")
    assert finished.code == 1
    assert finished.errors == ("Error: No event lies before 2018-01-01: choose a later --as-of.\n")
