"""What users did after they were told apart: a store of three months, worked out by hand.

October tells 20 lookers, 10 early buyers (one order of 10, on the 5th) and 10 late buyers (two
orders of 100, until the 31st) apart, and one who came once. What they do next is a list below.
"""

from __future__ import annotations

from datetime import date
from math import log1p

import duckdb
import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store

pytestmark = pytest.mark.slow

LOOKERS, EARLY, LATE = range(100, 120), range(200, 210), range(300, 310)
ONCE, NEW = 400, 401
NOVEMBER, DECEMBER, JANUARY = date(2019, 11, 1), date(2019, 12, 1), date(2020, 1, 1)
# What users bought, by user. Everybody of the three kinds came in November, in December only these.
BOUGHT_IN_NOVEMBER = {100: 5, 200: 20, 201: 20} | dict.fromkeys(range(300, 308), 50)
BOUGHT_IN_DECEMBER = dict.fromkeys(range(300, 305), 30)
CAME_IN_DECEMBER = set(range(300, 310)) | set(range(100, 110))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("value")
    store = Store(folder / "datasets", folder / "warehouse" / "value.duckdb", folder / "reports")
    store.datasets.mkdir()
    store.write("2019-10.csv", *_october())
    store.write("2019-11.csv", *_november())
    store.write("2019-12.csv", *_december())
    finished = store.run()
    assert finished.code == 0, finished.errors
    return store


def _line(day: str, kind: str, user: int, price: float = 10, product: int = 1000) -> str:
    return (
        f"{day} 10:00:00 UTC,{kind},{product},500,,acme,{price:.2f},{user},{user}-{day}-{product}"
    )


def _october() -> list[str]:
    lines = [_line("2019-10-02", "view", ONCE)]
    for place, user in enumerate([*LOOKERS, *EARLY, *LATE]):
        views = 10 + place % 7
        lines += [
            _line(f"2019-10-{1 + n % 4:02d}", "view", user, 10, 1000 + n) for n in range(views)
        ]
    lines += [_line("2019-10-05", "purchase", user, 10) for user in EARLY]
    for user in LATE:
        lines += [_line(day, "purchase", user, 100) for day in ("2019-10-20", "2019-10-31")]
    return lines


def _november() -> list[str]:
    lines = [_line("2019-11-30", "view", user) for user in (*LOOKERS, *EARLY, *LATE)]
    return lines + [
        _line("2019-11-01", "purchase", user, price) for user, price in BOUGHT_IN_NOVEMBER.items()
    ]


def _december() -> list[str]:
    # The outcome of December lasts 30 days; who comes on the 31st came too late for it.
    lines = [_line("2019-12-30", "view", user) for user in sorted(CAME_IN_DECEMBER)]
    lines.append(_line("2019-12-31", "view", NEW))
    return lines + [
        _line("2019-12-10", "purchase", user, price) for user, price in BOUGHT_IN_DECEMBER.items()
    ]


def _variance_explained(values: dict[int, float], groups: list[range]) -> float:
    mean = sum(values.values()) / len(values)
    total = sum((value - mean) ** 2 for value in values.values())
    between = 0.0
    for group in groups:
        group_mean = sum(values[user] for user in group) / len(group)
        between += len(group) * (group_mean - mean) ** 2
    return between / total


def test_snapshots_are_the_month_ends(built: Store) -> None:
    assert built.query("select * from marts.int_snapshots order by snapshot_date") == [
        (NOVEMBER, False, True),
        (DECEMBER, False, True),
        (JANUARY, True, False),
    ]


def test_outcomes_of_everybody(built: Store) -> None:
    assert built.query(
        "select snapshot_date, user_count, buyer_count, revenue, mean_revenue, returner_count"
        " from marts.segment_value where scheme = 'all' order by snapshot_date"
    ) == [
        # 1 x 5 + 2 x 20 + 8 x 50 = 445; who came once has no segment.
        (NOVEMBER, 40, 11, 445, 445 / 40, 40),
        (DECEMBER, 40, 5, 150, 150 / 40, 20),
    ]


def test_groups_by_recency_frequency_and_money(built: Store) -> None:
    # Of 20 buyers 10 are behind in all three: scores of 1, and of 1 + 5 x 10 / 20 = 3.
    found = built.query(
        "select scheme, group_id, user_count, buyer_count, revenue, buyer_lift"
        f" from marts.segment_value where snapshot_date = '{NOVEMBER}' and scheme like 'rfm%'"
        " order by all"
    )
    lift = (11 / 40, 1 / 20, 2 / 10, 8 / 10)
    expected = [
        (("non_buyer", "non_buyer"), 20, 1, 5, lift[1] / lift[0]),
        (("lost", "111"), 10, 2, 40, lift[2] / lift[0]),
        (("need_attention", "333"), 10, 8, 400, lift[3] / lift[0]),
    ]
    rows = {row[:2]: row[2:] for row in found}
    assert len(rows) == 6
    for (group, cell), *measures in expected:
        assert rows["rfm_group", group] == pytest.approx(tuple(measures))
        assert rows["rfm_cell", cell] == pytest.approx(tuple(measures))


def test_shares_of_variance(built: Store) -> None:
    values = {user: log1p(BOUGHT_IN_NOVEMBER.get(user, 0)) for user in (*LOOKERS, *EARLY, *LATE)}
    expected = _variance_explained(values, [LOOKERS, EARLY, LATE])
    found = dict(
        built.query(
            "select scheme, variance_share from marts.value_shares"
            f" where snapshot_date = '{NOVEMBER}' and scheme <> 'segment'"
        )
    )
    assert found["rfm_group"] == pytest.approx(expected)
    assert found["rfm_cell"] == pytest.approx(expected)
    # Forty users are too few to measure what could be predicted.
    assert found["boosting"] is None


def test_segments_hold_everybody_at_each_snapshot(built: Store) -> None:
    assert built.query(
        "select snapshot_date, sum(user_count), sum(revenue) from marts.segment_value"
        " where scheme = 'segment' group by snapshot_date order by snapshot_date"
    ) == [(NOVEMBER, 40, 445), (DECEMBER, 40, 150)]


def test_longer_windows_count_everybody_who_bought_within_them_once(built: Store) -> None:
    in_both = {**BOUGHT_IN_NOVEMBER, **BOUGHT_IN_DECEMBER}
    assert built.query(
        "select month_count, snapshot_date, sum(user_count), sum(buyer_count)"
        " from marts.segment_windows group by all order by month_count"
    ) == [(1, DECEMBER, 40, len(BOUGHT_IN_DECEMBER)), (2, NOVEMBER, 40, len(in_both))]
    # One month is the outcome that the segments are valued by.
    assert built.query(
        "select segment_id::text, user_count, buyer_count from marts.segment_windows"
        " where month_count = 1 order by all"
    ) == built.query(
        "select group_id, user_count, buyer_count from marts.segment_value"
        f" where scheme = 'segment' and snapshot_date = '{DECEMBER}' order by all"
    )


def test_experiments_are_planned_for_the_customers_of_today_by_what_was_measured(
    built: Store,
) -> None:
    """In January 40 have a segment; in the windows of one month and of two 40 were measured."""
    in_both = {**BOUGHT_IN_NOVEMBER, **BOUGHT_IN_DECEMBER}
    assert built.query(
        "select month_count, snapshot_date, sum(customer_count), sum(responder_count),"
        " sum(measured_count), bool_and(base_rate = responder_count / measured_count)"
        " from marts.experiment_sizes where experiment = 'segment' group by all order by 1"
    ) == [(1, DECEMBER, 40, 5, 40, True), (2, NOVEMBER, 40, len(in_both), 40, True)]
    assert built.query(
        "select segment_id, customer_count from marts.experiment_sizes"
        " where experiment = 'segment' and month_count = 1 order by 1"
    ) == built.query(
        "select segment_id, count(*) from marts.user_segments where segment_id is not null"
        " group by all order by 1"
    )


def test_everybody_goes_somewhere_from_month_to_month(built: Store) -> None:
    assert built.query(
        "select kind, from_date, to_date, sum(user_count), min(sampled_share)"
        " from marts.segment_migrations group by all order by to_date"
    ) == [("month", NOVEMBER, DECEMBER, 41, 1.0), ("month", DECEMBER, JANUARY, 42, 1.0)]
    assert built.query(
        "select from_reason, to_reason, to_date, user_count from marts.segment_migrations"
        " where to_reason is not null order by to_date, from_reason"
    ) == [
        ("too_few_events", "too_few_events", DECEMBER, 1),
        ("not_seen_yet", "too_few_events", JANUARY, 1),
        ("too_few_events", "too_few_events", JANUARY, 1),
    ]


def test_without_long_histories_there_is_no_curve(built: Store) -> None:
    assert built.query("select count(*) from marts.label_agreement") == [(0,)]


def test_readers_see_it(built: Store) -> None:
    with duckdb.connect(str(published_path(built.warehouse)), read_only=True) as connection:
        for name in (
            *("segment_value", "segment_windows", "value_shares", "experiment_sizes"),
            "segment_migrations",
        ):
            found = connection.execute(f"select count(*) from marts.{name}").fetchall()
            assert found == built.query(f"select count(*) from marts.{name}")
            assert found[0][0] > 0


@pytest.mark.long
def test_a_new_model_says_who_moved(built: Store) -> None:
    finished = built.run("model", "--retrain")
    assert finished.code == 0, finished.errors
    # The same users and settings: nobody moves.
    assert built.query(
        "select from_version, to_version, from_date, sum(user_count),"
        " bool_and(from_segment_id is not distinct from to_segment_id)"
        " from marts.segment_migrations where kind = 'model' group by all"
    ) == [(1, 2, JANUARY, 42, True)]
