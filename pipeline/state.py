"""What a publication was made from, so that a run with nothing new has nothing to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.loading import KnownFile
from pipeline.settings import ROOT, RunSettings


def state_of(settings: RunSettings, known: Mapping[str, KnownFile]) -> str:
    """Return a hash of everything that the marts depend on.

    That is the content of the loaded files, the date that features are seen from, every setting and
    every line of the models and of `ml/`.
    """
    digest = hashlib.sha256()
    for name, file in sorted(known.items()):
        digest.update(f"{name}\0{file.fingerprint}\0".encode())
    digest.update(f"{settings.as_of}\0".encode())
    for path in _code():
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _code() -> Iterator[Path]:
    yield ROOT / "dbt_project.yml"
    for folder, pattern in (("dbt_project", "*"), ("ml", "*.py")):
        yield from sorted(path for path in (ROOT / folder).rglob(pattern) if path.is_file())
