"""Bodies of anybody: each is answered, none with a 500."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.service.bodies import events_of
from pipeline.service.errors import RequestError

httpx = pytest.importorskip("httpx", reason="`make setup-serve` installs what `serve` needs")

_NASTY = [
    None, "", " ", "\\N", "NULL", "nan", True, False, 0, -0.0, 1e308, 10**400, -(2**63), 2**64,
    "0" * 400, "'; drop table core.events; --", "\ud800", "\0", "\u202e", "é" * 300, [], {}, [1],
    {"a": {"b": []}}, "2019-13-45", "2019-12-01 10:00:00 UTC", "9999-12-31 23:59:59", "1,5", "1e5",
    float("nan"), float("inf"), "view", "purchase", "refund", "-1", "\uff11\uff12", "\t7\t",
    "\ufeff7",
]  # fmt: skip
_COLUMNS = (
    "event_time", "event_type", "product_id", "category_id", "category_code", "brand", "price",
    "user_id", "user_session", "quantity", "colour", "", "EVENT_TIME",
)  # fmt: skip
_RAW = [
    b"", b"{", b"[]", b"null", b'"events"', b'{"events": 1}', b'{"events": []}', b"\xff\xfe",
    b'{"events": [[]]}', b"[" * 100_000, b'{"events": [{}]}', b'{"events": [{"a": "\\ud800"}]}',
    b'{"events": ' + b"[" * 5_000 + b"]" * 5_000 + b"}", b"NaN", b'{"events": [NaN]}',
]  # fmt: skip


def _bodies(count: int) -> list[bytes]:
    """Bodies of all kinds: raw bytes, wrong shapes, events with any value in any column."""
    chance = random.Random(20_191_001)
    good = {
        "event_time": "2019-12-01 10:00:00 UTC", "event_type": "view", "product_id": 1,
        "category_id": 2, "category_code": "a.b", "brand": "acme", "price": 1.5, "user_id": 7,
        "user_session": "s",
    }  # fmt: skip
    bodies = list(_RAW)
    while len(bodies) < count:
        events = []
        for _ in range(chance.randint(1, 3)):
            event = dict(good)
            for _ in range(chance.randint(1, 4)):
                event[chance.choice(_COLUMNS[:10])] = chance.choice(_NASTY)
            if chance.random() < 0.1:
                event[chance.choice(_COLUMNS)] = chance.choice(_NASTY)
            events.append(event)
        text = json.dumps({"events": events}).encode()
        if chance.random() < 0.2:
            place = chance.randrange(len(text))
            text = text[:place] + bytes([chance.randrange(256)]) + text[place + 1 :]
        bodies.append(text)
    return bodies


@pytest.mark.slow
def test_no_body_is_a_server_error(client: httpx.Client) -> None:
    _assert_no_error(client, 40)


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_a_thousand_bodies_are_no_server_error(client: httpx.Client) -> None:
    _assert_no_error(client, 1_000)


def _assert_no_error(client: httpx.Client, count: int) -> None:
    def status_of(body: bytes) -> int:
        answer = client.post("/score", content=body)
        answer.json()
        return answer.status_code

    bodies = _bodies(count)
    with ThreadPoolExecutor(4) as askers:
        found = list(zip(askers.map(status_of, bodies), bodies, strict=True))
    assert [body[:500] for status, body in found if status not in (200, 422)] == []
    assert {status for status, _ in found} == {200, 422}


@pytest.mark.parametrize("body", _RAW)
def test_what_is_no_list_of_events_is_a_sentence(body: bytes) -> None:
    with pytest.raises(RequestError) as caught:
        events_of(body)
    assert caught.value.status == 422
    assert "\n" not in caught.value.sentence


@pytest.mark.slow
def test_a_body_that_is_too_long_is_refused_as_it_comes(client: httpx.Client) -> None:
    assert client.post("/score", content=b" " * 9_000_000).status_code == 413

    def endless():
        for _ in range(20):
            yield b" " * 1_000_000

    assert client.post("/score", content=endless()).status_code == 413
