"""The walk in docs/privacy.md: its commands run, and do what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from pipeline.privacy.people import people
from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Finished, Store, run_pipeline
from tests.traces import traces

# Three times everything is made anew.
pytestmark = pytest.mark.long

PAGE = (ROOT / "docs" / "privacy.md").read_text()
WALK = PAGE[PAGE.index("## A walk") : PAGE.index("## Erasure")]
ID = r"\b5\d{8}\b"
COMMANDS = re.findall(r"^python run_pipeline\.py (.*)$", WALK, flags=re.MULTILINE)


@pytest.fixture
def shop(demo_store: Store, tmp_path: Path) -> Store:
    """The synthetic store where `demo` puts it."""
    shop = Store(
        tmp_path / "warehouse" / "demo" / "datasets",
        tmp_path / "warehouse" / "demo.duckdb",
        tmp_path / "reports" / "demo",
    )
    shutil.copytree(demo_store.datasets, shop.datasets)
    shutil.copy(demo_store.warehouse, shop.warehouse)
    shutil.copy(published_path(demo_store.warehouse), published_path(shop.warehouse))
    return shop


def _run(command: str, text: str, folder: Path) -> Finished:
    """Run a command of the page for a customer of this store."""
    words = [
        str(folder / word) if re.match(r"(warehouse|reports)/", word) else word
        for word in shlex.split(re.sub(ID, text, command))
    ]
    finished = run_pipeline(*words)
    assert finished.code == 0, (command, finished.errors)
    return finished


def test_the_commands_of_the_walk_do_what_it_says(shop: Store, tmp_path: Path) -> None:
    first, *commands = COMMANDS
    assert first == "demo"
    steps = iter(commands)
    text = str(
        shop.query("select min(user_id) from marts.user_segments where segment_id is not null")[0][
            0
        ]
    )
    label = (
        "select segment_id is null, unsegmented_reason from marts.user_segments"
        f" where user_id = {text}"
    )
    count = "select count(*) from marts.user_features"
    customers = shop.query(count)[0][0]
    before = shop.query(label)
    assert before == [(False, None)]

    _run(next(steps), text, tmp_path)
    record = shop.reports / "record" / "record.en.md"
    assert f"Customers: {customers:,}." in record.read_text()

    _run(next(steps), text, tmp_path)
    answer = next((shop.reports / "privacy").glob("*.json"))
    assert json.loads(answer.read_text())["id"] == text

    _run(next(steps), text, tmp_path)
    assert shop.query(label) == [(True, "objected")]
    _run(next(steps), text, tmp_path)
    assert shop.query(label) == before

    finished = _run(next(steps), text, tmp_path)
    assert "core.event_lines" in finished.errors
    assert "rewritten without" in finished.errors
    (person,) = people([text])
    assert traces([tmp_path], person) == set()

    _run(next(steps), text, tmp_path)
    assert f"Customers: {customers - 1:,}." in record.read_text()
    assert next(steps, None) is None
    log = shop.query("select command, people_count from ops.privacy_log order by logged_at")
    assert log == [
        ("record", 0), ("export", 1), ("object", 1), ("object --withdraw", 1), ("forget", 1),
        ("record", 0),
    ]  # fmt: skip
