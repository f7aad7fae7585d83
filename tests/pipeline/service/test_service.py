"""What the service answers, on the publication of a whole run."""

from __future__ import annotations

import csv
import io
import re

import duckdb
import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Store

httpx = pytest.importorskip("httpx", reason="`make setup-serve` installs what `serve` needs")

# Says nothing of a customer.
OPEN_PATHS = {"/health"}

pytestmark = pytest.mark.slow


def _published(store: Store, query: str) -> list[dict]:
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as connection:
        done = connection.execute(query)
        names = [name for name, *_ in done.description]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


def test_a_customer_is_found_with_label_and_features(
    client: httpx.Client, demo_store: Store
) -> None:
    from pipeline.service.answers import Customer

    for row in _published(
        demo_store, "select * from marts.customers order by hash(user_id) limit 20"
    ):
        found = client.get(f"/customers/{row['customer_id']}")
        assert found.status_code == 200
        answer = found.json()
        for name in ("segment_id", "segment_name", "confidence", "lifecycle_state", "event_count"):
            assert answer[name] == row[name]
        assert answer["revenue"] == float(row["revenue"])
        assert answer["first_event_at"] == row["first_event_at"].isoformat()
        assert "user_id" not in answer
        assert Customer.model_validate(answer).model_dump(mode="json") == answer


@pytest.mark.parametrize(
    "unknown", ["1", "nobody@example.com", "-5", "1e400", "%F0%9F%98%80", "a/b"]
)
def test_an_id_that_is_unknown_is_404_and_not_repeated(client: httpx.Client, unknown: str) -> None:
    answer = client.get(f"/customers/{unknown}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "No customer of the publication has this id."}


def test_segments_are_those_of_the_profiles(client: httpx.Client, demo_store: Store) -> None:
    rows = _published(
        demo_store,
        "select segment_id, segment_name, user_count from marts.segment_profiles order by 1",
    )
    answer = client.get("/segments").json()
    assert [{name: each[name] for name in rows[0]} for each in answer] == rows


def test_pages_of_a_segment_have_each_customer_once(
    client: httpx.Client, demo_store: Store
) -> None:
    segment = client.get("/segments").json()[0]["segment_id"]
    expected = {
        row["customer_id"]
        for row in _published(
            demo_store, f"select customer_id from marts.customers where segment_id = {segment}"
        )
    }
    seen, cursor = [], None
    while True:
        place = {} if cursor is None else {"cursor": cursor}
        page = client.get(f"/segments/{segment}/customers", params={"limit": 100, **place}).json()
        seen += [customer["customer_id"] for customer in page["customers"]]
        assert len(page["customers"]) <= 100
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == expected


def test_a_wrong_segment_or_cursor_is_a_sentence(client: httpx.Client) -> None:
    missing = client.get("/segments/99/customers")
    assert (missing.status_code, missing.json()["detail"]) == (
        404,
        f"There is no segment 99: there are"
        f" {', '.join(str(each['segment_id']) for each in client.get('/segments').json())}.",
    )
    for cursor in ("x", "é", "MQ==MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        wrong = client.get("/segments/0/customers", params={"cursor": cursor})
        assert wrong.status_code == 422
    assert client.get("/segments/x/customers").status_code == 422
    assert client.get(f"/segments/{10**30}/customers").status_code in (404, 422)
    assert client.get("/segments/0/customers?limit=0").status_code == 422


def test_an_audience_is_the_file_that_export_writes(
    client: httpx.Client, demo_store: Store
) -> None:
    answer = client.get("/segments/0/audience.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    expected = _published(
        demo_store, "select customer_id from marts.customers where segment_id = 0"
    )
    assert {row["customer_id"] for row in rows} == {row["customer_id"] for row in expected}
    assert client.get("/segments/99/audience.csv").status_code == 404
    for wrong in ("nan", "-1", "2", "high"):
        asked = client.get("/segments/0/audience.csv", params={"min_confidence": wrong})
        assert asked.status_code == 422


def test_without_the_token_nothing_is_said_of_customers(client: httpx.Client) -> None:
    """Of every way to ask that the service itself lists, and of one that it has not."""
    paths = client.get("/openapi.json").json()["paths"]
    ways = [(method, path) for path, methods in paths.items() for method in methods]
    filled = [(method, re.sub(r"\{[^}]*\}", "0", path)) for method, path in ways]
    for method, path in [*filled, ("get", "/nothing")]:
        if path in OPEN_PATHS:
            continue
        for token in ("", "Bearer", "Bearer wrong", "Basic a-token-for-the-tests"):
            answer = client.request(method, path, headers={"Authorization": token})
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json() == {"detail": "Send the token: Authorization: Bearer ..."}
    assert client.get("/health", headers={"Authorization": ""}).status_code == 200


def test_health_and_metrics_say_what_is_served(client: httpx.Client, demo_store: Store) -> None:
    health = client.get("/health").json()
    count = _published(demo_store, "select count(*) as count from marts.user_segments")[0]["count"]
    assert (health["status"], health["customer_count"]) == ("ok", count)
    client.get("/customers/541312140")
    text = client.get("/metrics").text
    assert f"segments_customers {float(count)}" in text
    assert 'path="/customers/{customer_id}"' in text.replace(":path", "")
    assert "541312140" not in text


def test_openapi_has_an_example_of_each_way_to_ask(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert {
        "/customers/{customer_id}", "/segments", "/segments/{segment_id}/customers",
        "/segments/{segment_id}/audience.csv", "/score", "/health", "/metrics",
    } == document["paths"].keys()  # fmt: skip
    body = document["paths"]["/score"]["post"]["requestBody"]["content"]["application/json"]
    assert client.post("/score", json=body["example"]).json()["kept_count"] == 2
    assert document["components"]["schemas"]["Customer"]["example"]["segment_name"]


def test_the_page_of_the_service_shows_a_body_that_it_takes(client: httpx.Client) -> None:
    page = (ROOT / "docs" / "service.md").read_text()
    body = re.search(r"<<'EOF'\n(.*?)\nEOF", page, flags=re.DOTALL)[1]
    answer = client.post("/score", content=body)
    assert (answer.status_code, answer.json()["kept_count"]) == (200, 1)
    for path in client.get("/openapi.json").json()["paths"]:
        assert path.split("{", maxsplit=1)[0] in page
