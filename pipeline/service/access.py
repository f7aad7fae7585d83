"""Who may ask: a token, where it comes from, and on which addresses the service listens."""

from __future__ import annotations

import ipaddress
import os
import secrets
import stat
from pathlib import Path

from pipeline.runtime.errors import InputError
from pipeline.runtime.private_files import made_once

TOKEN_VARIABLE = "AMAZING_TOKEN"
_SHORTEST_TOKEN = 16


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("::")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def service_token(host: str, token_file: Path | None, default_file: Path) -> tuple[str, str]:
    """Return the token and where it comes from.

    Parameters
    ----------
    host : str
        Where the service listens: other machines are let in only with a token that somebody chose.
    token_file : Path or None
        A file that holds it.
    default_file : Path
        Where one is kept that is made here, for this machine alone.

    Raises
    ------
    InputError
        When a token is missing, short, or in a file that others can read.
    """
    if given := os.environ.get(TOKEN_VARIABLE):
        return _checked(given, TOKEN_VARIABLE), TOKEN_VARIABLE
    if token_file is not None:
        return _read(token_file), str(token_file)
    if not is_loopback(host):
        raise InputError(
            f"Other machines reach {host}, so the service needs a token that you choose: put it"
            f" into {TOKEN_VARIABLE}, or name a file with --token-file."
        )
    try:
        made_once(default_file, (secrets.token_urlsafe(32) + "\n").encode())
    except OSError as error:
        raise InputError(f"No token can be kept in {default_file}: check the folder.") from error
    return _read(default_file), str(default_file)


def _read(path: Path) -> str:
    try:
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise InputError(f"Others can read the token in {path}: `chmod 600` it, and change it.")
        return _checked(path.read_text().strip(), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The token cannot be read from {path}: check the file.") from error


def _checked(token: str, source: str) -> str:
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
        raise InputError(
            f"The token of {source} is not text of at least {_SHORTEST_TOKEN} plain letters:"
            " `openssl rand -hex 32` makes one."
        )
    return token
