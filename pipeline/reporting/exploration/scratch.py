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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.reporting.exploration.raw_columns import COLUMNS, VIEW, bits_sql, kind_sql
from pipeline.runtime.errors import PipelineError
from pipeline.runtime.masking import masked
from pipeline.runtime.progress import Reporter, Stage

EVENTS = "exploration_scratch.events"
USERS = "exploration_scratch.users"
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

# A row is compared with others by a 64-bit hash of its text: among 400 million rows, the chance
# that two different ones collide at all is under one in two hundred.
_FIELDS = ", ".join(f"{name}_text" for name in COLUMNS)
_COPY = f"""
create table {EVENTS} as
select
    source_file,
    rejection_reason,
    {kind_sql()} as kind,
    event_type,
    category_code,
    brand,
    user_id,
    product_id,
    category_id,
    price,
    {bits_sql("{text} is null")} as missing_bits,
    {bits_sql("{text} is not null and {typed} is null")} as unreadable_bits,
    case
        when occurred_at between timestamp '0001-01-01'
            and timestamp '9999-12-31 23:59:59.999999'
            then occurred_at
    end as occurred_at,
    case when session_id is not null then hash(session_id) end as session_hash,
    -- a blank line repeats nothing
    case
        when line_text is not null then hash(line_text)
        when coalesce({_FIELDS}) is not null then hash({_FIELDS})
    end as row_hash,
    case
        when rejection_reason is not null
            then coalesce(line_text, concat_ws(',', {_FIELDS}))
    end as refused_line,
    if(rejection_reason is not null, user_id_text, null) as refused_user,
    if(rejection_reason is not null, user_session_text, null) as refused_session
from {VIEW}
"""

# Days are counted by first counting each of them: a `count(distinct)` would remember all rows.
_COUNT_USERS = f"""
create table {USERS} as
with days as (
    select
        user_id,
        occurred_at::date as day,
        count(*) as event_count,
        count(*) filter (kind = 'view') as view_count,
        count(*) filter (kind = 'cart') as cart_count,
        count(*) filter (kind = 'remove_from_cart') as removal_count,
        count(*) filter (kind = 'purchase') as purchase_count,
        count(*) filter (kind = 'other') as other_count,
        sum(price) filter (kind = 'purchase' and rejection_reason is null) as revenue
    from {EVENTS}
    where user_id is not null
    group by user_id, day
)
select
    sum(event_count)::bigint as event_count,
    sum(view_count)::bigint as view_count,
    sum(cart_count)::bigint as cart_count,
    sum(removal_count)::bigint as removal_count,
    sum(purchase_count)::bigint as purchase_count,
    sum(other_count)::bigint as other_count,
    coalesce(sum(revenue), 0)::decimal(18, 2) as revenue,
    count(day) as day_count
from days
group by user_id
"""


@contextmanager
def scratch_tables(
    connection: duckdb.DuckDBPyConnection, folder: Path, row_count: int, reporter: Reporter
) -> Iterator[None]:
    """Hold the tables `EVENTS` and `USERS` while the block runs.

    Parameters
    ----------
    connection : duckdb connection
        In which the view `staging.stg_events` exists; not in the middle of a transaction.
    folder : Path
        An existing private folder on a disk with room, about 50 bytes per event.
    row_count : int
        Rows expected, for the check of the room and for the progress.
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
    _check_room(folder, row_count)
    with tempfile.TemporaryDirectory(prefix=_FOLDER_PREFIX, dir=folder) as private:
        file = str(Path(private) / "scratch.duckdb").replace("'", "''")
        connection.execute(f"attach '{file}' as exploration_scratch (read_write)")
        try:
            _fill(connection, row_count, reporter)
            yield
        except duckdb.Error as error:
            raise PipelineError(_plain(error)) from None
        finally:
            connection.execute("detach exploration_scratch")


def _fill(connection: duckdb.DuckDBPyConnection, row_count: int, reporter: Reporter) -> None:
    with (
        reporter.stage("Reading the raw files", float(row_count), "rows") as stage,
        _watched(connection, row_count, stage),
    ):
        connection.execute(_COPY)
    connection.execute(_COUNT_USERS)


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
