"""Who else than the owner may read what holds people."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.warehouse.publication import published_path

_OTHERS_MAY_READ = 0o044
_OTHERS_MAY_ENTER = 0o011


def open_to_others(warehouse: Path, reports: Path) -> tuple[str, ...]:
    """Return the names of the warehouse files and of the folder of reports that others can read.

    A file that is open in a folder that is closed can be read by nobody else.
    """
    if os.name != "posix":
        return ()
    files = [warehouse, published_path(warehouse), warehouse.with_name(warehouse.name + ".wal")]
    found = [path.name for path in files if _may(path, _OTHERS_MAY_READ) and _is_reached(path)]
    if _may(reports, _OTHERS_MAY_READ) and _is_reached(reports):
        found.append(f"{reports.name}/")
    return tuple(found)


def _is_reached(path: Path) -> bool:
    return all(_may(folder, _OTHERS_MAY_ENTER) for folder in path.absolute().parents)


def _may(path: Path, bits: int) -> bool:
    try:
        return bool(path.stat().st_mode & bits)
    except OSError:
        return False
