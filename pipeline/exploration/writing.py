"""Files that only their owner may read, and that are either whole or not there."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pipeline.errors import PipelineError


def private_folder(folder: Path) -> Path:
    """Create a folder, and the missing ones above it, for their owner alone (0700)."""
    try:
        for level in [*reversed(folder.parents), folder]:
            if not level.is_dir():
                level.mkdir(mode=0o700)
        folder.chmod(0o700)
    except OSError as error:
        raise PipelineError(_cannot_write(folder, error)) from error
    return folder


def write_private(path: Path, content: bytes) -> Path:
    """Write a file for its owner alone (0600), replacing an earlier one in a single step."""
    passing = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        passing.replace(path)
    except OSError as error:
        passing.unlink(missing_ok=True)
        raise PipelineError(_cannot_write(path, error)) from error
    return path


def _cannot_write(path: Path, error: OSError) -> str:
    return f"{path} cannot be written ({error.strerror}): check the folder's rights and free space."
