"""The page of the service: its files, and its texts in the language that a browser asks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.reporting.service_page.words import page_words, preferred

_FOLDER = Path(__file__).with_name("page")
# Nothing but the page's own files, and nobody frames it.
_PAGE_HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}


def add_page(app: FastAPI) -> None:
    """Answer `/`, and what the page is made of."""

    @app.get("/", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        language = preferred(request.headers.get("accept-language", ""))
        headers = {**_PAGE_HEADERS, "content-language": language, "vary": "accept-language"}
        return HTMLResponse(_page(language), headers=headers)

    def add(path: str, name: str, kind: str) -> None:
        @app.get(path, include_in_schema=False)
        def file() -> FileResponse:
            return FileResponse(_FOLDER / name, media_type=kind, headers=_PAGE_HEADERS)

    add("/page.js", "page.js", "text/javascript")
    add("/page.css", "page.css", "text/css")


@cache
def _page(language: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("page.html.j2")
    return template.render(language=language, words=page_words(language))
