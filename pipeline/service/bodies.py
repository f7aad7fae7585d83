"""Events that are sent: from bytes of anybody to texts by column."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.service.errors import RequestError

MOST_EVENTS = 20_000
_SHAPE = 'Send {"events": [{"event_time": ..., "event_type": ..., ...}]}, each event an object.'


def events_of(body: bytes) -> Sequence[Mapping[str, str | None]]:
    """Return the events of a request, every value as the text that a file would have.

    Raises
    ------
    RequestError
        422 when the body is something else; the sentence repeats nothing of it.

    Examples
    --------
    >>> events_of(b'{"events": [{"user_id": 7, "price": 12.50, "brand": null}]}')
    [{'user_id': '7', 'price': '12.50', 'brand': None}]
    """
    try:
        # Numbers as they are written: a price has its decimals, an id all of its digits.
        document = json.loads(body, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise RequestError(422, f"The body is no JSON. {_SHAPE}") from error
    events = document.get("events") if isinstance(document, dict) else None
    if not isinstance(events, list) or not events:
        raise RequestError(422, f"There are no events in the body. {_SHAPE}")
    if len(events) > MOST_EVENTS:
        raise RequestError(422, f"More than {MOST_EVENTS:,} events are not taken at once.")
    return [_texts(place, event) for place, event in enumerate(events, start=1)]


def _texts(place: int, event: Any) -> dict[str, str | None]:
    if not isinstance(event, dict) or not event:
        raise RequestError(422, f"Event {place} is no object with values. {_SHAPE}")
    for name, value in event.items():
        if value is not None and not isinstance(value, str):
            raise RequestError(422, f"A value of event {place} is neither text, number nor null.")
        if not _is_text(name) or not _is_text(value or ""):
            raise RequestError(422, f"A text of event {place} has letters that no text has.")
    return event


def _is_text(value: str) -> bool:
    """Tell whether a text can be written as UTF-8 and has no NUL, which ends it for others."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
