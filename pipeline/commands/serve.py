"""The `serve` command: labels of the last publication by HTTP."""

from __future__ import annotations

import importlib
import signal
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import Reporter
from pipeline.warehouse.publication import open_published

_NEEDED = ("fastapi", "uvicorn", "limits", "prometheus_client")
# Requests under way end before the process does.
_SECONDS_TO_END = 10


@dataclass(frozen=True)
class Listening:
    """Where the service listens, and for whom."""

    host: str
    port: int
    token_file: Path | None
    rate: str


def serve(warehouse: Path, listening: Listening, reporter: Reporter) -> None:
    """Answer requests until the process is asked to end.

    Raises
    ------
    InputError
        When a package is missing, nothing is published, or other machines would come in without a
        token that somebody chose.
    """
    _require_packages()
    from pipeline.service.access import service_token
    from pipeline.service.app import ServiceSettings, create_app

    # Before a token is put beside it.
    with open_published(warehouse):
        rate = _checked_rate(listening.rate)
    default = warehouse.with_name(warehouse.name + ".token")
    token, source = service_token(listening.host, listening.token_file, default)
    app = create_app(ServiceSettings(warehouse, token, rate))
    with _socket(listening) as opened:
        reporter.say(
            f"Serving http://{listening.host}:{listening.port}/ with the token of {source};"
            " stop with Ctrl+C."
        )
        _run(app, opened)


def _require_packages() -> None:
    for name in _NEEDED:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            raise InputError(
                f"`serve` needs {name}, which is not installed: run `make setup-serve`."
            ) from error


def _run(app: Any, opened: socket.socket) -> None:
    """Answer until a signal comes, then what is under way, and leave with exit code 0."""
    import uvicorn

    # The server hands the signal on to us when it has ended.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    # No log of requests: their paths have ids of customers.
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    uvicorn.Server(config).run(sockets=[opened])


def _socket(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    try:
        opened = socket.create_server(
            (listening.host, listening.port), family=family, backlog=2_048
        )
    except OSError as error:
        raise InputError(
            f"Port {listening.port} of {listening.host} cannot be used ({error.strerror}): name"
            " another with --port, or another --host."
        ) from error
    # Head and body of an answer are two writes: else the second waits 40 ms until the first is
    # acknowledged. Connections have it from the socket that accepts them.
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def _checked_rate(rate: str) -> str:
    from limits import parse_many

    try:
        parse_many(rate)
    except ValueError as error:
        raise InputError(f"--rate {rate!r} is not a rate: write it like 200/second.") from error
    return rate
