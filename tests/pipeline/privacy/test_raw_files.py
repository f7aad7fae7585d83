"""Raw files lose the lines of a person alone, whatever their format, and stay what they were."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.privacy.people import people
from pipeline.privacy.raw_files import files_that_hold, rewrite

HEADER = (
    "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
)
LINE = "2019-10-01 10:00:00 UTC,view,1001,2053,,acme,10.00,{},s1"


def test_each_format_is_rewritten_without_the_person(tmp_path: Path) -> None:
    lines = [HEADER, *(LINE.format(user) for user in (587654320, 587654321))]
    (tmp_path / "a.csv").write_text("\n".join([*lines, ""]))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress("\n".join([*lines, ""]).encode()))
    rows = [dict(zip(HEADER.split(","), line.split(","), strict=True)) for line in lines[1:]]
    table = pa.Table.from_pylist(rows)
    users = pa.array([587654320, 587654321])
    position = table.column_names.index("user_id")
    pq.write_table(table.set_column(position, "user_id", users), tmp_path / "c.parquet")
    (tmp_path / "d.csv").write_text("\n".join([HEADER, lines[2], ""]))
    for path in tmp_path.iterdir():
        path.chmod(0o640)
    person = people(["587654320"])
    holding = files_that_hold(tmp_path, person, {})
    assert {found.file.source_file: found.line_count for found in holding} == {
        "a.csv": 1, "b.csv.gz": 1, "c.parquet": 1,
    }  # fmt: skip
    for found in holding:
        rewrite(found, person)
    staying = "\n".join([HEADER, lines[2], ""])
    assert (tmp_path / "a.csv").read_text() == staying
    assert gzip.decompress((tmp_path / "b.csv.gz").read_bytes()).decode() == staying
    assert pq.read_table(tmp_path / "c.parquet")["user_id"].to_pylist() == [587654321]
    assert files_that_hold(tmp_path, person, {}) == []
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o640}
    assert len(list(tmp_path.iterdir())) == 4
