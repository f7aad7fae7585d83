"""A data folder of which only a listing and streams of bytes are known."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.commands.engine import remote_folder
from pipeline.ingest.files_to_load import look_at_files
from pipeline.ingest.headers import COLUMNS
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import QuietReporter
from pipeline.runtime.remote_folder import RemoteFolder
from pipeline.runtime.settings import RunSettings
from tests.conftest import HEADER

LINE = "2019-10-01 10:00:00 UTC,view,1,2,a.b,acme,1.00,7,s1"


class Mirrored(RemoteFolder):
    """A folder of this machine, as if it were none."""

    def __init__(self, folder: Path) -> None:
        super().__init__("nowhere://folder/")
        self._folder = folder

    def files(self) -> Iterator[tuple[Path, str]]:
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                yield path, path.relative_to(self._folder).as_posix()

    def __truediv__(self, name: str) -> Path:
        return self._folder / name


class Saying(QuietReporter):
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.csv").write_text(f"{HEADER}\n{LINE}\n{LINE}\n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(f"{HEADER}\n{LINE}".encode()))
    pq.write_table(pa.table({name: ["1"] for name in COLUMNS}), tmp_path / "c.parquet")
    return tmp_path


def test_its_files_are_looked_at_as_those_of_this_machine(folder: Path) -> None:
    remote, local = (look_at_files(place, {})[0] for place in (Mirrored(folder), folder))
    assert [entry.file.source_file for entry in remote] == ["b.csv.gz", "c.parquet", "deep/a.csv"]
    # Both are looked at now, and a second may end between the two.
    assert remote == [
        replace(entry, first_loaded_at=other.first_loaded_at, future_from=other.future_from)
        for entry, other in zip(local, remote, strict=True)
    ]


def test_its_archives_are_named_and_left(folder: Path) -> None:
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.writestr("more.csv", f"{HEADER}\n{LINE}\n")
    reporter = Saying()
    files, _ = look_at_files(Mirrored(folder), {}, reporter=reporter)
    assert len(files) == 3
    assert any(sentence.startswith("Not read: more.zip:") for sentence in reporter.said)
    assert not (folder / "unpacked").exists()


def test_duckdb_does_not_read_it() -> None:
    with pytest.raises(InputError, match="s3a://shop/events is read by Spark alone"):
        remote_folder("s3a://shop/events", RunSettings())
