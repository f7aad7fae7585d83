"""Files that would be read wrong without a word: the right value, or a run that stops."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.conftest import HEADER, Store
from tests.workbench import workbench

pytestmark = pytest.mark.slow

Line = Callable[..., str]
OLD = datetime(1980, 1, 1, tzinfo=UTC).timestamp()


def _views(line: Line, count: int = 98) -> list[str]:
    return [line(user=user, session=f"s{user}") for user in range(1, count + 1)]


@pytest.mark.parametrize(
    ("purchase", "words"),
    [
        ({"kind": "transaction"}, "its event type 'transaction' (lines: 2) looks like purchase"),
        ({"kind": "Add-To-Cart"}, "its event type 'add-to-cart' (lines: 2) looks like cart"),
        ({"kind": "kauf"}, "its event type 'kauf' (lines: 2) is none of view, cart"),
        ({"kind": "purchase", "price": "0"}, "2 of its 2 purchase lines are refused"),
        ({"kind": "purchase", "brand": "caf\udce9"}, "(2 invalid_text)"),
        ({"kind": "purchase", "brand": r'"12\" pan"'}, "(2 unclosed_quote)"),
        ({"kind": "purchase", "price": "1_299"}, "(2 invalid_price)"),
        ({"kind": "purchase", "time": "2019-10-01 10:00:00+99:99"}, "(2 invalid_time)"),
        (
            {"kind": "remove_from_cart", "product": "2.05301E+18"},
            "2 of its 2 remove_from_cart lines",
        ),
    ],
)
def test_a_run_stops_when_a_kind_of_event_is_lost(
    store: Store, event_line: Line, purchase: dict[str, str], words: str
) -> None:
    lost = [event_line(user=user, session="t", **purchase) for user in (1, 2)]
    path = store.datasets / "a.csv"
    text = "\n".join([HEADER, *_views(event_line), *lost]) + "\n"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with workbench(store.datasets.parent / "bench") as bench:
        path.rename(bench.datasets / "a.csv")
        error = bench.try_run()
    assert error is not None
    assert error.startswith("a.csv was not loaded: ")
    assert words in error


def test_what_has_one_meaning_is_read(store: Store, event_line: Line) -> None:
    """Purchases without seconds, with nanoseconds, ids with a zero fraction or a sign."""
    store.write(
        "a.csv",
        *_views(event_line),
        event_line(time="2019-10-01T00:01", kind="purchase", user=1),
        event_line(time="2019-10-01 00:00:00.123456789", kind="purchase", user=2),
        event_line(kind="purchase", user="541312140.0"),
        event_line(kind="purchase", user=-1),
        event_line(kind="purchase", product="44600062.0", user=5),
    )
    finished = store.run("etl")
    assert finished.code == 0, finished.errors
    assert "103 lines: 103 kept" in finished.errors
    found = store.query(
        "select occurred_at, user_id, product_id from core.events where event_type = 'purchase'"
        " order by user_id"
    )
    noon = datetime(2019, 10, 1, 10)
    assert [row[0] for row in found] == [
        noon, datetime(2019, 10, 1, 0, 1), datetime(2019, 10, 1, 0, 0, 0, 123456), noon, noon
    ]  # fmt: skip
    assert [str(row[1]) for row in found] == ["-1", "1", "2", "5", "541312140"]
    assert str(found[3][2]) == "44600062"


def test_the_closing_words_name_reasons_counts_and_an_example(
    store: Store, event_line: Line
) -> None:
    store.write(
        "a.csv",
        *_views(event_line),
        event_line(kind="look", price="7.50", user=541312140, session="secret"),
        *[event_line(kind="purchase", user=user) for user in range(3, 6)],
        event_line(kind="purchase", price="20000", user=9),
        event_line(price="0", user=7),
        event_line(price="0", user=8),
        event_line(time="1970-01-01 00:00:00 UTC", user=9),
    )
    finished = store.run("etl")
    assert finished.code == 0, finished.errors
    said = finished.errors
    assert "Refused: 1 line, time_too_early (line 107 of a.csv" in said
    assert "). See min_event_time in dbt_project.yml." in said
    assert (
        "Warning: of the revenue of a.csv, 20,000.00 was refused, 99.9%; 20,000.00 for"
        " price_above_maximum. See max_price in dbt_project.yml."
    ) in " ".join(said.split())
    assert (
        'Refused: 2 lines, price_not_positive (line 105 of a.csv: "2019-10-01 10:00:00 UTC,view,'
        in said
    )
    assert 'Refused: 1 line, unknown_event_type (line 100 of a.csv: "' in said
    assert "Refused purchases have prices of 20,000.00 in all, refused lines of unknown" in said
    assert "type 7.50" in said
    assert "541312140" not in said
    assert "secret" not in said
    assert store.query(
        "select refused_revenue, refused_amount_of_unknown_type from core.loaded_files"
    ) == [(Decimal("20000.00"), Decimal("7.50"))]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (
            {"time": "1970-01-01 00:00:00 UTC"},
            "3 time_too_early; events before min_event_time in dbt_project.yml are too early)",
        ),
        (
            {"price": "250000"},
            "3 price_above_maximum; prices above max_price in dbt_project.yml are too high)",
        ),
    ],
)
def test_a_run_that_stops_at_what_a_setting_forbids_names_it(
    store: Store, event_line: Line, field: dict[str, str], said: str
) -> None:
    store.write("a.csv", *[event_line(user=at, **field) for at in range(3)])
    finished = store.run("etl")
    assert finished.code == 1
    assert f"3 of its 3 lines are refused ({said}" in " ".join(finished.errors.split())


def test_names_of_types_are_settings_and_null_texts_are_nothing(
    store: Store, event_line: Line
) -> None:
    variables = {
        "event_type_names": {"Transaction": "purchase"}, "ignored_event_types": ["scroll"]
    }  # fmt: skip
    nothing = ["NULL", r"\N", "nan", "None", "null"]
    lines = [event_line(kind="transaction", brand=text, user=8) for text in nothing]
    ignored = [event_line(kind="Scroll", user=user) for user in range(200)]
    with workbench(store.datasets.parent / "bench", variables) as bench:
        (bench.datasets / "a.csv").write_text("\n".join([HEADER, *lines, *ignored]) + "\n")
        bench.run()
    made = Store(bench.datasets, bench.warehouse, store.reports)
    assert made.query("select brand, count(*) from core.event_lines where rejection_reason is null"
                      " group by all order by all") == [("null", 1), (None, 4)]  # fmt: skip
    assert made.query("select rejected_by_reason, kept_revenue from core.loaded_files") == [
        ({"ignored_event_type": 200}, Decimal("10.00"))
    ]


def test_no_date_of_a_file_loses_a_line(store: Store, event_line: Line) -> None:
    """A file that says 1980 keeps its events, also when everything is read again."""
    path = store.write("a.csv", *_views(event_line))
    os.utime(path, (OLD, OLD))
    for options in ((), ("--full-refresh",)):
        finished = store.run("etl", *options)
        assert finished.code == 0, finished.errors
        assert "98 lines: 98 kept" in finished.errors
    first, end = store.query("select first_loaded_at, future_from from core.loaded_files")[0]
    assert end == first.date() + timedelta(days=2)


def test_the_date_of_a_file_is_named_where_events_lie_in_its_future(
    store: Store, event_line: Line
) -> None:
    path = store.write("a.csv", *[event_line(time="2100-01-01 00:00:00 UTC")] * 5)
    os.utime(path, (OLD, OLD))
    finished = store.run("etl", "--quiet")
    assert finished.code == 1
    assert "5 time_in_future; the file says that it is of 1980-01-01 and was first loaded on" in (
        finished.errors
    )
