"""From the features to the report, on a synthetic store that is built once."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import duckdb
import pytest

from ml.model.parameters import parameters_of
from tests.conftest import Store

pytestmark = pytest.mark.slow


def test_labels_in_sql_are_those_of_scikit_learn_for_every_user(demo_store: Store) -> None:
    with duckdb.connect(str(demo_store.warehouse), read_only=True) as connection:
        model = parameters_of(
            connection.sql("select * from marts.segment_model").to_arrow_table(), 1
        )
        users = connection.sql(
            "select inputs.*, segments.segment_id from marts.segment_inputs as inputs"
            " inner join marts.user_segments as segments using (user_id)"
            " where inputs.is_eligible order by user_id"
        ).df()
    places = model.as_pipeline().predict(users[list(model.feature_names)].to_numpy(float))
    assert len(users) > 1_000
    assert (model.segment_ids[places] == users["segment_id"].to_numpy()).all()


def test_every_user_has_a_segment_or_a_reason(demo_store: Store) -> None:
    rows = demo_store.query(
        "select unsegmented_reason, count(*), count(segment_id),"
        " min(event_count) filter (where order_count = 0), max(event_count), max(order_count)"
        " from marts.user_segments inner join marts.user_features using (user_id)"
        " where not is_automatic group by 1 order by 1 nulls first"
    )
    (no_reason, labelled, with_segment, fewest, _, _), (reason, _, without, _, most, orders) = rows
    assert (no_reason, reason) == (None, "too_few_events")
    assert labelled == with_segment
    assert without == 0
    # Who bought has a segment, however few the events; of the others, who has ten.
    assert (fewest, most, orders) == (10, 9, 0)
    everybody = demo_store.query("select count(distinct user_id) from core.events")
    assert demo_store.query("select count(*) from marts.user_segments") == everybody


@pytest.mark.long
def test_automatic_traffic_keeps_its_row_and_never_trains(
    tmp_path: Path, demo_store: Store
) -> None:
    """One robot has a visit with too many events, another one a day of three visits with them."""
    line = "2019-10-01 10:{:02d}:{:02d} UTC,view,{},500,,acme,10.00,{},{}"
    lines = [
        line.format(n // 60 % 60, n % 60, 100 + n, user, session)
        for user, count, session_length in ((999999999, 501, 501), (999999998, 1001, 400))
        for n in range(count)
        for session in [f"robot{n // session_length}"]
    ]
    store = Store(tmp_path / "datasets", tmp_path / "w.duckdb", tmp_path / "reports")
    store.write("robot.csv", *lines)
    for path in demo_store.datasets.iterdir():
        (store.datasets / path.name).symlink_to(path)
    assert store.run().code == 0
    assert (
        store.query(
            "select unsegmented_reason, segment_id from marts.user_segments"
            " where user_id > 999999997"
        )
        == [("automatic_traffic", None)] * 2
    )
    trained = "select any_value(training_user_count) from marts.segment_model"
    assert store.query(trained) == demo_store.query(trained)
    # The ledger of the run counts both, and the one visit, with the others.
    counted = (
        "select automatic_user_count, automatic_session_count from marts.run_ledger"
        " order by started_at desc limit 1"
    )
    ((users, visits),) = demo_store.query(counted)
    assert store.query(counted) == [(users + 2, visits + 1)]
    for built in (demo_store, store):
        assert built.query(counted) == built.query(
            "select (select count(*) from marts.user_features where is_automatic),"
            " (select count(*) from core.sessions where event_count > 500)"
        )


def test_confidence_is_1_on_the_centroid_and_0_between_two(demo_store: Store) -> None:
    lowest, highest = demo_store.query(
        "select min(confidence), max(confidence) from marts.user_segments"
        " where segment_id is not null"
    )[0]
    assert 0 <= lowest < 0.1
    assert 0.5 < highest <= 1


def test_profiles_add_up(demo_store: Store) -> None:
    users, revenue = demo_store.query(
        "select sum(user_count), sum(revenue) from marts.segment_profiles"
    )[0]
    assert demo_store.query(
        "select count(*), sum(features.revenue) from marts.user_segments"
        " inner join marts.user_features as features using (user_id)"
        " where segment_id is not null"
    ) == [(users, revenue)]


def test_names_are_distinct_words_without_numbers(demo_store: Store) -> None:
    for column in ("segment_name", "segment_name_fr"):
        names = [
            name for (name,) in demo_store.query(f"select {column} from marts.segment_profiles")
        ]
        assert len(set(names)) == len(names) >= 2
        assert not any(re.search(r"\d", name) for name in names)


def test_a_second_run_changes_nothing_and_trains_nothing(demo_store: Store) -> None:
    question = (
        "select * from marts.user_segments order by user_id",
        "select * from core.loaded_files order by source_file",
        "select * exclude evaluation from marts.segment_model order by segment_id",
    )
    before = [demo_store.query(sql) for sql in question]
    report = (demo_store.reports / "report.md").read_text()
    finished = demo_store.run("run")
    assert finished.code == 0, finished.errors
    assert [demo_store.query(sql) for sql in question] == before
    assert (demo_store.reports / "report.md").read_text() == report


@pytest.mark.long
def test_a_number_of_segments_set_by_hand_makes_a_version_of_its_own(
    demo_store: Store, tmp_path: Path
) -> None:
    store = Store(demo_store.datasets, tmp_path / "asked.duckdb", tmp_path / "reports")
    store.warehouse.write_bytes(demo_store.warehouse.read_bytes())
    finished = store.run("model", "--segments", "4")
    assert finished.code == 0, finished.errors
    versions = store.query(
        "select model_version, any_value(chosen_by), count(*) from marts.segment_model"
        " group by model_version order by model_version"
    )
    assert versions[0][:2] == (1, "rule")
    assert versions[1] == (2, "user", 4)
    report = (store.reports / "report.md").read_text()
    assert "4 was set by hand" in report
    # Segments that hold the same users keep their ids, and their names where these still hold.
    names = store.query(
        "select list(segment_name order by model_version) from marts.segment_model"
        " group by segment_id having count(*) = 2"
    )
    assert names
    assert any(former == later for ((former, later),) in names)


def test_no_user_id_is_told(demo_store: Store) -> None:
    users = {str(user) for (user,) in demo_store.query("select user_id from marts.user_features")}
    finished = demo_store.run("run", "--lang", "fr")
    assert finished.code == 0, finished.errors
    texts = [finished.output, finished.errors, demo_store.run("status").output]
    texts += [path.read_text() for path in demo_store.reports.glob("report*")]
    for text in texts:
        assert not users & set(re.findall(r"\d{6,}", text))
    assert (demo_store.reports / "report.fr.html").is_file()


def test_everything_belongs_to_its_owner(demo_store: Store) -> None:
    for folder in (demo_store.warehouse.parent, demo_store.reports):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        for path in folder.rglob("*"):
            expected = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_readers_get_a_file_of_their_own(demo_store: Store) -> None:
    published = demo_store.warehouse.with_name("test_marts.duckdb")
    with duckdb.connect(str(published), read_only=True) as connection:
        found = connection.execute("select count(*) from marts.user_segments").fetchall()
    assert found == demo_store.query("select count(*) from marts.user_segments")


def test_status_tells_what_is_there(demo_store: Store) -> None:
    status = demo_store.run("status")
    assert status.code == 0
    for text in ("2019-10.csv", "2019-12.csv", "Model version 1", "test_marts.duckdb"):
        assert text in status.output
