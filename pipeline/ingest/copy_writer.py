"""Writing the copy of a file, as Parquet for the database to read."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.ingest.manifests import open_private
from pipeline.runtime.errors import PipelineError


class CopyWriter:
    """Writes rows; what the disk refuses becomes a sentence here, not one about the reading."""

    def __init__(self, path: Path, source_file: str, schema: pa.Schema) -> None:
        self._source_file = source_file
        with self._accidents():
            self._file = open_private(path)
            self._parquet = pq.ParquetWriter(
                self._file,
                schema,
                compression="zstd",
                compression_level=1,
                use_dictionary=["source_file"],
                write_statistics=False,
            )

    def __enter__(self) -> CopyWriter:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            with self._accidents() if kind is None else suppress(OSError, pa.ArrowException):
                self._parquet.close()
        finally:
            with self._accidents():
                self._file.close()

    def write(self, rows: pa.Table) -> None:
        """Append rows of this schema."""
        with self._accidents():
            self._parquet.write_table(rows)

    @contextmanager
    def _accidents(self) -> Iterator[None]:
        name = self._source_file
        try:
            yield
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise PipelineError(
                    f"The disk became full while a copy of {name} was being written beside the "
                    "warehouse: make room, then run again."
                ) from error
            raise PipelineError(
                f"A copy of {name} cannot be written beside the warehouse ({error.strerror}): "
                "check the rights of that folder."
            ) from error
