"""Which files a run opens, and which of them it loads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import InputFile, Inspection, Layout, inspect_all
from pipeline.ingest.files_to_load import files_to_load, look_at_files, note_changed_metadata
from pipeline.ingest.session import session
from pipeline.warehouse.load_log import KnownFile, future_from, known_files, upgrade_ledger
from tests.conftest import HEADER

GOOD = "2019-10-01 10:00:00 UTC,view,10,500,,acme,10.00,1,s1"
# Noon of 2020-06-01 and of the day after, in seconds.
_MODULE = "pipeline.ingest.files_to_load"
NOON = 1_591_012_800
NEXT_NOON = NOON + 86_400
LOADED_AT = datetime(2020, 6, 1, 13)


class Opened:
    """The names of the files that were opened, in a session that begins with `next_session`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        self._inspect = inspect_all
        monkeypatch.setattr(f"{_MODULE}.inspect_all", self._inspect_and_count)
        self._sessions = ExitStack()
        self.next_session()

    def next_session(self) -> None:
        self.names.clear()
        self._sessions.close()
        self._sessions.enter_context(session())

    def close(self) -> None:
        self._sessions.close()

    def _inspect_and_count(
        self, files: Sequence[InputFile], layouts: Sequence[Layout], **options: object
    ) -> list[Inspection]:
        self.names += [file.source_file for file in files]
        return self._inspect(files, layouts, **options)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with closing(Opened(monkeypatch)) as found:
        yield found


@pytest.fixture
def ledger() -> duckdb.DuckDBPyConnection:
    """An empty ledger, as far as loading looks at it."""
    connection = duckdb.connect()
    connection.execute("create schema core")
    connection.execute(
        "create table core.loaded_files (source_file text, size_bytes bigint,"
        " modified_at_ns bigint, fingerprint text, rejected_by_reason map(text, bigint),"
        " line_count bigint, loaded_at timestamp, first_loaded_at timestamp, future_from date)"
    )
    return connection


def _write(folder: Path, name: str, *lines: str, changed_at: int = NOON) -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *lines]) + "\n")
    os.utime(path, (changed_at, changed_at))
    return path


def _load(
    folder: Path,
    ledger: duckdb.DuckDBPyConnection,
    rejected: dict[str, int] | None = None,
    first_loaded_at: datetime = LOADED_AT,
) -> None:
    """Put all that is to be loaded into the ledger, as files of a hundred lines."""
    for entry in files_to_load(folder, known_files(ledger)):
        end = future_from(entry.file.modified_at, first_loaded_at)
        ledger.execute(
            "insert into core.loaded_files values (?, ?, ?, ?, ?, 100, ?, ?, ?)",
            [
                entry.file.source_file, entry.file.size_bytes, entry.file.modified_at,
                entry.inspection.fingerprint, rejected, first_loaded_at, first_loaded_at, end,
            ],
        )  # fmt: skip


def _look(folder: Path, ledger: duckdb.DuckDBPyConnection) -> list[list[str]]:
    """Return the names of the files to load and of those of which only the metadata changed."""
    to_load, changed = look_at_files(folder, known_files(ledger))
    return [[entry.file.source_file for entry in some] for some in (to_load, changed)]


def test_a_new_file_is_opened_once_however_often_a_process_asks(
    tmp_path: Path, opened: Opened
) -> None:
    _write(tmp_path, "a.csv", GOOD)
    for _ in range(2):
        assert [entry.file.source_file for entry in files_to_load(tmp_path, {})] == ["a.csv"]
    assert opened.names == ["a.csv"]


def test_loaded_files_are_not_opened_again(
    tmp_path: Path, opened: Opened, ledger: duckdb.DuckDBPyConnection
) -> None:
    _write(tmp_path, "a.csv", GOOD)
    _load(tmp_path, ledger)
    opened.next_session()
    _write(tmp_path, "b.csv", GOOD)
    assert _look(tmp_path, ledger) == [["b.csv"], []]
    assert opened.names == ["b.csv"]


def test_a_file_with_changed_metadata_is_opened_once_and_never_loaded_again(
    tmp_path: Path, opened: Opened, ledger: duckdb.DuckDBPyConnection
) -> None:
    path = _write(tmp_path, "a.csv", GOOD)
    _write(tmp_path, "b.csv", GOOD)
    _load(tmp_path, ledger)
    opened.next_session()
    os.utime(path, (NOON + 60, NOON + 60))
    to_load, changed = look_at_files(tmp_path, known_files(ledger))
    assert (to_load, opened.names) == ([], ["a.csv"])
    note_changed_metadata(ledger, changed)
    opened.next_session()
    assert _look(tmp_path, ledger) == [[], []]
    assert opened.names == []
    times = "select source_file, modified_at_ns // 1000000000 from core.loaded_files order by all"
    assert ledger.execute(times).fetchall() == [("a.csv", NOON + 60), ("b.csv", NOON)]


def test_another_content_under_the_same_name_is_loaded(
    tmp_path: Path, opened: Opened, ledger: duckdb.DuckDBPyConnection
) -> None:
    _write(tmp_path, "a.csv", GOOD)
    _load(tmp_path, ledger)
    opened.next_session()
    _write(tmp_path, "a.csv", GOOD.replace("10.00", "11.00"), changed_at=NOON + 60)
    assert _look(tmp_path, ledger) == [["a.csv"], []]


@pytest.mark.parametrize(
    ("rejected", "first_loaded_at", "changed_at", "is_loaded"),
    [
        ({"invalid_price": 1}, LOADED_AT, NEXT_NOON, False),
        (None, LOADED_AT, NEXT_NOON, False),
        # Lines of tomorrow are valid in a file of tomorrow.
        ({"time_in_future": 1}, LOADED_AT, NEXT_NOON, True),
        ({"time_in_future": 1}, LOADED_AT, NOON + 60, False),
        # And in any file that was first read tomorrow, whatever its own date.
        ({"time_in_future": 1}, LOADED_AT + timedelta(days=1), NEXT_NOON, False),
        # A file that seems older than it was loses no line.
        (None, LOADED_AT, NOON - 86_400, False),
        ({"time_in_future": 1}, LOADED_AT, 0, False),
    ],
)
def test_the_day_of_a_file_matters_only_to_events_that_may_be_in_its_future(
    tmp_path: Path,
    opened: Opened,
    ledger: duckdb.DuckDBPyConnection,
    rejected: dict[str, int] | None,
    first_loaded_at: datetime,
    changed_at: int,
    is_loaded: bool,
) -> None:
    path = _write(tmp_path, "a.csv", GOOD)
    _load(tmp_path, ledger, rejected, first_loaded_at)
    os.utime(path, (changed_at, changed_at))
    assert _look(tmp_path, ledger) == ([["a.csv"], []] if is_loaded else [[], ["a.csv"]])


def test_an_event_that_was_valid_once_stays_valid_when_all_is_read_again(
    tmp_path: Path, opened: Opened, ledger: duckdb.DuckDBPyConnection
) -> None:
    path = _write(tmp_path, "a.csv", GOOD)
    _load(tmp_path, ledger)
    os.utime(path, (0, 0))
    to_load, changed = look_at_files(tmp_path, known_files(ledger))
    assert to_load == []
    note_changed_metadata(ledger, changed)
    (again,) = files_to_load(tmp_path, known_files(ledger), reads_all=True)
    assert (again.first_loaded_at, again.future_from) == (LOADED_AT, date(2020, 6, 3))
    # Another content is another file: it is read now.
    _write(tmp_path, "a.csv", GOOD, GOOD, changed_at=0)
    (other,) = files_to_load(tmp_path, known_files(ledger))
    assert other.first_loaded_at > LOADED_AT
    assert other.future_from == other.first_loaded_at.date() + timedelta(days=2)


def test_a_ledger_of_an_earlier_version_knows_when_it_loaded_a_file(
    tmp_path: Path, opened: Opened, ledger: duckdb.DuckDBPyConnection
) -> None:
    _write(tmp_path, "a.csv", GOOD)
    _load(tmp_path, ledger)
    expected = known_files(ledger)
    ledger.execute("alter table core.loaded_files rename column future_from to end_of_belief")
    assert known_files(ledger) == expected
    upgrade_ledger(ledger)
    assert known_files(ledger) == expected
    for column in ("first_loaded_at", "future_from"):
        ledger.execute(f"alter table core.loaded_files drop column {column}")
    assert known_files(ledger) == expected


def test_without_a_ledger_nothing_is_known() -> None:
    assert known_files(duckdb.connect()) == {}


def test_what_the_ledger_says_of_a_file(tmp_path: Path, ledger: duckdb.DuckDBPyConnection) -> None:
    path = _write(tmp_path, "a.csv", GOOD)
    _load(tmp_path, ledger, {"time_in_future": 2})
    (known,) = known_files(ledger).values()
    size, changed_at = path.stat().st_size, path.stat().st_mtime_ns
    fingerprint = files_to_load(tmp_path, {})[0].inspection.fingerprint
    expected = KnownFile(size, changed_at, fingerprint, 100, LOADED_AT, date(2020, 6, 3), True)
    assert known == expected
