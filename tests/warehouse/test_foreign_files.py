"""Random files of other shops: types, names, paths, delimiters, marks of numbers, second headers.

A hundred of them, 2,000 in `make test-long`.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ingest import files_to_load
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError
from tests.warehouse.foreign_files import BATCH_SIZE, PATH_COLUMNS, ForeignFile, foreign_file
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow


@pytest.mark.timeout(4_000)
@pytest.mark.long
def test_every_line_is_what_was_written_or_has_its_reason(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    reading = ReadingSettings(path_columns=PATH_COLUMNS)
    monkeypatch.setattr(files_to_load, "reading_settings", lambda **_: reading)
    tally: Counter[str] = Counter()
    with workbench(tmp_path, {"max_rejected_share": 1}) as bench:
        for first in range(0, 20 * BATCH_SIZE, BATCH_SIZE):
            bench.clear()
            files = [foreign_file(number) for number in range(first, first + BATCH_SIZE)]
            readable = {file.name: file for file in files if not _is_asked(bench, file)}
            tally["asked"] += BATCH_SIZE - len(readable)
            bench.load()
            _check(bench, readable)
            for file in readable.values():
                tally.update({"files": 1, "kept": len(file.kept)})
                tally.update(file.refused.values())
    record_property("cases", ", ".join(f"{count:,} {name}" for name, count in tally.items()))
    assert tally["asked"] > 0
    assert tally["kept"] > 3 * tally["files"]
    assert {"repeated_header", "below_other_header", "invalid_price", "invalid_time"} <= set(tally)


def _is_asked(bench: Workbench, file: ForeignFile) -> bool:
    """Write a file; not among the others where it has to be, and is, refused with a question."""
    alone = bench.datasets.with_name("alone")
    path = (alone if file.question else bench.datasets) / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.stored)
    if file.question:
        with pytest.raises(InputError, match="does a point or a comma stand before the decimals"):
            files_to_load.files_to_load(alone, {})
        shutil.rmtree(alone)
    return file.question


def _check(bench: Workbench, files: dict[str, ForeignFile]) -> None:
    lines = {name: len(file.kept) + len(file.refused) for name, file in files.items()}
    assert dict(bench.query("select source_file, line_count from core.loaded_files")) == lines
    refused: dict[str, dict[int, str]] = {name: {} for name in files}
    for name, line, reason in bench.query(
        "select source_file, line_number, rejection_reason from core.rejected_events"
    ):
        refused[name][line] = reason
    assert refused == {name: file.refused for name, file in files.items()}
    kept: dict[str, dict[str, tuple]] = {name: {} for name in files}
    for name, *values in bench.query(
        "select source_file, occurred_at, event_type, product_id, try_cast(category_id as bigint),"
        " category_code, brand, price, user_id, session_id"
        " from core.event_lines where rejection_reason is null"
    ):
        kept[name][values[-1]] = tuple(values)
    for name, file in files.items():
        assert kept[name] == file.kept, name
