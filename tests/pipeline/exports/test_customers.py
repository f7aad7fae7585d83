"""Exports of a small publication: who, in which format, whole or not at all."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import stat
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipeline.exports import writing
from pipeline.exports.customers import export_customers
from pipeline.exports.request import DEFAULT_COLUMNS, FORMATS, Filters, Target, target_of
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.warehouse.publication import published_path
from tests.small_disk import little_room, small_disk

EVERYBODY = Filters()


def _export(
    warehouse: Path,
    path: Path,
    filters: Filters = EVERYBODY,
    columns: tuple[str, ...] = ("user_id",),
    **options: Any,
) -> list[int]:
    """Export to CSV, and return who is in the file."""
    target = Target(path, "csv", **options)
    count = export_customers(warehouse, filters, columns, target)
    with path.open(newline="") as file:
        found = [int(row["user_id"]) for row in csv.DictReader(file)]
    assert len(found) == count
    return found


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (EVERYBODY, [1, 2, 3, 4]),
        (Filters(segments=("loyal regulars",)), [1, 2]),
        (Filters(segments=("Clients fidèles", "1")), [1, 2, 3]),
        (Filters(states=("lost", "prospect")), [2, 3, 4]),
        (Filters(min_confidence=0.5), [1, 3]),
        (Filters(where="revenue >= 10 or segment_id is null"), [1, 2, 4]),
        (Filters(("0",), ("lost", "active"), 0.1, "revenue > 100"), [1]),
        # Of `or`, every part is bound by the other filters.
        (Filters(("1",), where="true or true"), [3]),
    ],
)
def test_all_filters_hold_at_once(
    warehouse: Path, tmp_path: Path, filters: Filters, expected: list[int]
) -> None:
    assert _export(warehouse, tmp_path / "c.csv", filters) == expected


def _rows(path: Path, format_: str) -> list[tuple]:
    """Read a file as its own programs do, every value as a text."""
    if format_ == "xlsx":
        rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        return [tuple("" if value is None else str(value) for value in row) for row in rows][1:]
    reader = {"parquet": "read_parquet", "jsonl": "read_json"}.get(format_)
    if reader:
        found = duckdb.sql(f"select columns(*)::varchar from {reader}('{path}')").fetchall()
        return [tuple("" if value is None else value for value in row) for row in found]
    content = path.read_bytes()
    text = (gzip.decompress(content) if format_ == "csv.gz" else content).decode()
    return [tuple(row) for row in csv.reader(text.splitlines())][1:]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_holds_the_same_and_its_manifest_says_what(
    warehouse: Path, tmp_path: Path, format_: str
) -> None:
    path = tmp_path / "new" / f"list{FORMATS[format_]}"
    columns = ("user_id", "segment_name", "confidence", "revenue", "as_of", "is_automatic")
    filters = Filters(min_confidence=0.2)
    assert export_customers(warehouse, filters, columns, Target(path, format_)) == 3
    found = _rows(path, format_)
    assert [row[:2] for row in found] == [
        ("1", "Loyal regulars"), ("2", "Loyal regulars"), ("3", "Lost")
    ]  # fmt: skip
    assert [float(row[3]) for row in found] == [120.5, 10.0, 0.0]
    assert {row[4][:10] for row in found} == {"2020-01-01"}
    manifest = json.loads((path.parent / f"{path.name}.manifest.json").read_text())
    assert manifest["row_count"] == 3
    assert manifest["files"][0]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert tuple(manifest["columns"]) == columns
    assert (manifest["filters"], manifest["model_version"]) == ({"min_confidence": 0.2}, 1)
    assert (manifest["as_of"], manifest["publication"]) == ("2020-01-01", "state")
    assert {stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(list(path.parent.iterdir())) == 2


def test_the_usual_columns_say_where_a_customer_stands(warehouse: Path, tmp_path: Path) -> None:
    export_customers(warehouse, EVERYBODY, (), Target(tmp_path / "c.csv", "csv"))
    assert (tmp_path / "c.csv").read_text().splitlines()[0] == ",".join(DEFAULT_COLUMNS)


def test_a_spreadsheet_runs_no_cell(warehouse: Path, tmp_path: Path) -> None:
    columns = ("customer_id", "segment_id")
    export_customers(warehouse, EVERYBODY, columns, Target(tmp_path / "c.csv", "csv"))
    with (tmp_path / "c.csv").open(newline="") as file:
        found = [row[0] for row in csv.reader(file)][1:]
    # A telephone number stays what it is: nothing of it is run.
    assert found == ["1", "'=cmd|calc", "+33612345678", "'@SUM(A1)"]
    export_customers(warehouse, EVERYBODY, columns, Target(tmp_path / "c.xlsx", "xlsx"))
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "c.xlsx").active.iter_rows()][1:]
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("1", "s"), ("=cmd|calc", "s"), ("+33612345678", "s"), ("@SUM(A1)", "s")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_every_way_to_begin_a_formula_is_known(start: str) -> None:
    cell = writing._harmless("x", "VARCHAR")
    with duckdb.connect() as connection:
        found = connection.execute(f"select {cell} from (select ? as x)", [f"{start}A1"]).fetchall()
    assert found == [(f"'{start}A1",)]


def test_a_folder_has_a_part_for_each_segment(warehouse: Path, tmp_path: Path) -> None:
    target = target_of(tmp_path / "all", None, is_by_segment=True, may_replace=False)
    assert export_customers(warehouse, EVERYBODY, ("user_id",), target) == 4
    parts = f"read_parquet('{target.path}/*/*.parquet', hive_partitioning = false)"
    found = duckdb.sql(f"select segment_id, user_id from {parts} order by all").fetchall()
    assert found == [(0, 1), (0, 2), (1, 3), (None, 4)]
    manifest = json.loads((target.path / "manifest.json").read_text())
    assert [one["name"].split("/")[0] for one in manifest["files"]] == [
        "segment_id=0", "segment_id=1", "segment_id=__HIVE_DEFAULT_PARTITION__"
    ]  # fmt: skip
    inner = [target.path, *target.path.rglob("*")]
    assert {stat.S_IMODE(one.stat().st_mode) for one in inner} == {0o600, 0o700}
    again = Target(target.path, "parquet", True, True)
    assert export_customers(warehouse, Filters(("1",)), ("user_id",), again) == 1
    assert [one.name for one in sorted(target.path.iterdir())] == ["manifest.json", "segment_id=1"]
    assert [one.name for one in tmp_path.iterdir()] == ["all"]


def test_a_folder_of_something_else_is_never_replaced(warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "manifest.json").write_text("{}")
    (tmp_path / "home" / "thesis.txt").write_text("years of work")
    target = Target(tmp_path / "home", "parquet", True, True)
    with pytest.raises(InputError, match="holds more than an export"):
        export_customers(warehouse, EVERYBODY, (), target)
    assert (tmp_path / "home" / "thesis.txt").read_text() == "years of work"


def test_what_is_there_is_replaced_only_when_asked(warehouse: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    assert _export(warehouse, path) == [1, 2, 3, 4]
    with pytest.raises(InputError, match="is there already"):
        _export(warehouse, path, Filters(("1",)))
    assert _export(warehouse, path, Filters(("1",)), may_replace=True) == [3]
    manifest = json.loads((tmp_path / "c.csv.manifest.json").read_text())
    assert manifest["filters"] == {"segments": ["1"]}


@pytest.mark.parametrize(
    ("filters", "columns", "message"),
    [
        (Filters(("VIP",)), (), r"no segment VIP: there are 0 \(Loyal regulars\), 1 \(Lost\)"),
        (Filters(where="revenue > 1e6"), (), "No customer is meant"),
        (Filters(where="segment_name"), (), "cannot be computed"),
        (Filters(where="segment_name > revenue"), (), "cannot be computed"),
        (EVERYBODY, ("revenu",), "is revenue meant"),
        (EVERYBODY, ("revenue", "revenue"), "twice"),
    ],
)
def test_a_wrong_question_writes_nothing_and_leaves_what_was_there(
    warehouse: Path, tmp_path: Path, filters: Filters, columns: tuple[str, ...], message: str
) -> None:
    path = tmp_path / "c.csv"
    path.write_text("former")
    with pytest.raises(InputError, match=message):
        export_customers(warehouse, filters, columns, Target(path, "csv", may_replace=True))
    assert [one.name for one in tmp_path.iterdir()] == ["c.csv"]
    assert path.read_text() == "former"


def test_the_warehouse_is_no_place_for_an_export(warehouse: Path) -> None:
    for place in (warehouse, published_path(warehouse)):
        with pytest.raises(InputError, match="the warehouse itself"):
            export_customers(warehouse, EVERYBODY, (), Target(place, "csv", may_replace=True))


def test_nothing_published_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Nothing is published"):
        export_customers(tmp_path / "no.duckdb", EVERYBODY, (), Target(tmp_path / "c.csv", "csv"))


def test_a_full_disk_leaves_the_former_file(warehouse: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=1) as disk:
        path = disk / "c.csv"
        path.write_text("former")
        target = Target(path, "csv", may_replace=True)
        with little_room(disk, kilobytes=4), pytest.raises(PipelineError) as caught:
            export_customers(warehouse, EVERYBODY, (), target)
        assert "The disk is full while writing" in str(caught.value)
        assert caught.value.exit_code == 1
        assert sorted(one.name for one in disk.iterdir()) == ["c.csv"]
        assert path.read_text() == "former"


def test_what_a_killed_export_left_is_removed_by_the_next(warehouse: Path, tmp_path: Path) -> None:
    left = tmp_path / ".c.csv.unfinished"
    left.mkdir()
    (left / "c.csv").write_text("half of the customers")
    _export(warehouse, tmp_path / "c.csv")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["c.csv", "c.csv.manifest.json"]


def test_a_sheet_that_is_too_small_is_refused(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_ROWS_OF_A_SHEET", 3)
    with pytest.raises(InputError, match="A sheet of Excel holds 3 customers, and these are 4"):
        export_customers(warehouse, EVERYBODY, (), Target(tmp_path / "c.xlsx", "xlsx"))
    assert list(tmp_path.iterdir()) == []


def test_name_and_format_may_not_contradict_each_other() -> None:
    with pytest.raises(InputError, match="called like a file of xlsx"):
        target_of(Path("a.xlsx"), "csv", is_by_segment=False, may_replace=False)
    with pytest.raises(InputError, match="folder of Parquet files"):
        target_of(Path("a"), "csv", is_by_segment=True, may_replace=False)
    assert target_of(Path("a"), None, is_by_segment=False, may_replace=False).format == "csv"
