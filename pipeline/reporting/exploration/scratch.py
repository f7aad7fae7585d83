"""The one pass over the raw files: what later questions need, in a compact file of its own.

Reading and parsing the files costs far more than any question about them, so they are read once.
The copy is a DuckDB file rather than a temporary table because only files are compressed: some 40
bytes an event instead of 130. It holds user ids, so it lives in a private folder and goes at the
end.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.reporting.exploration.compact_rows import SCRATCH, copy_rows, count_rows
from pipeline.reporting.exploration.explored_file import ExploredFile
from pipeline.runtime.errors import PipelineError
from pipeline.runtime.masking import masked
from pipeline.runtime.progress import Reporter, Stage

_FOLDER_PREFIX = ".exploring-"
_BYTES_PER_EVENT = 50
_SECONDS_BETWEEN_LOOKS = 0.5
# The order counts: setting the time switches the bar on, which must never print. With no order of
# rows to keep, the copy takes a sixth less time.
_WHILE_READING = {
    "enable_progress_bar_print": "false",
    "progress_bar_time": "0",
    "enable_progress_bar": "true",
    "preserve_insertion_order": "false",
}


@contextmanager
def scratch_tables(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    files: Sequence[ExploredFile],
    reporter: Reporter,
) -> Iterator[None]:
    """Hold the tables of `compact_rows` while the block runs.

    Parameters
    ----------
    connection : duckdb connection
        In which the view `staging.stg_events` exists; not in the middle of a transaction.
    folder : Path
        An existing private folder on a disk with room, about 50 bytes per event.
    files : sequence of ExploredFile
        Behind the view; their lines are for the check of the room and for the progress.
    reporter : Reporter
        Told about the pass over the files.

    Raises
    ------
    PipelineError
        When the disk lacks room or the files cannot be read.
    """
    # What a killed run left behind holds user ids.
    for leftover in folder.glob(f"{_FOLDER_PREFIX}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    _check_room(folder, sum(file.line_count for file in files))
    with tempfile.TemporaryDirectory(prefix=_FOLDER_PREFIX, dir=folder) as private:
        file = str(Path(private) / "scratch.duckdb").replace("'", "''")
        connection.execute(f"attach '{file}' as {SCRATCH} (read_write)")
        try:
            _fill(connection, files, reporter)
            yield
        except duckdb.Error as error:
            raise PipelineError(_plain(error)) from None
        finally:
            connection.execute(f"detach {SCRATCH}")


def _fill(
    connection: duckdb.DuckDBPyConnection, files: Sequence[ExploredFile], reporter: Reporter
) -> None:
    row_count = sum(file.line_count for file in files)
    with (
        reporter.stage("Reading the raw files", float(row_count), "rows") as stage,
        _watched(connection, row_count, stage),
    ):
        copy_rows(connection, (file.source_file for file in files))
    count_rows(connection)


@contextmanager
def _watched(connection: duckdb.DuckDBPyConnection, row_count: int, stage: Stage) -> Iterator[None]:
    """Pass DuckDB's own progress of a long statement on to the stage."""
    before = _settings(connection)
    _set(connection, _WHILE_READING)
    is_over = threading.Event()
    watcher = threading.Thread(
        target=_watch, args=(connection, row_count, stage, is_over), daemon=True
    )
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        watcher.join()
        _set(connection, before)


def _settings(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    # Put back in this order, the time does not leave the bar switched on.
    names = [*_WHILE_READING][1:] + [*_WHILE_READING][:1]
    wanted = ", ".join(f"current_setting('{name}')" for name in names)
    values = connection.execute(f"select {wanted}").fetchall()[0]
    return {name: str(value).lower() for name, value in zip(names, values, strict=True)}


def _set(connection: duckdb.DuckDBPyConnection, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        connection.execute(f"set {name} = {value}")


def _watch(
    connection: duckdb.DuckDBPyConnection, row_count: int, stage: Stage, is_over: threading.Event
) -> None:
    shown = 0.0
    while not is_over.wait(_SECONDS_BETWEEN_LOOKS):
        share = connection.query_progress() / 100
        # -1 while DuckDB cannot tell; and its estimate sometimes takes a step back.
        if share > shown:
            stage.advance((share - shown) * row_count)
            shown = share


def _check_room(folder: Path, row_count: int) -> None:
    needed = row_count * _BYTES_PER_EVENT
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise PipelineError(
            f"{folder} has room for {free / 1e9:.1f} GB, and the exploration needs about "
            f"{needed / 1e9:.1f} GB for a moment: free some space or write to another disk."
        )


def _plain(error: duckdb.Error) -> str:
    # DuckDB quotes the offending line below the first one; a quoted line can hold an id.
    first_line = (str(error).splitlines() or [""])[0]
    return f"The raw files could not be explored: {masked(first_line)}"
