"""Ids as they come: numbers are their own keys, and any other text stands once beside its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.runtime.masking import key_of_text
from pipeline.warehouse.publication import PUBLISHED_TABLES
from tests.conftest import HEADER
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

USERS = [
    "7", "007", "0", "-1", "541312140", "541312140.0", "anna@example.org", "Anna@example.org",
    "0f8fad5b-d9cb-469f-a165-70867728950e", "12345e67", "\u00e9t\u00e9 \u6771", "it's, \"7\"",
    "4611686018427387903", "4611686018427387904", "99999999999999999999", "x" * 255,
]  # fmt: skip
NO_IDS = ["5.41312E+08", "2,05e-3", "541312140.5", "1,5", "x" * 256]


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
        texts = {
            user for user in USERS if user not in {*map(str, numbers), "541312140.0"}
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
            "select rejection_reason, count(*) from core.rejected_events group by 1"
        ) == [("invalid_user", 2 * len(NO_IDS))]


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


def test_whole_numbers_keep_no_text(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        text = "2019-10-01 10:00:00 UTC,view,1,2053013555631882655,,acme,2.50,7,s"
        (bench.datasets / "a.csv").write_text(f"{HEADER}\n{text}\n")
        bench.load()
        assert bench.query("select * from core.texts_of_ids") == []


def test_readers_get_the_texts() -> None:
    assert ("core", "id_texts") in PUBLISHED_TABLES
