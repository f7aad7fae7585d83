"""Parquet files of any types and column names: each is judged by its own, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.ingest import files_to_load
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError
from tests.conftest import HEADER
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

COLUMNS = HEADER.split(",")
ROW = ("2019-11-05 01:04:28 UTC", "purchase", 10, 2053013555631882655, "", "acme", 14.79, 7, "s1")
MOSCOW = timezone(timedelta(hours=3))
MOMENT = datetime(2019, 11, 5, 1, 4, 28)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with workbench(tmp_path) as made:
        yield made


def write(bench: Workbench, name: str, types: dict[str, pa.DataType] | None = None, **columns: Any):
    """Write rows that are alike but for these columns; lists give several rows."""
    count = max((len(values) for values in columns.values()), default=1)
    arrays = {}
    for column, value in zip(COLUMNS, ROW, strict=True):
        values = columns.get(column, [value] * count)
        if column == "user_session":
            values = columns.get(column, [f"{name}/{row}" for row in range(count)])
        arrays[column] = pa.array(values, (types or {}).get(column))
    extra = {name: pa.array(values) for name, values in columns.items() if name not in COLUMNS}
    path = bench.datasets / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(arrays | extra), path)


def kept(bench: Workbench, column: str) -> dict[str, list]:
    rows = bench.query(
        f"select source_file, list({column} order by {column}) from core.events group by 1"
    )
    return dict(rows)


def refused(bench: Workbench) -> list[tuple]:
    return bench.query(
        "select source_file, line_number, rejection_reason from core.rejected_events order by all"
    )


def test_the_types_of_one_file_say_nothing_of_another(bench: Workbench) -> None:
    write(bench, "price/1.parquet", price=[10])
    write(bench, "price/2.parquet", price=[14.79])
    write(bench, "price/3.parquet", {"price": pa.decimal128(5, 1)}, price=[Decimal("10.5")])
    write(bench, "price/4.parquet", {"price": pa.decimal128(12, 2)}, price=[Decimal("1299.99")])
    write(bench, "price/5.parquet", price=["12.30"])
    write(bench, "time/1.parquet", event_time=[MOMENT])
    write(bench, "time/2.parquet", event_time=["2019-11-05 04:04:28+03:00"])
    write(bench, "time/3.parquet", event_time=[MOMENT.replace(tzinfo=UTC).astimezone(MOSCOW)])
    write(bench, "time/4.parquet", {"event_time": pa.timestamp("ns")}, event_time=[MOMENT])
    write(bench, "category/1.parquet", category_id=[2.053013555631882655e18])
    write(bench, "category/2.parquet", category_id=[2053013555631882655])
    write(bench, "id/1.parquet", {"user_id": pa.int32()}, user_id=[7])
    write(bench, "id/2.parquet", user_id=[5_000_000_000])
    write(bench, "null/1.parquet", {"brand": pa.null(), "category_code": pa.null()},
          brand=[None], category_code=[None])  # fmt: skip
    write(bench, "null/2.parquet", brand=["b"], category_code=["c.d"])
    bench.load()
    assert refused(bench) == []
    prices = {name: values for name, values in kept(bench, "price").items() if "price/" in name}
    assert prices == {
        "price/1.parquet": [Decimal("10.00")],
        "price/2.parquet": [Decimal("14.79")],
        "price/3.parquet": [Decimal("10.50")],
        "price/4.parquet": [Decimal("1299.99")],
        "price/5.parquet": [Decimal("12.30")],
    }
    assert {tuple(times) for times in kept(bench, "occurred_at").values()} == {(MOMENT,)}
    categories = kept(bench, "category_id")
    # A double cannot hold the number: the event is kept without it, and counted.
    assert categories["category/1.parquet"] == [None]
    assert categories["category/2.parquet"] == [2053013555631882655]
    assert bench.query(
        "select source_file from core.loaded_files where unreadable_category_count > 0"
    ) == [("category/1.parquet",)]
    assert kept(bench, "user_id")["id/2.parquet"] == [5_000_000_000]
    assert kept(bench, "brand")["null/1.parquet"] == [None]
    assert kept(bench, "(brand, category_code)")["null/2.parquet"] == [("b", "c.d")]


def test_a_bad_value_costs_its_own_line(bench: Workbench) -> None:
    write(bench, "1.parquet", event_time=[MOMENT], price=[10])
    write(bench, "2.parquet", event_time=["yesterday", "2019-11-05 01:04:28 UTC"])
    write(bench, "3.parquet", price=["cheap", "14.79"])
    write(bench, "4.parquet", user_id=[None, 7])
    write(bench, "5.parquet", user_id=["", "7"])
    latin = "nestl\u00e9".encode("latin-1")
    write(bench, "6.parquet", brand=["nestl\u00e9".encode(), latin])
    bench.load()
    assert refused(bench) == [
        ("2.parquet", 1, "invalid_time"),
        ("3.parquet", 1, "invalid_price"),
        ("4.parquet", 1, "missing_user"),
        ("5.parquet", 1, "missing_user"),
        ("6.parquet", 2, "invalid_text"),
    ]
    # Bytes without the mark of text are text all the same.
    assert kept(bench, "brand")["6.parquet"] == ["nestl\u00e9"]
    line = bench.query("select raw_line from core.rejected_events where source_file = '6.parquet'")[
        0
    ][0]
    assert r"nestl\\xE9" in line


def test_text_that_is_none_costs_its_own_line_where_it_is_declared_to_be_text(
    bench: Workbench,
) -> None:
    good = {"brand": b"acme", "user_id": b"7", "event_type": b"purchase", "extra": b"x"}
    for name, value in good.items():
        values = [value] * 4 + ["nestl\u00e9".encode("latin-1")]
        _, offsets, data = pa.array(values, pa.binary()).buffers()
        text = pa.StringArray.from_buffers(5, offsets, data)
        write(bench, f"{name}.parquet", **{name: text})
    # One that lies in a folder whose name is that of a column, and has a name with a quote.
    (bench.datasets / "brand=x").mkdir()
    (bench.datasets / "extra.parquet").rename(bench.datasets / "brand=x" / "it's extra.parquet")
    bench.load()
    assert refused(bench) == [
        ("brand.parquet", 5, "invalid_text"),
        ("event_type.parquet", 5, "invalid_text"),
        ("user_id.parquet", 5, "invalid_text"),
    ]
    # What no column needs may hold anything.
    assert kept(bench, "(brand, user_id)")["brand=x/it's extra.parquet"] == [("acme", 7)] * 5
    lines = bench.query("select raw_line from core.rejected_events")
    assert all(r"nestl\\xE9" in line for (line,) in lines)


def test_a_file_read_beside_another_is_as_it_is_alone(bench: Workbench) -> None:
    write(bench, "1.parquet", price=[10])
    bench.load()
    write(bench, "2.parquet", price=[14.79])
    bench.load()
    apart = bench.query("select * from core.events order by all")
    bench.warehouse.unlink()
    bench.load()
    assert bench.query("select * from core.events order by all") == apart


def test_columns_are_found_whatever_one_part_calls_them(bench: Workbench) -> None:
    write(bench, "1.parquet")
    table = pq.read_table(bench.datasets / "1.parquet")
    odd = ["\ufeffEVENT_TIME", *(f" {name.upper()} " for name in COLUMNS[1:])]
    for number, names in enumerate([odd, COLUMNS[::-1]], start=2):
        part = table if number == 2 else table.select(names)
        part = part.rename_columns(names)
        part = part.set_column(
            part.num_columns - 1 if number == 2 else 0, names[-1 if number == 2 else 0],
            pa.array([f"s{number}"]),
        )  # fmt: skip
        pq.write_table(part, bench.datasets / f"{number}.parquet")
    write(bench, "4.parquet", filename=["x"], line_text=[1], Filename=["y"], column_0=[True],
          **{"it's \"quoted\"": [[1]]})  # fmt: skip
    bench.load()
    assert refused(bench) == []
    assert kept(bench, "(brand, price, product_id, user_id)") == {
        f"{number}.parquet": [("acme", Decimal("14.79"), 10, 7)] for number in range(1, 5)
    }


def test_the_values_in_a_file_count_and_not_those_of_its_path(bench: Workbench) -> None:
    names = [
        "brand=unknown/a.parquet", "user_id=42/a.parquet", "filename=x/a.parquet",
        "line_text=y/a.parquet", "price=1/event_type=view/a.parquet",
    ]  # fmt: skip
    for name in names:
        write(bench, name)
    texts = [f"{folder}=x/a.csv" for folder in ("brand", "filename", "line_text", "source_file")]
    for name in texts:
        (bench.datasets / name).parent.mkdir(exist_ok=True)
        (bench.datasets / name).write_text(f"{HEADER}\n{','.join(map(str, ROW[:-1]))},{name}\n")
    # One that is copied first.
    (bench.datasets / texts[-1]).write_text(f"{HEADER}\n{','.join(map(str, ROW[:-1]))},'\"\n\xe9")
    bench.load()
    expected = [("acme", "purchase", Decimal("14.79"), 7)]
    assert kept(bench, "(brand, event_type, price, user_id)") == dict.fromkeys(
        [*names, *texts], expected
    )


def test_columns_of_the_path_alone_are_read_where_the_setting_says_so(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("cart", "Purchase"):
        write(bench, f"event_type={kind}/brand=nestl%C3%A9/a.parquet")
        path = bench.datasets / f"event_type={kind}/brand=nestl%C3%A9/a.parquet"
        pq.write_table(
            pq.read_table(path, partitioning=None).drop_columns(["event_type", "brand"]), path
        )
    header = HEADER.replace("brand,", "").replace("event_type,", "")
    default = bench.datasets / "event_type=view/brand=__HIVE_DEFAULT_PARTITION__/a.csv"
    default.parent.mkdir(parents=True)
    default.write_text(f"{header}\n2019-11-05 01:04:28 UTC,10,5,,14.79,7,s9\n")
    with pytest.raises(InputError) as error:
        files_to_load.files_to_load(bench.datasets, {})
    assert str(error.value) == (
        "event_type=Purchase/brand=nestl%C3%A9/a.parquet has event_type, brand in the names of its"
        " folders alone: if all its lines have that value, add event_type and brand to path_columns"
        " in dbt_project.yml."
    )
    reading = ReadingSettings(path_columns=("event_type", "brand"))
    monkeypatch.setattr(files_to_load, "reading_settings", lambda **_: reading)
    bench.load()
    found = kept(bench, "(event_type, brand)")
    assert {key.split("/")[0]: value for key, value in found.items()} == {
        "event_type=cart": [("cart", "nestl\u00e9")],
        "event_type=Purchase": [("purchase", "nestl\u00e9")],
        "event_type=view": [("view", None)],
    }  # fmt: skip
