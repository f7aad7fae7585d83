"""What a run says of days on which the logging failed, of refused money, and of features."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.commands.summary import (
    warn_of_alike_features,
    warn_of_gaps,
    warn_of_lost_money,
)
from pipeline.runtime.progress import QuietReporter


class _Heard(QuietReporter):
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, text: str) -> None:
        self.sentences.append(text)


def _said_of_days(folder: Path, *counts: int) -> list[str]:
    """Return what is said of October days with so many events, gaps where fewer than ten."""
    warehouse = folder / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema core")
        connection.execute(
            "create table core.days as select date '2019-10-01' + place::integer - 1 as visit_date,"
            " event_count, event_count < 10 as is_gap"
            " from (select unnest(?) as event_count, unnest(range(1, ?)) as place)",
            [list(counts), len(counts) + 1],
        )
    heard = _Heard()
    warn_of_gaps(warehouse, heard)
    return heard.sentences


def test_a_gap_is_named_with_its_day_and_what_is_left_of_it(tmp_path: Path) -> None:
    assert _said_of_days(tmp_path, 1000, 0, 1000, 9) == [
        "Warning: 2019-10-02 has 0 events, less than a tenth of its neighbours.",
        "Warning: 2019-10-04 has 9 events, less than a tenth of its neighbours.",
    ]


def test_nothing_is_said_where_there_is_no_gap(tmp_path: Path) -> None:
    assert _said_of_days(tmp_path, 1000, 900) == []


def test_many_gaps_are_counted_after_the_first_five(tmp_path: Path) -> None:
    said = _said_of_days(tmp_path, *[1] * 7)
    assert [sentence[9:19] for sentence in said[:5]] == [f"2019-10-0{day}" for day in range(1, 6)]
    assert said[5:] == ["Warning: there are 7 such days in all; see core.days."]


@pytest.mark.parametrize(
    ("is_purchases_only", "setting"), [(False, "model_features"), (True, "purchase_features")]
)
def test_features_that_rank_alike_are_named_with_the_setting_that_has_them(
    tmp_path: Path, is_purchases_only: bool, setting: str
) -> None:
    warehouse = tmp_path / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(f"""
            create schema core;
            create schema marts;
            create table core.store_totals as select {is_purchases_only} as is_purchases_only;
            create table marts.current_segment_model as
            select
                0 as segment_id, 300 as training_user_count,
                ['log_revenue', 'log_order_count', 'price_level'] as feature_names,
                [[1.0, 0.95, 0.1], [0.95, 1.0, -0.2], [0.1, -0.2, 1.0]] as feature_correlations
        """)
    heard = _Heard()
    warn_of_alike_features(warehouse, heard)
    assert heard.sentences == [
        "Warning: log_order_count and log_revenue rank users alike (0.95): one of the two is enough"
        f" in {setting} in dbt_project.yml."
    ]


def _said_of_money(
    folder: Path, *files: tuple[str, dict[str, str | None] | None, int]
) -> list[str]:
    """Return what is said of files with so much refused by reason, and so much kept."""
    warehouse = folder / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema core")
        connection.execute(
            "create table core.loaded_files (source_file text, refused_revenue_by_reason"
            " map(text, decimal(18, 2)), kept_revenue decimal(18, 2), duplicate_revenue"
            " decimal(18, 2) default 0)"
        )
        for name, refused, kept in files:
            connection.execute(
                "insert into core.loaded_files values (?, ?, ?, 0)", [name, refused, kept]
            )
    heard = _Heard()
    warn_of_lost_money(warehouse, heard)
    return heard.sentences


def test_more_than_a_hundredth_of_a_files_revenue_is_a_warning_in_money(tmp_path: Path) -> None:
    said = _said_of_money(
        tmp_path,
        ("a.csv", {"missing_user": "1.00"}, 99),
        ("b.csv", {"missing_user": "1.01", "invalid_price": None}, 99),
        ("c.csv", {"missing_user": "100", "time_too_early": "1500.5"}, 400),
        ("d.csv", None, 0),
        ("e.csv", {"price_not_positive": "-20"}, 80),
        ("f.csv", {"wrong_column_count": None}, 0),
    )
    assert said == [
        "Warning: of the revenue of b.csv, 1.01 was refused, 1.0%; 1.01 for missing_user.",
        "Warning: of the revenue of c.csv, 1,600.50 was refused, 80.0%; 1,500.50 for"
        " time_too_early. See min_event_time in dbt_project.yml.",
        "Warning: of the revenue of e.csv, 20.00 was refused, 20.0%; 20.00 for price_not_positive.",
    ]


def test_many_files_that_lost_money_are_counted_after_the_first_five(tmp_path: Path) -> None:
    files = [(f"{place}.csv", {"missing_user": "5"}, 5) for place in range(7)]
    said = _said_of_money(tmp_path, *files)
    assert len(said) == 6
    assert said[5] == "Warning: there are 7 such files in all; see core.loaded_files."
