"""What stands before every request: size, rate, token, and a count of what came of it."""

from __future__ import annotations

import hmac
import time
from collections import Counter
from typing import Any

from limits import RateLimitItem
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.service.metrics import Metrics

#: Answered without a token: nothing of them says anything about a customer.
OPEN_PATHS = frozenset({"/", "/health", "/openapi.json", "/page.js", "/page.css", "/favicon.ico"})


class TooLargeError(Exception):
    """A body that is longer than what is taken."""


class Rate:
    """How often each address has asked in the present window of time.

    All addresses share the window, so the counts of the last one are all that is ever kept. The
    storage of `limits` starts a thread at every request, which costs as much as the lookup.
    """

    def __init__(self, rate: RateLimitItem) -> None:
        self._most = rate.amount
        self._seconds = rate.get_expiry()
        self._window = 0
        self._counts: Counter[str] = Counter()

    def admits(self, client: str, now: float) -> bool:
        """Count one more request, and tell whether it is among those that are allowed."""
        window = int(now // self._seconds)
        if window != self._window:
            self._window = window
            self._counts.clear()
        self._counts[client] += 1
        return self._counts[client] <= self._most


class Guards:
    """A middleware that lets through what is small, rare and allowed enough."""

    def __init__(
        self, app: ASGIApp, *, token: str, rate: RateLimitItem, most_bytes: int, metrics: Metrics
    ) -> None:
        self._app = app
        self._token = token.encode()
        self._rate = Rate(rate)
        self._most_bytes = most_bytes
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            refusal = self._refusal(scope)
            if refusal is not None:
                await refusal(scope, receive, send_and_note)
                return
            await self._pass_on(scope, receive, send_and_note)
        finally:
            route = scope.get("route")
            path = getattr(route, "path", "other")
            self._metrics.note(scope["method"], path, status, time.perf_counter() - started)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                raise TooLargeError
            return message

        try:
            await self._app(scope, receive_some, send)
        except TooLargeError:
            await self._too_large()(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = {name.lower(): value for name, value in scope["headers"]}
        client = (scope.get("client") or ("unknown", 0))[0]
        if not self._rate.admits(client, time.monotonic()):
            return _answer(429, "Too many requests: wait a second.", {"retry-after": "1"})
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length[:20]) > self._most_bytes:
            return self._too_large()
        if scope["path"] in OPEN_PATHS or self._is_known(headers.get(b"authorization", b"")):
            return None
        return _answer(
            401, "Send the token: Authorization: Bearer ...", {"www-authenticate": "Bearer"}
        )

    def _is_known(self, authorization: bytes) -> bool:
        kind, _, token = authorization.partition(b" ")
        return kind.lower() == b"bearer" and hmac.compare_digest(token.strip(), self._token)

    def _too_large(self) -> JSONResponse:
        return _answer(413, f"The body is longer than {self._most_bytes:,} bytes.")


def _answer(status: int, sentence: str, headers: dict[str, Any] | None = None) -> JSONResponse:
    return JSONResponse({"detail": sentence}, status, headers)
