"""The `serve` command: labels of the last publication by HTTP."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path

from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import Reporter

_LACKING = ("fastapi", "uvicorn", "limits", "prometheus_client")
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
    try:
        import uvicorn

        from pipeline.service.access import service_token
        from pipeline.service.app import ServiceSettings, create_app
    except ModuleNotFoundError as error:
        if error.name not in _LACKING:
            raise
        raise InputError(
            f"`serve` needs {error.name}, which is not installed: run `make setup-serve`."
        ) from error
    default = warehouse.with_name(warehouse.name + ".token")
    token, source = service_token(listening.host, listening.token_file, default)
    app = create_app(ServiceSettings(warehouse, token, _checked_rate(listening.rate)))
    reporter.say(
        f"Serving http://{listening.host}:{listening.port}/ with the token of {source};"
        " stop with Ctrl+C."
    )
    _let_the_server_end_in_order()
    # No log of requests: their paths have ids of customers.
    uvicorn.run(
        app,
        host=listening.host,
        port=listening.port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )


def _checked_rate(rate: str) -> str:
    from limits import parse_many

    try:
        parse_many(rate)
    except ValueError as error:
        raise InputError(f"--rate {rate!r} is no rate: write it like 200/second.") from error
    return rate


def _let_the_server_end_in_order() -> None:
    """Leave signals to the server: it answers what is under way, and hands the signal on to us."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
