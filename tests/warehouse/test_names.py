"""Names are true of the customers, of every store of the jury and at every snapshot of the past.

States and profiles are worked out here once more, from visits.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from benchmarks.jury.names import contradictions, named_segments
from benchmarks.jury.stores import store_by_key
from benchmarks.jury.truth import read_histories
from ml.description.naming import name_in, name_segments, untrue_names
from ml.description.profiles import PROFILE_FEATURES
from tests.conftest import Store, run_dbt
from tests.ml.wording import in_words, is_by_value

pytestmark = pytest.mark.slow

# Weeks of absence: nobody who was there a week ago has left.
GONE = ("Lapsed", "Lost", "Absent", "Former")
_ORDERS = """
    select user_id, visit_date::timestamp as day
    from core.sessions
    where purchase_count > 0 and visit_date < ?
"""
_FEATURES = ", ".join(f"features.{name}::double as {name}" for name in PROFILE_FEATURES)


def states(orders: pd.DataFrame, as_of: pd.Timestamp, automatic: pd.Series) -> pd.DataFrame:
    """Return what is known of every buyer's orders, and the state, by user."""
    days = orders.groupby("user_id")["day"]
    found = pd.DataFrame({"first": days.min(), "last": days.max(), "count": days.size()})
    found["purchase_recency_days"] = (as_of - found["last"]).dt.days.astype(float)
    gaps = (found["last"] - found["first"]).dt.days / (found["count"] - 1)
    found["mean_days_between_orders"] = gaps.where(found["count"] > 1)
    own = gaps.where(gaps > 0)
    of_people = own[~own.index.isin(automatic)].dropna()
    usual = float(of_people.median()) if len(of_people) else 30.0
    absence = found["purchase_recency_days"] / np.maximum(own.fillna(usual), 14)
    found["lifecycle_state"] = np.select(
        [absence > 4, absence > 2, absence > 1.5, own.isna()],
        ["lost", "lapsed", "at_risk", "new"],
        "active",
    )
    return found


def profiled(store: Store, features: str, condition: str, as_of: str) -> pd.DataFrame:
    """Return users with everything that names are made from, the orders worked out here."""
    with duckdb.connect(str(store.warehouse), read_only=True) as connection:
        users = connection.execute(
            f"select user_id, is_automatic, {_FEATURES} from {features} as features"
            f" where {condition} order by user_id"
        ).df()
        orders = connection.execute(_ORDERS, [as_of]).df()
    of_users = orders[orders["user_id"].isin(users["user_id"])]
    automatic = users.loc[users["is_automatic"], "user_id"]
    known = states(of_users, pd.Timestamp(as_of), automatic)
    columns = ["purchase_recency_days", "mean_days_between_orders", "lifecycle_state"]
    found = users.merge(known[columns], how="left", left_on="user_id", right_index=True)
    found["lifecycle_state"] = found["lifecycle_state"].fillna("prospect")
    return found


def date_of(store: Store) -> str:
    return str(store.query("select max(visit_date) + 1 from core.sessions")[0][0])


def test_every_user_has_the_state_that_the_orders_say(demo_store: Store) -> None:
    users = profiled(demo_store, "marts.user_features", "true", date_of(demo_store))
    expected = dict(zip(users["user_id"], users["lifecycle_state"], strict=True))
    found = dict(demo_store.query("select user_id, lifecycle_state from marts.user_segments"))
    assert found == expected
    assert set(found.values()) == {"prospect", "new", "active", "at_risk", "lapsed", "lost"}
    unsegmented = demo_store.query(
        "select count(*) from marts.user_segments where segment_id is null"
    )
    assert unsegmented[0][0] > 0


def test_the_report_counts_every_state(demo_store: Store) -> None:
    counts = dict(
        demo_store.query(
            "select lifecycle_state, count(*) from marts.user_segments"
            " inner join marts.user_features using (user_id)"
            " where not is_automatic group by lifecycle_state"
        )
    )
    report = (demo_store.reports / "report.md").read_text()
    everybody = report.partition("Where every customer stands\n")[2].partition("\n#")[0]
    for state, label in [("prospect", "Prospect"), ("at_risk", "At risk"), ("lost", "Lost")]:
        (line,) = [line for line in everybody.splitlines() if line.startswith(f"| {label} |")]
        assert f"| {counts[state]:,} |" in line


def test_names_of_the_model_are_true_of_its_segments(demo_store: Store) -> None:
    users = profiled(demo_store, "marts.user_features", "true", date_of(demo_store))
    labels = pd.DataFrame(
        demo_store.query(
            "select user_id, segment_id from marts.user_segments where segment_id is not null"
        ),
        columns=["user_id", "segment_id"],
    )
    labelled = users.merge(labels, on="user_id")
    places, ids = pd.factorize(labelled["segment_id"], sort=True)
    codes = demo_store.query(
        "select segment_id, archetype, distinction from marts.segment_model"
        " where model_version = (select max(model_version) from marts.segment_model)"
    )
    names = {
        segment: name_in({"archetype": archetype, "distinction": distinction})
        for segment, archetype, distinction in codes
    }
    assert untrue_names(places, labelled, {at: names[one] for at, one in enumerate(ids)}) == {}


def test_who_was_there_a_week_ago_has_not_left_on_any_snapshot_date(demo_store: Store) -> None:
    snapshots = demo_store.query(
        "select distinct snapshot_date from marts.int_history_segments where segment_id is not null"
    )
    assert len(snapshots) >= 2
    for (snapshot_date,) in snapshots:
        users = profiled(
            demo_store,
            "marts.int_history_features",
            f"snapshot_date = '{snapshot_date}'",
            str(snapshot_date),
        )
        labels = pd.DataFrame(
            demo_store.query(
                "select user_id, segment_id from marts.int_history_segments"
                f" where snapshot_date = '{snapshot_date}' and segment_id is not null"
            ),
            columns=["user_id", "segment_id"],
        )
        labelled = users.merge(labels, on="user_id")
        _check_names(pd.factorize(labelled["segment_id"], sort=True)[0], labelled)


@pytest.fixture(scope="module", params=["c", "j"])
def jury_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Store, pd.DataFrame]:
    """A store of the jury up to its features, and its customers read from the files alone."""
    folder = tmp_path_factory.mktemp(request.param)
    written = store_by_key(request.param).write(folder, 1, 2_500)
    store = Store(written.datasets, folder / "store.duckdb", folder / "reports")
    finished = run_dbt(
        "run", "--select", "+user_features",
        datasets=store.datasets, warehouse=store.warehouse,
    )  # fmt: skip
    assert finished.code == 0, finished.output
    return store, read_histories(Path(written.datasets), pd.Timestamp(date_of(store)).date(), 1)


@pytest.mark.parametrize("segment_count", [2, 5, 8, 10])
def test_no_name_contradicts_its_segment(
    jury_store: tuple[Store, pd.DataFrame], segment_count: int
) -> None:
    """Whatever the segments are; the jury's own reading of the raw lines says the same."""
    store, histories = jury_store
    users = profiled(
        store,
        "marts.user_features",
        "not is_automatic and (event_count >= 10 or order_count > 0)",
        date_of(store),
    )
    points = np.log1p(
        users[["order_count", "revenue", "recency_days", "active_day_count", "cart_count"]]
    )
    spread = points.std().where(lambda one: one > 0, 1.0)
    labels = KMeans(segment_count, n_init=1, random_state=1).fit_predict(points / spread)
    names = _check_names(labels, users)
    assert len(set(names)) == segment_count
    labelled = histories.loc[users["user_id"]].assign(
        segment_id=labels, segment_name=np.array(names)[labels]
    )
    assert contradictions(named_segments(labelled)) == []


def _check_names(labels: np.ndarray, users: pd.DataFrame) -> list[str]:
    """Name segments, and see that nobody is said to have left who was there a week ago."""
    named = name_segments(labels, users)
    told = {at: name for at, name in enumerate(named) if not is_by_value(name)}
    assert untrue_names(labels, users, told) == {}
    names = [in_words(name) for name in named]
    seen = users["recency_days"].groupby(labels).median()
    assert [name for at, name in enumerate(names) if name.startswith(GONE) and seen[at] <= 8] == []
    return names
