"""What an export says of itself: rows, content, model, filters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb

from pipeline.exports.request import Filters, Target

_PUBLICATION = """
    select
        (select state from ops.publication),
        (select max(model_version) from marts.current_segment_model),
        (select as_of from marts.customers limit 1)
"""


def manifest_of(
    connection: duckdb.DuckDBPyConnection,
    written: Path,
    target: Target,
    columns: Mapping[str, str],
    row_count: int,
    filters: Filters,
    more: Mapping[str, Any],
) -> str:
    """Return the manifest of an export as JSON; nothing in it depends on the clock.

    `written` is the file or folder as it was written, `more` what else is to be said.
    """
    state, model_version, as_of = connection.execute(_PUBLICATION).fetchall()[0]
    inner = sorted(written.rglob("*.parquet")) if target.is_by_segment else [written]
    content = {
        "name": target.path.name,
        "format": target.format,
        "row_count": row_count,
        "files": [_file(path, written) for path in inner],
        "columns": dict(columns),
        "filters": {name: value for name, value in asdict(filters).items() if value},
        **more,
        "model_version": model_version,
        "as_of": str(as_of),
        "publication": state,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _file(path: Path, written: Path) -> dict[str, Any]:
    """Name one file with its size and hash, relative to the folder where there is one."""
    name = path.name if path == written else path.relative_to(written).as_posix()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"name": name, "size_bytes": path.stat().st_size, "sha256": digest}
