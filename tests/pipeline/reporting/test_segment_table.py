"""The lines with which a run ends: whom they count, what they leave out, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_table import SegmentTable, segment_lines, segment_table

# Of the last months alone: former models and snapshot dates, and other schemes, are not looked at.
_STORE = """
    create schema marts;
    create table marts.current_segment_model as
        select 2 as model_version, unnest([0, 1, 2, 3]) as segment_id;
    create table marts.segment_texts as
        select 2 as model_version, unnest([0, 1, 2, 3]) as segment_id, 'en' as language,
            unnest(['Regulars', 'Newcomers', 'Few', 'Returned']) as segment_name
        union all
        select 2, unnest([0, 1, 2, 3]), 'fr', unnest(['Fidèles', 'Nouveaux', 'Rares', 'Revenus'])
        union all
        select 1, 0, 'en', 'A former name';
    create table marts.segment_profiles as
        select unnest([0, 1, 2, 3]) as segment_id, unnest([1500, 400, 9, 40]) as user_count,
            unnest([0.75, 0.2, 0.04, 0.01]::double[]) as revenue_share,
            unnest([75, 20, 4, 1]) as revenue;
    create table marts.segment_value as
        select date '2019-11-01' as snapshot_date, 'segment' as scheme, '0' as group_id,
            1000 as user_count, 0.9::double as buyer_rate
        union all select date '2019-12-01', 'segment', '0', 1200, 0.625
        union all select date '2019-12-01', 'segment', '1', 300, 0.0
        union all select date '2019-12-01', 'segment', '2', 20, 0.5
        union all select date '2019-12-01', 'segment', '3', 9, 1.0
        union all select date '2020-01-01', 'rfm_cell', '555', 9, 1.0;
    create table marts.segment_migrations as
        select 'month' as kind, date '2019-12-01' as from_date, date '2020-01-01' as to_date,
            unnest([0, 0, 1, null, null, 2, null]) as from_segment_id,
            unnest([0, 1, 0, 0, 1, 2, 3]) as to_segment_id,
            unnest([1100, 100, 300, 100, 300, 9, 40]) as user_count
        union all select 'month', date '2019-11-01', date '2019-12-01', 0, 0, 5
        union all select 'model', date '2020-01-01', date '2020-01-01', 1, 0, 900;
"""


@pytest.fixture
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(_STORE)
        yield connection


def _told(store: duckdb.DuckDBPyConnection, language: str) -> SegmentTable:
    return segment_table(segment_lines(store, language, 10), language, 10)


def test_each_segment_has_a_line_and_the_dearest_is_first(
    store: duckdb.DuckDBPyConnection,
) -> None:
    told = _told(store, "en")
    assert told.headings == ("Segment", "Customers", "Revenue", "Bought next month", "Change")
    # Regulars were 1,100 + 100 and are 1,100 + 300 + 100; newcomers were 300 and are 400.
    assert told.rows == (
        ("Regulars", "1,500", "75.0%", "62.5%", "+25.0%"),
        ("Newcomers", "400", "20.0%", "0.0%", "+33.3%"),
        ("Few", "fewer than 10", NOTHING, NOTHING, NOTHING),
        ("Returned", "40", "1.0%", NOTHING, NOTHING),
    )
    assert [remark.count("2019-12-01") for remark in told.remarks] == [1, 1]


def test_the_same_in_french(store: duckdb.DuckDBPyConnection) -> None:
    told = _told(store, "fr")
    assert [row[0] for row in told.rows] == ["Fidèles", "Nouveaux", "Rares", "Revenus"]
    assert told.rows[2][1] == "moins de 10"
    assert "01/12/2019" in told.remarks[0]


def test_without_history_there_is_no_rate_no_change_and_no_remark(
    store: duckdb.DuckDBPyConnection,
) -> None:
    store.execute("delete from marts.segment_value; delete from marts.segment_migrations")
    told = _told(store, "en")
    assert told.rows[0] == ("Regulars", "1,500", "75.0%", NOTHING, NOTHING)
    assert told.remarks == ()


def test_nobody_with_a_segment_is_an_empty_table(store: duckdb.DuckDBPyConnection) -> None:
    store.execute("delete from marts.segment_profiles")
    assert (_told(store, "en").rows, _told(store, "en").remarks) == ((), ())
