"""The service: which request is answered with what."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from limits import parse as parse_rate
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from pipeline.exports.customers import export_customers
from pipeline.exports.request import Filters, Target
from pipeline.runtime.errors import PipelineError
from pipeline.service import lookups
from pipeline.service.answers import (
    EVENTS_EXAMPLE,
    Customer,
    Health,
    Member,
    Members,
    Refusal,
    Scored,
    Segment,
)
from pipeline.service.bodies import events_of
from pipeline.service.errors import RequestError
from pipeline.service.guards import Guards
from pipeline.service.metrics import Metrics
from pipeline.service.pages import add_page
from pipeline.service.publication import CurrentPublication, OpenPublication
from pipeline.service.scoring import Score, UnknownColumnError
from pipeline.warehouse.publication import published_path

_SECONDS_BETWEEN_LOOKS = 1.0
_LONGEST_ID = 255
_LOOKUPS_AT_ONCE = os.cpu_count() or 1
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["events"],
                    "properties": {"events": {"type": "array", "items": {"type": "object"}}},
                },
                "example": EVENTS_EXAMPLE,
            }
        },
    }
}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal} for status in (401, 404, 413, 422, 429, 503)
}


@dataclass(frozen=True)
class ServiceSettings:
    """What is served, to whom, and how much of it at once.

    `rate` is what one address may ask, such as `200/second`.
    """

    warehouse: Path
    token: str
    rate: str = "200/second"
    most_bytes: int = 8_000_000


def create_app(settings: ServiceSettings) -> FastAPI:
    """Return the service of the publication of a warehouse.

    Raises
    ------
    InputError
        When nothing is published.
    PipelineError
        When the publication cannot be opened.
    """
    current = CurrentPublication(published_path(settings.warehouse))
    metrics = Metrics()
    app = FastAPI(
        title="Customer segments",
        description="Labels of the last publication, and of events that are sent.",
        version="1",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(current, metrics),
        responses=_REFUSALS,
    )
    app.add_middleware(
        Guards,
        token=settings.token,
        rate=parse_rate(settings.rate),
        most_bytes=settings.most_bytes,
        metrics=metrics,
    )
    _add_errors(app)
    _add_lookups(app, current)
    _add_audience(app, settings.warehouse)
    _add_scoring(app, current)
    _add_state(app, current, metrics)
    add_page(app)
    return app


def _lifespan(current: CurrentPublication, metrics: Metrics) -> Any:
    async def look_for_newer() -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            if await run_in_threadpool(current.renew):
                note()

    def note() -> None:
        with current.use() as publication:
            metrics.note_publication(publication.facts)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        note()
        looking = asyncio.create_task(look_for_newer())
        yield
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking
        current.close()

    return lifespan


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(RequestError)
    def refuse(_: Request, error: RequestError) -> JSONResponse:
        return JSONResponse({"detail": error.sentence}, error.status)

    @app.exception_handler(RequestValidationError)
    def refuse_value(_: Request, error: RequestValidationError) -> JSONResponse:
        # Not the value itself, which may be an id, or no JSON.
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        return JSONResponse({"detail": f"The value of {place} is not what it has to be."}, 422)


def _add_lookups(app: FastAPI, current: CurrentPublication) -> None:
    # More threads than processors only take turns, and every one of them waits longer.
    threads = ThreadPoolExecutor(_LOOKUPS_AT_ONCE, thread_name_prefix="lookup")

    @app.get("/customers/{customer_id:path}", response_model=Customer)
    async def customer(customer_id: str) -> JSONResponse:
        """Label and features of a customer, by the id as the files have it."""
        if len(customer_id) > _LONGEST_ID or "\0" in customer_id:
            raise RequestError(404, "No customer of the publication has this id.")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(threads, look_up, customer_id)

    def look_up(customer_id: str) -> JSONResponse:
        with current.use() as publication:
            found = lookups.customer(publication.cursor(), customer_id, publication.keys)
        return JSONResponse(found)

    @app.get("/segments")
    def segments() -> list[Segment]:
        """The segments of the current model."""
        with current.use() as publication:
            return [Segment(**row) for row in lookups.segments(publication.cursor())]

    @app.get("/segments/{segment_id}/customers")
    def members(
        segment_id: int,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
    ) -> Members:
        """Customers of a segment, some at a time."""
        with current.use() as publication:
            rows, following = lookups.members(publication.cursor(), segment_id, cursor, limit)
        return Members(customers=[Member(**row) for row in rows], next_cursor=following)


def _add_audience(app: FastAPI, warehouse: Path) -> None:
    @app.get("/segments/{segment_id}/audience.csv", response_class=FileResponse)
    def audience(
        segment_id: int, min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0
    ) -> FileResponse:
        """All customers of a segment as a file, the same that `export` writes."""
        folder = tempfile.TemporaryDirectory(prefix="audience")
        path = Path(folder.name) / "audience.csv"
        try:
            export_customers(
                warehouse,
                Filters((str(segment_id),), (), min_confidence, None),
                ("customer_id", "segment_name", "lifecycle_state", "confidence"),
                Target(path, "csv"),
            )
        except PipelineError as error:
            folder.cleanup()
            raise RequestError(404 if error.exit_code == 2 else 503, str(error)) from error
        return FileResponse(
            path,
            media_type="text/csv",
            filename=f"segment_{segment_id}.csv",
            background=BackgroundTask(folder.cleanup),
        )


def _add_scoring(app: FastAPI, current: CurrentPublication) -> None:
    @app.post("/score", openapi_extra=_BODY)
    async def score(request: Request) -> Scored:
        """Score the events of one customer, in the columns of the files, by the same SQL."""
        body = await request.body()
        return await run_in_threadpool(_score, body)

    def _score(body: bytes) -> Scored:
        events = events_of(body)
        with current.use() as publication:
            return _answer_of(_scored(publication, events))


def _scored(publication: OpenPublication, events: Any) -> Score:
    try:
        with publication.scorer() as scorer:
            found = scorer.score(events)
    except UnknownColumnError as error:
        raise RequestError(
            422, "An event has a column that the files of this store do not have."
        ) from error
    except PipelineError as error:
        raise RequestError(503, str(error)) from error
    if found.customer_count > 1:
        raise RequestError(
            422, f"The events are those of {found.customer_count} customers: send one at a time."
        )
    return found


def _answer_of(found: Score) -> Scored:
    label = found.label
    return Scored.model_validate(
        {
            "label": label,
            "reason": label["unsegmented_reason"] if label else "no_event_counts",
            "as_of": found.as_of,
            "kept_count": found.kept_count,
            "repeated_count": found.repeated_count,
            "refused": [{"place": place, "reason": why} for place, why in found.refused],
        }
    )


def _add_state(app: FastAPI, current: CurrentPublication, metrics: Metrics) -> None:
    started = datetime.now(UTC)

    @app.get("/health")
    def health() -> Health:
        """Whether the service answers, and from which publication."""
        with current.use() as publication:
            facts = asdict(publication.facts)
        facts.pop("state")
        return Health(status="ok", served_since=started, **facts)

    @app.get("/metrics", response_class=Response)
    def prometheus() -> Response:
        """Counts for Prometheus."""
        return Response(metrics.text(), media_type="text/plain; version=0.0.4")
