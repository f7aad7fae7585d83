"""What features and publication were made from, to know when there is nothing to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.loading import KnownFile
from pipeline.settings import ROOT, RunSettings
from pipeline.warehouse import open_warehouse, relation_exists


def state_of(settings: RunSettings, known: Mapping[str, KnownFile]) -> str:
    """Return a hash of everything that the marts depend on.

    That is the content of the loaded files, what the command line sets, every setting and
    every line of the models and of `ml/`.
    """
    digest = hashlib.sha256()
    for name, file in sorted(known.items()):
        digest.update(f"{name}\0{file.fingerprint}\0".encode())
    digest.update(f"{settings.as_of}\0{settings.segment_count}\0".encode())
    for path in _code():
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


# What dbt notes when lines may have changed, until the features are made from them.
OUTDATED = "outdated"


def state_of_features(warehouse: Path) -> str | None:
    """Return the state that the features were made from.

    `OUTDATED` where the run that was to make them did not end; None where there are none, or where
    dbt alone made them.
    """
    if not warehouse.exists():
        return None
    with open_warehouse(warehouse) as connection:
        if not relation_exists(connection, "core", "features_state"):
            return None
        return str(connection.execute("select state from core.features_state").fetchall()[0][0])


def note_state_of_features(warehouse: Path, state: str) -> None:
    """Keep the state beside the features, once they are whole; making them anew removes it."""
    with open_warehouse(warehouse, read_only=False) as connection:
        connection.execute(
            "create or replace table core.features_state as select ? as state", [state]
        )


def _code() -> Iterator[Path]:
    yield ROOT / "dbt_project.yml"
    for folder, pattern in (("dbt_project", "*"), ("ml", "*.py")):
        yield from sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file())
