"""Ids as they come: numbers are their own keys, and any other text stands once beside its key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import duckdb
import pytest

from pipeline.runtime.masking import key_of_text
from pipeline.warehouse.publication import PUBLISHED_TABLES, published_path
from tests.conftest import HEADER, Store
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

USERS = [
    "7", "007", "0", "-1", "541312140", "541312140.0", "anna@example.org", "Anna@example.org",
    "0f8fad5b-d9cb-469f-a165-70867728950e", "12345e67", "\u00e9t\u00e9 \u6771", "it's, \"7\"",
    "7\t", "\u00a07",
    " anna@example.org", "\u00a0anna@example.org\ufeff", "Nullmeier",
    "4611686018427387903", "4611686018427387904", "99999999999999999999", "x" * 255,
]  # fmt: skip
NO_IDS = [
    "5.41312E+08", "2,05e-3", "541312140.5", "1,5", "x" * 256, "null", "Undefined",
    " NULL", "nan", "None", "n/a", "(not set)", "\u00a0",
]  # fmt: skip


def _write(bench: Workbench, name: str, users: list[str], *, repeats: int = 1) -> None:
    quoted = ['"' + user.replace('"', '""') + '"' for user in users]
    rows = [
        f"2019-10-{day + 1:02} 10:00:00 UTC,{kind},sku-{number},shoes,,acme,2.50,{user},{name}{day}"
        for number, user in enumerate(quoted)
        for day in range(repeats)
        for kind in ("view", "purchase")
    ]
    (bench.datasets / name).write_text("\n".join([HEADER, *rows]) + "\n")


def _texts(bench: Workbench, kind: str) -> dict[int, str]:
    return dict(
        bench.query(f"select id, id_text from core.texts_of_ids where kind = '{kind}' order by 1")
    )


def test_every_customer_is_who_the_file_says(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        _write(bench, "a.csv", USERS + NO_IDS)
        bench.load()
        numbers = {0, 7, -1, 541312140, 4611686018427387903}
        texts = {user.strip(" \t\u00a0\ufeff") for user in USERS} - {
            *map(str, numbers), "541312140.0",
        }  # fmt: skip
        users = {user for (user,) in bench.query("select distinct user_id from core.events")}
        assert users == numbers | {key_of_text(text) for text in texts}
        assert _texts(bench, "user") == {
            key_of_text(text): text for text in sorted(texts, key=key_of_text)
        }
        # Two spellings of one number are one customer.
        assert _texts(bench, "product")[key_of_text("sku-5")] == "sku-5"
        assert len(_texts(bench, "product")) == len(USERS)
        assert _texts(bench, "category") == {key_of_text("shoes"): "shoes"}
        assert bench.query(
            "select rejection_reason, count(*) from core.rejected_events group by 1 order by 1"
        ) == [("invalid_user", 2 * (len(NO_IDS) - 3)), ("missing_user", 2 * 3)]


def test_texts_are_kept_once_and_go_with_their_files(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        _write(bench, "a.csv", ["anna", "bert", "7"], repeats=3)
        bench.load()
        _write(bench, "b.csv", ["anna", "carl"], repeats=2)
        bench.load()
        assert sorted(_texts(bench, "user").values()) == ["anna", "bert", "carl"]
        _write(bench, "b.csv", ["anna", "8"])
        bench.load()
        assert sorted(_texts(bench, "user").values()) == ["anna", "bert"]
        (bench.datasets / "a.csv").unlink()
        (bench.datasets / "b.csv").unlink()
        assert bench.try_run(["a.csv"]) is None
        assert list(_texts(bench, "user").values()) == ["anna"]
        features = bench.query("select user_id, purchase_count from marts.user_features order by 1")
        assert features == [(8, 1), (key_of_text("anna"), 1)]


def test_texts_lead_from_the_files_to_the_report_and_can_be_joined(store: Store) -> None:
    """Half of the customers buy often, half look around; who they are, only the texts tell."""
    users = ["7", "007", *(f"{name}@example.org" for name in "ab"), str(UUID(int=5))]
    users += [f"user-{number:03}" for number in range(95)]
    lines = []
    for number, user in enumerate(users):
        for day in range(1, 13):
            moment = f"2019-10-{day + number % 7:02} 10:{number % 60:02}:00 UTC"
            kind = "purchase" if number % 2 and day % 3 else "view"
            fields = (
                moment,
                kind,
                f"sku-{day}",
                205,
                "a.b",
                "acme",
                number + 1,
                user,
                f"{user}/{day}",
            )
            lines.append(",".join(map(str, fields)))
    store.write("a.csv", *lines)
    finished = store.run("run", "--quiet", "--segments", "2")
    assert finished.code == 0, finished.errors
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as connection:
        found = connection.execute(
            "select coalesce(texts.id_text, users.user_id::text), segment_id, revenue"
            " from marts.user_segments as users"
            " inner join marts.user_features using (user_id)"
            " left join core.id_texts as texts on texts.kind = 'user' and texts.id = users.user_id"
        ).fetchall()
    assert sorted(user for user, *_ in found) == sorted(users)
    revenue = {user: paid for user, _, paid in found}
    assert revenue == {user: 8 * (n + 1) if n % 2 else 0 for n, user in enumerate(users)}
    segments = {user: segment for user, segment, _ in found}
    assert None not in segments.values()
    # The customers 7 and 007 are two, and of two kinds.
    assert segments["7"] != segments["007"]
    report = (store.reports / "report.md").read_text() + (store.reports / "report.html").read_text()
    assert not any(user in report for user in users if len(user) > 3)


def test_whole_numbers_keep_no_text(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        text = "2019-10-01 10:00:00 UTC,view,1,2053013555631882655,,acme,2.50,7,s"
        (bench.datasets / "a.csv").write_text(f"{HEADER}\n{text}\n")
        bench.load()
        assert bench.query("select * from core.texts_of_ids") == []


def test_readers_get_the_texts() -> None:
    assert ("core", "id_texts") in PUBLISHED_TABLES


@pytest.mark.long
def test_a_warehouse_from_before_texts_takes_them(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        _write(bench, "a.csv", ["7", "8"])
        bench.load()
        with duckdb.connect(str(bench.warehouse)) as connection:
            connection.execute("drop view if exists core.id_texts")
            connection.execute("drop table core.texts_of_ids")
            for column in ("lookups_fingerprint", "first_loaded_at"):
                connection.execute(f"alter table core.loaded_files drop column {column}")
            for rename in (
                "core.loaded_files rename column future_from to end_of_belief",
                "ops.suppressed rename column person_code to person_hash",
            ):
                connection.execute(f"alter table {rename}")
        _write(bench, "b.csv", ["007", "7"])
        assert bench.try_run() is None
        assert list(_texts(bench, "user").values()) == ["007"]
        found = "select user_id, purchase_count from marts.user_features order by all"
        step_by_step = bench.query(found)
        assert step_by_step == [(7, 2), (8, 1), (key_of_text("007"), 1)]
        bench.warehouse.unlink()
        bench.run()
        assert bench.query(found) == step_by_step
