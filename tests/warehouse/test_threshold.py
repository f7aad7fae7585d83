"""How soon a label settles: histories that are looked at from their first event on."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from ml.outcomes.intervals import rate_interval
from tests.conftest import Store

pytestmark = pytest.mark.slow

# What depends on the day from which a history is seen, or on what other users do.
WINDOWS = ", ".join(
    f"{measure}_{days}d"
    for measure in ("order_count", "revenue", "event_count", "active_day_count")
    for days in (30, 90, 365)
)
SEEN_FROM = f"recency_days, tenure_days, purchase_recency_days, {WINDOWS}"
LEFT_OUT = f"{SEEN_FROM}, previous_order_count, price_level"
SCORES = "recency_score, frequency_score, monetary_score"
FIRST_EVENTS = """
    select
        strftime(occurred_at, '%Y-%m-%d %H:%M:%S UTC') as event_time, event_type, product_id,
        category_id, null as category_code, brand, price, user_id, session_id as user_session
    from marts.int_first_events
    where place <= 50
"""


def test_first_events_make_the_features_of_a_store_without_the_others(
    demo_store: Store, tmp_path: Path
) -> None:
    few = Store(tmp_path / "datasets", tmp_path / "few.duckdb", tmp_path / "reports")
    few.datasets.mkdir()
    with duckdb.connect(str(demo_store.warehouse), read_only=True) as connection:
        connection.execute(f"copy ({FIRST_EVENTS}) to '{few.datasets / 'first.csv'}' (header)")
    finished = few.run("etl")
    assert finished.code == 0, finished.errors
    expected = few.query(
        f"select * exclude ({LEFT_OUT}, {SCORES}), last_event_at::date - first_event_at::date"
        " from marts.user_features order by user_id"
    )
    assert len(expected) > 100
    assert expected == demo_store.query(
        f"select * exclude (seen_event_count, snapshot_date, {LEFT_OUT}),"
        " tenure_days - recency_days"
        " from marts.int_early_features where seen_event_count = 50 and recency_days = 1"
        " order by user_id"
    )


def test_the_label_of_all_events_is_that_of_today(demo_store: Store) -> None:
    # Seen from the day after the last event: the same day for who came on the last one.
    count, same = demo_store.query(
        "select count(*), count(*) filter (where early.segment_id = today.segment_id)"
        " from marts.int_early_segments as early"
        " inner join marts.user_segments as today using (user_id)"
        " inner join marts.user_features as features using (user_id)"
        " where early.seen_event_count = features.event_count and features.recency_days = 1"
    )[0]
    assert count == same > 3


def test_the_curve_counts_the_users_who_have_their_final_label(demo_store: Store) -> None:
    curve = demo_store.query(
        "select event_count, user_count, agreement, agreement_lower, agreement_upper,"
        " final_event_count from marts.label_agreement order by event_count"
    )
    assert [row[0] for row in curve] == [1, 2, 3, 5, 8, 10, 15, 20, 30, 50]
    users = demo_store.query(
        "select count(*), min(event_count) from marts.user_features"
        " where event_count >= 100 and not is_automatic"
    )
    labels: dict[int, dict[int, int]] = {}
    for user, count, segment in demo_store.query(
        "select user_id, seen_event_count, segment_id from marts.int_early_segments"
    ):
        labels.setdefault(user, {})[count] = segment
    for count, user_count, agreement, lower, upper, final in curve:
        assert (user_count, final) == users[0]
        same = sum(found[count] == found[max(found)] for found in labels.values())
        interval = rate_interval(same, user_count)
        assert (agreement, lower, upper) == pytest.approx(
            (interval.estimate, interval.lower, interval.upper), abs=1e-9
        )
