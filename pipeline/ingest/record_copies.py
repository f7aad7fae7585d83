"""The folder for copies of records: private, and gone when the session ends."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import xxhash

from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import Layout
from pipeline.ingest.parquet_copies import write_parquet_copy
from pipeline.ingest.record_files import RecordFile, write_record_file
from pipeline.ingest.session import current_session
from pipeline.runtime.private_files import private_folder


def copy_records(files: Sequence[tuple[InputFile, Layout]], folder: Path) -> list[RecordFile]:
    """Copy the records of each file into a folder and return the copies, in the same order.

    Whatever else lies in the folder is removed, such as what a killed run left behind: copies hold
    what the files hold, ids included.

    Raises
    ------
    InputError
        A file cannot be read to its end, or changed meanwhile.
    PipelineError
        A copy cannot be written.
    """
    wanted = {folder / f"{_name(file)}.parquet": (file, layout) for file, layout in files}
    _remove_others(folder, wanted)
    if not wanted:
        return []
    private_folder(folder)
    current_session().folders.add(folder)
    return [_copy(file, layout, path) for path, (file, layout) in wanted.items()]


def _copy(file: InputFile, layout: Layout, path: Path) -> RecordFile:
    # dbt asks for the list of files several times in a run: a copy is made once.
    made = current_session().copies
    if path not in made:
        write = write_parquet_copy if file.kind == "parquet" else write_record_file
        made[path] = (file, layout, write(file, layout, path))
    return made[path][2]


def _remove_others(folder: Path, wanted: dict[Path, tuple[InputFile, Layout]]) -> None:
    made = current_session().copies
    present = list(folder.iterdir()) if folder.is_dir() else []
    for path in {*present, *(path for path in made if path.parent == folder)}:
        if path not in present or path not in wanted or made.get(path, ())[:2] != wanted[path]:
            made.pop(path, None)
            path.unlink(missing_ok=True)
    if present and not wanted:
        shutil.rmtree(folder, ignore_errors=True)


def _name(file: InputFile) -> str:
    # The name of a file may be as long as the disk allows, and hold slashes.
    return xxhash.xxh3_64_hexdigest(file.source_file.encode())
