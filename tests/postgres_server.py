"""A PostgreSQL server of its own for the tests, in a temporary folder."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

USER = "loader"


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `password` belongs to its only user."""

    port: int
    password: str

    def address(self, user: str = USER, database: str = "postgres") -> str:
        """Return the URL of a database, without the password."""
        return f"postgresql://{user}@localhost:{self.port}/{database}"

    @contextmanager
    def connection(self, user: str = USER, password: str | None = None) -> Iterator[Any]:
        """Open a connection that begins a transaction with its first query."""
        import adbc_driver_postgresql.dbapi as driver

        secret = self.password if password is None else password
        address = f"postgresql://{user}:{secret}@localhost:{self.port}/postgres"
        with driver.connect(address) as connection:
            yield connection

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of one query."""
        with self.connection() as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def execute(self, *statements: str) -> None:
        """Run statements in one transaction."""
        with self.connection() as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            connection.commit()


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server, and stop it at the end; skip where there is no PostgreSQL."""
    programs = _programs()
    as_user = _unprivileged()
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        password = secrets.token_urlsafe(12)
        (folder / "password").write_text(password)
        if as_user:
            for path in (folder, folder / "password"):
                shutil.chown(path, as_user[-2])
        _run(
            [
                *as_user, str(programs / "initdb"), "--pgdata", f"{name}/data", "--username", USER,
                "--auth", "scram-sha-256", "--pwfile", f"{name}/password", "--no-sync",
            ],
            folder,
        )  # fmt: skip
        port = _free_port()
        options = f"-p {port} -k {name} -c fsync=off -c listen_addresses=localhost"
        control = [*as_user, str(programs / "pg_ctl"), "--pgdata", f"{name}/data"]
        _run([*control, "--wait", "-o", options, "-l", f"{name}/log", "start"], folder)
        try:
            yield PostgresServer(port, password)
        finally:
            _run([*control, "--wait", "--mode", "immediate", "stop"], folder)


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if found:
        return Path(found).resolve().parent
    if not folders:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    return folders[-1]


def _unprivileged() -> list[str]:
    """Return what runs a command as somebody else than root, whom the server refuses."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None or not shutil.which("runuser"):
        pytest.skip("PostgreSQL does not run as root, and there is nobody else to run it as")
    return ["runuser", "-u", user, "--"]


def _run(command: list[str], folder: Path) -> None:
    # Not through a pipe: the server would keep it open.
    with (folder / "output").open("w") as output:
        finished = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
    assert finished.returncode == 0, (folder / "output").read_text()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return found.getsockname()[1]
