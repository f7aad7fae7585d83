"""Writing the bundle: into a folder at once, or to a store of objects with what is read last."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import fsspec

from pipeline.databases.bundle.bigquery import bigquery_script
from pipeline.databases.bundle.parts import write_parts
from pipeline.databases.bundle.redshift import manifest, redshift_script
from pipeline.databases.bundle.scripts import Load
from pipeline.databases.bundle.snowflake import snowflake_script
from pipeline.databases.deliveries import described_deliveries
from pipeline.databases.postgres.address import checked_schema
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.private_files import private_folder
from pipeline.runtime.shortages import shortage
from pipeline.warehouse.connection import open_warehouse

_SCRIPTS = ("redshift.sql", "snowflake.sql", "bigquery.sql")
# Where nobody has said where the files will be.
_SOMEWHERE = "s3://your-bucket/customer-segments"


@dataclass(frozen=True)
class BundleTarget:
    """Where the files go, and what the scripts say.

    Attributes
    ----------
    place : a folder, or a URL such as `s3://bucket/segments`
    schema : into which the scripts load
    location : where the warehouse finds the files; None for `place` itself
    iam_role : the role with which Redshift reads them
    may_replace : whether a bundle that is there may be replaced
    """

    place: str
    schema: str
    location: str | None = None
    iam_role: str = "default"
    may_replace: bool = False

    @property
    def is_folder(self) -> bool:
        """Tell whether the place is a folder of this machine."""
        return "://" not in self.place


def write_bundle(published: Path, target: BundleTarget) -> int:
    """Write Parquet parts, manifests and scripts; return the number of files.

    A folder gets its name when all is in it. In a store of objects the scripts come last: a bundle
    without them is not complete.

    Raises
    ------
    InputError
        When the place is taken or cannot be used, or the publication cannot be read.
    PipelineError
        When writing failed.
    """
    checked_schema(target.schema)
    _check_place(target)
    try:
        if target.is_folder:
            return _into_folder(published, target)
        return _into_store(published, target)
    except (OSError, duckdb.Error) as error:
        text = str(error) or type(error).__name__
        raise PipelineError(
            shortage(text, "writing the files")
            or f"{target.place} cannot be written ({text.splitlines()[0]}): check the place and the"
            " rights, and run again."
        ) from error


def _into_folder(published: Path, target: BundleTarget) -> int:
    folder = Path(target.place).expanduser().absolute()
    private_folder(folder.parent) if not folder.parent.is_dir() else None
    passing = folder.with_name(f".{folder.name}.unfinished")
    # Of a process that was killed.
    shutil.rmtree(passing, ignore_errors=True)
    try:
        passing.mkdir(mode=0o700)
        count = _write(published, passing / "new", target)
        if folder.exists():
            os.replace(folder, passing / "former")
        os.replace(passing / "new", folder)
    finally:
        shutil.rmtree(passing, ignore_errors=True)
    return count


def _into_store(published: Path, target: BundleTarget) -> int:
    with tempfile.TemporaryDirectory(dir=published.parent, prefix=".bundle") as name:
        folder = Path(name) / "new"
        count = _write(published, folder, target)
        files, root = fsspec.core.url_to_fs(target.place)
        if files.exists(root):
            for script in _SCRIPTS:
                if files.exists(f"{root}/{script}"):
                    files.rm(f"{root}/{script}")
            files.rm(root, recursive=True)
        paths = [path for path in folder.rglob("*") if path.is_file()]
        for path in sorted(paths, key=lambda path: (path.name in _SCRIPTS, str(path))):
            destination = f"{root}/{path.relative_to(folder).as_posix()}"
            files.makedirs(destination.rpartition("/")[0], exist_ok=True)
            files.put_file(str(path), destination)
    return count


def _write(published: Path, folder: Path, target: BundleTarget) -> int:
    folder.mkdir(mode=0o700)
    default = _SOMEWHERE if target.is_folder else target.place
    location = (target.location or default).rstrip("/")
    with open_warehouse(published) as source:
        tables = described_deliveries(source)
        parts = {table: write_parts(source, table, folder) for table in tables}
    load = Load(target.schema, location, parts)
    texts: Mapping[str, str] = {
        **{f"{table.name}.manifest": manifest(location, parts[table]) for table in tables},
        "redshift.sql": redshift_script(load, iam_role=target.iam_role),
        "snowflake.sql": snowflake_script(load),
        "bigquery.sql": bigquery_script(load),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return len(texts) + sum(map(len, parts.values()))


def _check_place(target: BundleTarget) -> None:
    if target.is_folder:
        _check_folder(Path(target.place).expanduser().absolute(), target)
        return
    try:
        files, root = fsspec.core.url_to_fs(target.place)
        is_taken = files.exists(root) and bool(files.ls(root))
    except (ImportError, ValueError, OSError) as error:
        raise InputError(
            f"{target.place} cannot be used ({str(error).splitlines()[0]}): write to a folder and"
            " copy it, or install what fsspec needs for it."
        ) from error
    if is_taken and not (
        target.may_replace
        and _is_bundle({Path(name).name for name in files.ls(root, detail=False)})
    ):
        raise _taken(target)


def _check_folder(folder: Path, target: BundleTarget) -> None:
    existing = next(parent for parent in folder.parents if parent.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise InputError(f"The folder {folder.parent} cannot be written: name another folder.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder: name another one.")
    names = {path.name for path in folder.iterdir()}
    if names and not (target.may_replace and _is_bundle(names)):
        raise _taken(target)


def _is_bundle(names: set[str]) -> bool:
    return {"redshift.sql", "user_segments"} <= names


def _taken(target: BundleTarget) -> InputError:
    return InputError(
        f"{target.place} is not empty: name another place, or add --force where it holds such an"
        " export."
    )
