"""Files of other shops, read by a preset and nothing else: from files to a report."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.runtime.project_settings import PRESETS, preset_variables
from tests.conftest import ROOT, Store
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

SAMPLES = PRESETS / "samples"
TOTALS = """
    select sum(line_count)::int, sum(kept_count)::int, sum(kept_revenue),
        (select count(*) from marts.user_features)
    from core.loaded_files
"""


def _rows(preset: str, name: str) -> Iterator[dict[str, str]]:
    with (SAMPLES / preset / name).open(newline="") as file:
        yield from csv.DictReader(file)


def _rees46() -> tuple[Decimal, int]:
    rows = list(_rows("rees46", "2019-Oct.csv"))
    sold = [Decimal(row["price"]) for row in rows if row["event_type"] == "purchase"]
    return sum(sold, Decimal()), len({row["user_id"] for row in rows})


def _retailrocket() -> tuple[Decimal, int]:
    """The last price of property 790 that the parts have counts, whenever it was bought."""
    prices: dict[str, tuple[int, Decimal]] = {}
    for part in ("item_properties_part1.csv", "item_properties_part2.csv"):
        for row in _rows("retailrocket", part):
            if row["property"] == "790":
                price = Decimal(row["value"].removeprefix("n"))
                prices[row["itemid"]] = max(
                    prices.get(row["itemid"], (0, price)), (int(row["timestamp"]), price)
                )
    rows = list(_rows("retailrocket", "events.csv"))
    sold = [prices[row["itemid"]][1] for row in rows if row["event"] == "transaction"]
    return sum(sold, Decimal()), len({row["visitorid"] for row in rows})


def _ga4() -> tuple[Decimal, int]:
    rows = [row for row in _rows("ga4", "events.csv") if row["event_name"] != "scroll"]
    sold = [
        Decimal(row["price"]) * int(row["quantity"])
        for row in rows
        if row["event_name"] == "purchase"
    ]
    return sum(sold, Decimal()), len({row["user_pseudo_id"] for row in rows})


def _shopify_orders() -> tuple[Decimal, int]:
    rows = list(_rows("shopify_orders", "orders_export_1.csv"))
    sold = [Decimal(row["Lineitem price"]) * int(row["Lineitem quantity"]) for row in rows]
    return sum(sold, Decimal()), len({row["Email"] for row in rows})


def _invoices() -> tuple[Decimal, int]:
    """Cancellations are below zero; a line without a customer is refused."""
    rows = [row for row in _rows("invoices", "online_retail.csv") if row["Customer ID"]]
    sold = [Decimal(row["Price"]) * int(row["Quantity"]) for row in rows]
    return sum(sold, Decimal()), len({row["Customer ID"] for row in rows})


def _olist() -> tuple[Decimal, int]:
    items = list(_rows("olist", "olist_order_items_dataset.csv"))
    orders = {row["order_id"]: row for row in _rows("olist", "olist_orders_dataset.csv")}
    people = {
        row["customer_id"]: row["customer_unique_id"]
        for row in _rows("olist", "olist_customers_dataset.csv")
    }
    buyers = {people[orders[item["order_id"]]["customer_id"]] for item in items}
    return sum((Decimal(item["price"]) for item in items), Decimal()), len(buyers)


EXPECTED: dict[str, Callable[[], tuple[Decimal, int]]] = {
    "rees46": _rees46, "retailrocket": _retailrocket, "ga4": _ga4,
    "shopify_orders": _shopify_orders, "invoices": _invoices, "olist": _olist,
}  # fmt: skip


def _load(bench: Workbench, preset: str) -> Store:
    shutil.copytree(SAMPLES / preset, bench.datasets, dirs_exist_ok=True)
    bench.variables = preset_variables(preset)
    bench.run()
    return Store(bench.datasets, bench.warehouse, bench.datasets)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with workbench(tmp_path / "bench") as made:
        yield made


def test_every_preset_has_a_sample_a_page_and_a_test() -> None:
    names = {path.stem for path in PRESETS.glob("*.yml")}
    assert names == set(EXPECTED)
    assert names == {path.name for path in SAMPLES.iterdir()}
    assert names <= {path.stem for path in (ROOT / "docs" / "presets").glob("*.md")}


@pytest.mark.parametrize("preset", EXPECTED)
def test_money_and_people_are_those_of_the_files(bench: Workbench, preset: str) -> None:
    store = _load(bench, preset)
    revenue, users = EXPECTED[preset]()
    ((lines, kept, kept_revenue, user_count),) = store.query(TOTALS)
    assert (kept_revenue, user_count) == (revenue, users)
    refused = dict(store.query(
        "select rejection_reason, count(*) from core.rejected_events group by all"
    ))  # fmt: skip
    assert set(refused) <= {"ignored_event_type", "missing_user"}
    assert kept == lines - sum(refused.values())
    assert store.query("select sum(revenue) from marts.user_features") == [(revenue,)]


def test_times_are_those_of_the_clocks_of_the_shop(bench: Workbench) -> None:
    store = _load(bench, "invoices")
    row = next(_rows("invoices", "online_retail.csv"))
    # London in winter is UTC.
    written = datetime.strptime(row["InvoiceDate"], "%m/%d/%Y %H:%M")
    first = "select occurred_at from core.event_lines where session_id = ? order by rowid limit 1"
    assert store.query(first.replace("?", f"'{row['Invoice']}'")) == [(written,)]
    bench.clear()
    store = _load(bench, "retailrocket")
    moment = int(next(_rows("retailrocket", "events.csv"))["timestamp"]) / 1000
    assert store.query("select min(occurred_at) from core.events") == [
        (datetime.fromtimestamp(moment, UTC).replace(tzinfo=None),)
    ]


def test_refunds_are_counted_and_refused_where_no_setting_says_so(bench: Workbench) -> None:
    store = _load(bench, "invoices")
    cancelled = [r for r in _rows("invoices", "online_retail.csv") if r["Quantity"].startswith("-")]
    assert cancelled
    assert store.query("select sum(refund_count)::int from marts.user_features") == [
        (len(cancelled),)
    ]
    assert store.query("select sum(purchase_count)::int from marts.user_features") == [
        (
            sum(1 for r in _rows("invoices", "online_retail.csv") if r["Customer ID"])
            - len(cancelled),
        )
    ]
    bench.clear()
    shutil.copytree(SAMPLES / "invoices", bench.datasets, dirs_exist_ok=True)
    bench.variables = preset_variables("invoices") | {"refunds": "refuse"}
    bench.run()
    assert Store(bench.datasets, bench.warehouse, bench.datasets).query(
        "select rejected_by_reason['price_not_positive']::int from core.loaded_files"
    ) == [(len(cancelled),)]


def test_an_order_line_that_stands_twice_in_a_file_is_two_pieces(bench: Workbench) -> None:
    """A file that is sent again under another name brings nothing new."""
    lines = (SAMPLES / "olist" / "olist_order_items_dataset.csv").read_text().splitlines()
    shutil.copytree(SAMPLES / "olist", bench.datasets, dirs_exist_ok=True)
    for name in ("olist_order_items_dataset.csv", "sent_again.csv"):
        (bench.datasets / name).write_text("\n".join([*lines, lines[1]]) + "\n")
    bench.variables = preset_variables("olist")
    bench.run()
    store = Store(bench.datasets, bench.warehouse, bench.datasets)
    revenue = _olist()[0] + Decimal(lines[1].split(",")[5])
    assert store.query("select sum(kept_revenue) from core.loaded_files") == [(revenue,)]
    assert store.query("select sum(duplicate_count)::int from core.loaded_files") == [(len(lines),)]


# What is read is tested above for each of them. This one differs most from other stores of tests.
@pytest.mark.parametrize(
    "preset",
    [pytest.param(name, marks=[] if name == "invoices" else pytest.mark.long) for name in EXPECTED],
)
def test_a_preset_leads_from_files_to_a_report(store: Store, preset: str) -> None:
    shutil.copytree(SAMPLES / preset, store.datasets, dirs_exist_ok=True)
    finished = store.run("run", "--preset", preset)
    assert finished.code == 0, finished.errors
    assert (store.reports / "report.html").stat().st_size > 1000
    assert "Nothing new" in store.run("run", "--preset", preset).errors


UNKNOWN = """when;kunde;action;sku;unit_price;qty;basket
13/02/2023 10:00;7;detail;11;3,50;;b1
13/02/2023 10:05;7;addToCart;11;3,50;1;b1
14/02/2023 10:06;8;order;11;3,50;2;b2
14/02/2023 10:07;8;newsletter;11;3,50;;b2
"""


def test_settings_for_unknown_files_are_proposed_and_read_them(store: Store) -> None:
    (store.datasets / "export.csv").write_text(UNKNOWN)
    finished = store.run("etl", "--quiet")
    assert finished.code == 2
    assert "`python run_pipeline.py explore` proposes" in finished.errors
    explored = store.run("explore")
    assert explored.code == 0, explored.errors
    assert "user_id: kunde" in explored.output
    assert "order: purchase" in explored.output
    proposed = store.reports / "exploration" / "proposed_settings.yml"
    assert proposed.read_text() == explored.output
    finished = store.run("etl", "--preset", proposed)
    assert finished.code == 0, finished.errors
    assert store.query(
        "select event_type, price, user_id, occurred_at from core.events order by occurred_at"
    ) == [
        ("view", Decimal("3.50"), 7, datetime(2023, 2, 13, 10)),
        ("cart", Decimal("3.50"), 7, datetime(2023, 2, 13, 10, 5)),
        ("purchase", Decimal("7.00"), 8, datetime(2023, 2, 14, 10, 6)),
    ]
    assert store.query("select rejection_reason from core.rejected_events") == [
        ("ignored_event_type",)
    ]


def test_a_preset_is_proposed_where_it_has_the_columns(store: Store) -> None:
    shutil.copytree(SAMPLES / "ga4", store.datasets, dirs_exist_ok=True)
    explored = store.run("explore")
    assert explored.code == 0
    assert "run again with --preset ga4" in explored.errors
