import datetime as dt

import pytest

from pipeline.reporting.exploration.facts import gather_facts, plain_data
from pipeline.runtime.errors import PipelineError
from pipeline.runtime.progress import QuietReporter

from .stores import file_of, row, store

TUESDAY, WEDNESDAY = "2019-10-01 08:00:00 UTC", "2019-10-02 09:30:00 UTC"


def facts_of(rows, folder, min_group_size=2):
    rows = list(rows)
    return gather_facts(
        store(rows),
        [file_of(len(rows))],
        folder,
        is_synthetic=False,
        min_group_size=min_group_size,
        reporter=QuietReporter(),
    )


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    rows = [
        row(TUESDAY, user="1", price="10.00"),
        row(TUESDAY, user="1", price="10.00"),  # the whole row again
        row(TUESDAY, user="1", price="10.00", brand=""),  # the key again, another row
        row(TUESDAY, "View ", user="2", price="20.00"),
        row(WEDNESDAY, "cart", user="1", price="30.00"),
        row(WEDNESDAY, "cart", user="2", price="0.00"),
        row(WEDNESDAY, "purchase", user="3", price="abc", category="2.05301E+18"),
        row(WEDNESDAY, "541312140", user="3"),
        row("yesterday", user="3", session="541312149"),
        [],
        [],
    ]
    rows[3][1] = "View"
    return facts_of(rows, tmp_path_factory.mktemp("facts"))


def test_every_row_is_counted_once(facts):
    assert facts.row_count == 11
    assert [(f.row_count, f.refused_count) for f in facts.sections["files"]] == [(11, 6)]
    assert (facts.sections["refusals"].refused_count, facts.sections["refusals"].refused_share) == (
        6,
        6 / 11,
    )
    assert sum(facts.sections["timing"].by_type.values()) == 11


def test_columns(facts):
    found = {column.name: column for column in facts.sections["columns"]}
    assert found["user_id"].missing_count == 2
    assert found["brand"].missing_count == 3
    assert found["price"].missing_count == 2
    assert (found["price"].unreadable_count, found["price"].unreadable_share) == (1, 1 / 11)
    assert found["event_time"].unreadable_count == 1
    assert found["category_id"].unreadable_count == 1
    assert found["price"].type_name == "decimal(12,2)"
    distinct = {name: column.distinct_count for name, column in found.items()}
    assert distinct["price"] == 4  # 10 20 30 0
    assert distinct["event_type"] == 4  # view, cart, purchase and the unknown one
    assert distinct["event_time"] == 2
    assert distinct["user_id"] == 3
    assert distinct["user_session"] == 4


def test_refusals(facts):
    assert [(one.reason, one.count) for one in facts.sections["refusals"].refusals] == [
        ("empty_line", 2),
        ("invalid_price", 1),
        ("invalid_time", 1),
        ("price_not_positive", 1),
        ("unknown_event_type", 1),
    ]
    examples = {one.reason: one.example for one in facts.sections["refusals"].refusals}
    assert examples["empty_line"] == ""
    assert examples["price_not_positive"] == (
        "2019-10-02 09:30:00 UTC,cart,1001,***,electronics.clocks,acer,0.00,***,***"
    )
    assert examples["unknown_event_type"].startswith("2019-10-02 09:30:00 UTC,***,1001")


def test_duplicates_by_row_and_by_key(facts):
    # blank lines repeat nothing
    assert (
        facts.sections["duplicates"].whole_row_count,
        facts.sections["duplicates"].key_count,
    ) == (1, 2)


def test_duplicates_are_found_across_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.reporting.exploration.duplicates.facts.ROWS_PER_COMPARISON", 2)
    rows = [row(f"2019-10-0{day} 08:00:00 UTC", user="1") for day in (1, 2, 3, 4)]
    facts = facts_of(rows + rows[:3] + rows[:1] + [row("never")] * 2, tmp_path)
    assert facts.sections["duplicates"].whole_row_count == 5
    assert facts.sections["duplicates"].key_count == 4


def test_a_null_session_is_part_of_the_key(tmp_path):
    one = row(TUESDAY, user="1")
    one[-1] = ""
    assert (
        facts_of([one, one, row(TUESDAY, user="1")], tmp_path).sections["duplicates"].key_count == 1
    )


def test_events_by_time(facts):
    timing = facts.sections["timing"]
    assert timing.by_type == {
        "view": 5,
        "cart": 2,
        "remove_from_cart": 0,
        "purchase": 1,
        "other": 3,
    }
    assert timing.untimed_count == 3
    assert timing.by_day == {dt.date(2019, 10, 1): 4, dt.date(2019, 10, 2): 4}
    assert timing.by_weekday == [0, 4, 4, 0, 0, 0, 0]
    assert (timing.by_hour[8], timing.by_hour[9], sum(timing.by_hour)) == (4, 4, 8)
    assert timing.by_weekday_hour[1][8] == 4
    assert timing.by_month["2019-10"]["cart"] == 2
    assert timing.first_event_at == dt.datetime(2019, 10, 1, 8)
    assert timing.last_event_at == dt.datetime(2019, 10, 2, 9, 30)


def test_prices(facts):
    # 10 10 10 20 30 0 and, of the unknown type and without time, 10 and 10
    overall = facts.sections["prices"].overall
    assert (overall.count, overall.minimum, overall.maximum) == (8, 0, 30)
    assert overall.mean == pytest.approx(12.5)
    assert facts.sections["prices"].not_positive_count == 1
    assert facts.sections["prices"].by_type["cart"].mean == 15
    assert facts.sections["prices"].by_type["other"] is None  # of one user only


def test_users_and_sessions(facts):
    assert facts.user_count == 3
    assert facts.sections["activity"].events_per_user.count == 3  # 4, 2 and 3 events
    assert facts.sections["activity"].events_per_user.mean == 3
    assert (
        facts.sections["sessions"].events_per_session.count == 4
    )  # s-1: 4, s-2: 2, s-3: 2, one more: 1
    assert facts.sections["sessions"].events_per_session.mean == pytest.approx(9 / 4)


def test_funnel_hides_small_groups(facts):
    steps = {
        step.event_type: (step.user_count, step.user_share) for step in facts.sections["funnel"]
    }
    assert steps["view"] == (3, 1.0)
    assert steps["cart"] == (2, 2 / 3)
    assert steps["remove_from_cart"] == (0, 0.0)
    assert steps["purchase"] == (None, None)


def test_small_brands_are_withheld(tmp_path):
    rows = [row(TUESDAY, user=str(user), brand="common", product=str(user)) for user in range(4)]
    rows += [row(TUESDAY, user="9", brand="rare", product=str(p)) for p in range(6)]
    rows += [row(TUESDAY, user="9", brand="", code="")]
    brands = facts_of(rows, tmp_path, min_group_size=4).sections["popular"]["brand"]
    assert [(one.name, one.event_count, one.event_share) for one in brands.top] == [
        ("common", 4, 4 / 11)
    ]
    assert (brands.withheld_count, brands.unnamed_count) == (1, 1)


def test_people_are_never_counted_as_more_than_they_are(tmp_path):
    # The remainders of their ids are counted, and these four have the same one.
    rows = [row(TUESDAY, user=str(1 + 127 * user), brand="alike") for user in range(4)]
    rows += [row(TUESDAY, user=str(user), brand="unlike") for user in range(1, 5)]
    brands = facts_of(rows, tmp_path, min_group_size=4).sections["popular"]["brand"]
    assert [one.name for one in brands.top] == ["unlike"]
    assert brands.withheld_count == 1


def test_nothing_of_few_people_is_described(tmp_path):
    rows = [row(TUESDAY, user="1", session=f"s{i}", product=str(i)) for i in range(12)]
    facts = facts_of(rows, tmp_path, min_group_size=3)
    assert facts.user_count is None
    assert facts.sections["activity"].events_per_user.mean is None
    assert facts.sections["sessions"].events_per_session.mean is None
    assert facts.sections["prices"].overall.mean is None
    assert facts.sections["prices"].by_type == {"view": None}
    assert facts.sections["prices"].histograms == {}
    assert {c.name: c.distinct_count for c in facts.sections["columns"]}["user_id"] is None


def test_times_outside_the_calendar_are_no_days(tmp_path):
    rows = [row(TUESDAY), row(TUESDAY)]
    connection = store(rows)
    connection.execute(
        """
        create schema odd;
        create view odd.stg_events as
        select * replace (timestamp 'infinity' as occurred_at) from staging.stg_events;
        alter view staging.stg_events rename to plain_events;
        create view staging.stg_events as
        select * replace (timestamp 'infinity' as occurred_at) from staging.plain_events
        """
    )
    facts = gather_facts(
        connection,
        [file_of(2)],
        tmp_path,
        is_synthetic=False,
        min_group_size=1,
        reporter=QuietReporter(),
    )
    assert facts.sections["timing"].untimed_count == 2
    assert facts.sections["timing"].by_day == {}


def test_times_are_counted_whole_seconds_or_not(tmp_path):
    rows = [row(TUESDAY), row(TUESDAY, "cart"), row(WEDNESDAY), row(WEDNESDAY, user="2")]
    connection = store([*rows, row(TUESDAY, user="3"), row("1931-03-01 00:00:00 UTC", user="3")])
    connection.execute(
        """
        alter view staging.stg_events rename to plain_events;
        create view staging.stg_events as
        select * replace (
            if(user_id = 3, occurred_at + interval 5 milliseconds, occurred_at) as occurred_at
        ) from staging.plain_events
        """
    )
    facts = gather_facts(
        connection,
        [file_of(6)],
        tmp_path,
        is_synthetic=False,
        min_group_size=1,
        reporter=QuietReporter(),
    )
    # Two on whole seconds, one within a second, one of a century that is counted as it is.
    assert facts.sections["columns"][0].distinct_count == 4


def test_an_event_without_type_is_no_type(tmp_path):
    columns = facts_of([row(TUESDAY, ""), row(TUESDAY, "other")], tmp_path).sections["columns"]
    kind = next(column for column in columns if column.name == "event_type")
    assert (kind.missing_count, kind.distinct_count) == (1, 1)


def test_plain_data_has_stable_keys(facts):
    data = plain_data(facts)
    assert data["schema_version"] == 1
    assert list(data)[:4] == ["schema_version", "is_synthetic", "min_group_size", "row_count"]
    assert data["timing"]["by_day"] == {"2019-10-01": 4, "2019-10-02": 4}
    assert data["timing"]["first_event_at"] == "2019-10-01T08:00:00"


def test_the_scratch_copy_goes_even_after_a_failure(tmp_path):
    leftover = tmp_path / ".exploring-old"
    leftover.mkdir()
    connection = store([row(TUESDAY)])
    connection.execute("drop view staging.stg_events")
    with pytest.raises(PipelineError, match="could not be explored"):
        gather_facts(
            connection,
            [file_of(1)],
            tmp_path,
            is_synthetic=False,
            min_group_size=1,
            reporter=QuietReporter(),
        )
    assert list(tmp_path.iterdir()) == []
    databases = connection.execute("select database_name from duckdb_databases()").fetchall()
    assert ("exploration_scratch",) not in databases


def test_an_error_quotes_no_id(tmp_path):
    connection = store([row(TUESDAY)])
    connection.execute(
        "create or replace view staging.stg_events as select *, error('user 541312140') as boom"
        " from (select *, null::text as x from raw_rows)"
    )
    with pytest.raises(PipelineError) as caught:
        facts_with(connection, tmp_path)
    assert "541312140" not in str(caught.value)


def facts_with(connection, folder):
    return gather_facts(
        connection,
        [file_of(1)],
        folder,
        is_synthetic=False,
        min_group_size=1,
        reporter=QuietReporter(),
    )


def test_a_full_disk_is_said_before_the_work(tmp_path):
    rows = [row(TUESDAY)]
    with pytest.raises(PipelineError, match=r"has room for .* GB"):
        gather_facts(
            store(rows),
            [file_of(10**15)],
            tmp_path,
            is_synthetic=False,
            min_group_size=1,
            reporter=QuietReporter(),
        )


def test_settings_of_the_connection_are_put_back(tmp_path):
    connection = store([row(TUESDAY)])
    query = """
        select name, value from duckdb_settings()
        where name like '%progress%' or name = 'preserve_insertion_order'
        order by name
    """
    before = connection.execute(query).fetchall()
    facts_with(connection, tmp_path)
    assert connection.execute(query).fetchall() == before
