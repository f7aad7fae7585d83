"""Where a PostgreSQL database is, and how to name it without a secret."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from pipeline.runtime.errors import InputError

_SCHEMES = ("postgresql", "postgres")
_SECRETS = {"password", "sslpassword"}
_PAIR = re.compile(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|\S*)")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def checked_address(address: str) -> str:
    """Return an address of a database, or refuse it before anybody connects.

    Parameters
    ----------
    address : str
        A URL, or pairs such as `service=shop` or `host=db dbname=shop`, as libpq takes both.

    Raises
    ------
    InputError
        When it has a password, which others see in the list of processes, or is not an address.

    Examples
    --------
    >>> checked_address("postgresql://loader@db.example.com/shop")
    'postgresql://loader@db.example.com/shop'
    """
    if _has_secret(address):
        raise InputError(
            "The URL has a password, which every user of this machine can see: leave it out, put it"
            " into PGPASSWORD, a file named by PGPASSFILE or a service of PGSERVICEFILE, and change"
            " it."
        )
    if urlsplit(address).scheme not in _SCHEMES and not _PAIR.match(address):
        raise InputError(
            "The address of the database is neither a URL such as postgresql://user@host/database"
            " nor a service such as service=shop."
        )
    return address


def shown_address(address: str) -> str:
    """Return an address for messages: host and database of a URL, without its options.

    Examples
    --------
    >>> shown_address("postgresql://loader@db.example.com:5433/shop?sslmode=require")
    'db.example.com:5433/shop'
    >>> shown_address("service=shop")
    'service=shop'
    """
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES:
        return address
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}" or "the default server"


def checked_schema(schema: str) -> str:
    """Return the name of a schema that needs no quotes and is none of the server's own.

    Raises
    ------
    InputError
        When it is another.
    """
    if not _SCHEMA.fullmatch(schema) or schema.startswith("pg_") or schema == "information_schema":
        raise InputError(
            f"The schema {schema!r} cannot be loaded into: choose a name of small letters, digits"
            " and underscores with --schema, and none of the server's own."
        )
    return schema


def _has_secret(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme in _SCHEMES:
        names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        return ":" in parts.netloc.rpartition("@")[0] or bool(names & _SECRETS)
    return bool({name.lower() for name, _ in _PAIR.findall(address)} & _SECRETS)
