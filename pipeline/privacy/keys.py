"""The secret key: from the environment or a file of its owner alone, and kept nowhere else."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from pipeline.runtime.errors import InputError
from pipeline.runtime.private_files import made_once

VARIABLE = "AMAZING_KEY"
FILE_VARIABLE = "AMAZING_KEY_FILE"
_SHORTEST = 16
_OTHERS_MAY = 0o077


def secret_keys() -> tuple[bytes, ...]:
    """Return the keys that identify nobody without: the first, and those it was changed for.

    One a line of the variable `AMAZING_KEY`, or of the file that `AMAZING_KEY_FILE` names; the last
    line is the key of today. None where neither is set.

    Raises
    ------
    InputError
        The file cannot be read, or others may read it; a key is too short.
    """
    text = os.environ.get(VARIABLE) or _text_of_file()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(len(line) < _SHORTEST for line in lines):
        raise InputError(
            f"The key has fewer than {_SHORTEST} letters: make one with"
            " `python -c 'import secrets; print(secrets.token_hex(16))'`."
        )
    return tuple(hashlib.sha256(line.encode()).digest() for line in lines)


def _text_of_file() -> str:
    name = os.environ.get(FILE_VARIABLE)
    if not name:
        return ""
    path = Path(name).expanduser()
    try:
        if path.stat().st_mode & _OTHERS_MAY and os.name == "posix":
            raise InputError(f"Others may read the key file {path}: run `chmod 600 {path}`.")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The key file {path} cannot be read: name another.") from error


def erasure_key_path(warehouse: Path) -> Path:
    """Return where the key of the list of erased people is, where no other key is set."""
    return warehouse.with_name(warehouse.name + ".erasure_key")


def erasure_key(warehouse: Path, *, is_needed: bool) -> bytes | None:
    """Return the key of the list of erased people: the first secret key, or one of its own.

    Where nobody set a key, one is made at random and kept beside the warehouse, for its owner
    alone: without any, the list would be one of ids that can be tried out.

    Raises
    ------
    InputError
        It `is_needed`, because there is such a list, and is gone.
    """
    if keys := secret_keys():
        return keys[0]
    path = erasure_key_path(warehouse)
    try:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        if is_needed:
            raise InputError(
                f"{path} is gone, without which nobody knows who was erased from {warehouse.name}:"
                " put it back."
            ) from None
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a key: put it back.") from error


def make_erasure_key(warehouse: Path) -> bytes:
    """Return the key of the list of erased people, made now if there is none."""
    if key := erasure_key(warehouse, is_needed=False):
        return key
    path = erasure_key_path(warehouse)
    # Threads of one build ask at the same time; all have to get the same key.
    return bytes.fromhex(made_once(path, secrets.token_hex(32).encode()).decode("ascii"))
