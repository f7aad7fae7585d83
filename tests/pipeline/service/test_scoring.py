"""Events that are sent get the label that the warehouse gave, or a reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from pipeline.service.scoring import Scorer, UnknownColumnError
from pipeline.warehouse.publication import published_path
from tests.conftest import Store

httpx = pytest.importorskip("httpx", reason="`make setup-serve` installs what `serve` needs")

pytestmark = pytest.mark.slow
_NAMES = (
    "segment_id", "segment_name", "unsegmented_reason", "lifecycle_state", "confidence",
    "distance", "next_segment_id", "next_distance", "model_version",
)  # fmt: skip
# Some of every segment and of every reason, and those whose lines were repeated or refused.
_SAMPLE = f"""
    select user_id::text, {", ".join(_NAMES)} from marts.user_segments
    qualify row_number() over (
        partition by segment_id, unsegmented_reason order by hash(user_id)
    ) <= 2
"""


def _event(**values: object) -> dict[str, object]:
    return {
        "event_time": "2019-12-30 10:15:00 UTC", "event_type": "view", "product_id": 1004856,
        "category_id": 2053013555631882655, "category_code": "", "brand": "acme",
        "price": 130.76, "user_id": 541312140, "user_session": "s1", **values,
    }  # fmt: skip


def test_raw_events_get_the_label_of_the_warehouse(
    client: httpx.Client, demo_store: Store, raw_events: dict[str, list[dict[str, str]]]
) -> None:
    with duckdb.connect(str(published_path(demo_store.warehouse)), read_only=True) as published:
        expected = published.execute(_SAMPLE).fetchall()
    assert len(expected) > 6
    for user_id, *label in expected:
        answer = client.post("/score", json={"events": raw_events[user_id]}).json()
        assert answer["label"] == dict(zip(_NAMES, label, strict=True))
        assert answer["reason"] == answer["label"]["unsegmented_reason"]


def test_repeated_lines_count_once(client: httpx.Client) -> None:
    answer = client.post("/score", json={"events": [_event(), _event(), _event(price=9)]}).json()
    assert (answer["kept_count"], answer["repeated_count"]) == (1, 2)
    assert (answer["reason"], answer["label"]["lifecycle_state"]) == ("too_few_events", "prospect")


def test_each_event_that_does_not_count_has_its_reason(client: httpx.Client) -> None:
    events = [
        _event(price=0), _event(), _event(event_type="purchased"), _event(event_time="yesterday"),
        _event(user_id=None), _event(event_time="2999-01-01 00:00:00 UTC"),
        _event(product_id="1.5"),
    ]  # fmt: skip
    answer = client.post("/score", json={"events": events}).json()
    assert [(each["place"], each["reason"]) for each in answer["refused"]] == [
        (1, "price_not_positive"), (3, "unknown_event_type"), (4, "invalid_time"),
        (5, "missing_user"), (6, "time_in_future"), (7, "invalid_product"),
    ]  # fmt: skip
    nothing = client.post("/score", json={"events": [_event(price=0)]}).json()
    assert (nothing["label"], nothing["reason"]) == (None, "no_event_counts")


def test_later_events_are_seen_from_the_day_after(client: httpx.Client) -> None:
    day = client.get("/health").json()["as_of"]
    earlier = client.post("/score", json={"events": [_event()]}).json()
    assert earlier["as_of"] == day
    later = client.post("/score", json={"events": [_event(event_time="2020-03-05 08:00:00")]})
    assert later.json()["as_of"] == "2020-03-06"


def test_one_request_leaves_nothing_for_the_next(client: httpx.Client) -> None:
    bought = [_event(event_type="purchase", event_time=f"2019-12-0{day} 10:00:00") for day in "123"]
    first = client.post("/score", json={"events": bought}).json()
    client.post("/score", json={"events": [_event(user_id=7)]})
    assert client.post("/score", json={"events": bought}).json() == first
    assert first["label"]["lifecycle_state"] != "prospect"


def test_events_of_two_customers_are_refused(client: httpx.Client) -> None:
    answer = client.post("/score", json={"events": [_event(), _event(user_id=2)]})
    assert answer.status_code == 422
    assert answer.json()["detail"] == "The events are those of 2 customers: send one at a time."


def test_columns_may_have_the_names_of_a_preset(demo_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "shop_marts.duckdb"
    shutil.copy(published_path(demo_store.warehouse), path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "update ops.scoring_queries set query ="
            ' replace(query, \'"user_id": [\', \'"user_id": ["visitorid", \')'
            " where name = 'columns'"
        )
    scorer = Scorer(path)
    event = {name: None if value is None else str(value) for name, value in _event().items()}
    found = scorer.score([{"VisitorId": event.pop("user_id"), **event}])
    with pytest.raises(UnknownColumnError):
        scorer.score([{"visitor": "7", **event}])
    scorer.close()
    assert (found.kept_count, found.label["user_id"]) == (1, 541312140)
