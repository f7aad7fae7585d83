"""Lists that were made from the warehouse lose a person; what cannot be rewritten goes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from pipeline.privacy.people import Person
from pipeline.privacy.person_files import remove_from_files


def _workbook(path: Path, user: int) -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_column("A1", ["user_id", user])
    book.close()
    return path


def test_lists_lose_the_person_and_keep_everybody_else(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("segment;user_id;orders\nbest;4711000;3\nbest;8;4711000\n")
    table = tmp_path / "list.parquet"
    pq.write_table(pa.table({"user_id": [8, 4711000], "segment": ["a", "b"]}), table)
    workbook = _workbook(tmp_path / "list.xlsx", 4711000)
    other = _workbook(tmp_path / "other.xlsx", 8)
    (tmp_path / "privacy").mkdir()
    answer = tmp_path / "privacy" / "answer.json"
    answer.write_text('{"user_id": 4711000}')
    # A figure of a report is no person.
    report = tmp_path / "report.html"
    report.write_text("<p>4711000 events</p>")
    raw = tmp_path / "datasets" / "events.csv"
    raw.parent.mkdir()
    raw.write_text("user_id\n4711000\n")
    people = [Person("4711000", 4711000)]
    removed = remove_from_files([tmp_path], people, raw_files=raw.parent)
    assert "4711000" in raw.read_text()
    assert removed == {str(listed): 1, str(table): 1, str(workbook): -1, str(answer): -1}
    assert listed.read_text() == "segment;user_id;orders\nbest;8;4711000\n"
    assert pq.read_table(table).to_pylist() == [{"user_id": 8, "segment": "a"}]
    assert other.exists()
    assert report.exists()
    assert not workbook.exists()
    assert not answer.exists()
