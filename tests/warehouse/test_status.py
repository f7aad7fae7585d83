"""What `status` shows: the figures of the ledger, and why lines of a file were refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import xxhash

from tests.conftest import HEADER, ROOT, Store
from tests.described_json import described_keys, keys_of

pytestmark = pytest.mark.slow

GOOD = "2019-10-01 10:00:{:02d} UTC,view,10,500,,acme,10.00,1,s1"
LINE = "2019-10-01 10:00:00 UTC,view,10,500,,acme,10.00,1,s1"
# By reason, in the order in which they are looked for: how often, and a line that has it alone.
REFUSED = {
    "empty_line": (3, b""),
    "invalid_text": (1, LINE.replace("acme", "caf\xe9").encode("latin-1")),
    "unclosed_quote": (1, LINE.replace("acme", '"acme').encode()),
    "repeated_header": (2, HEADER.encode()),
    "below_other_header": (0, b""),
    "wrong_column_count": (1, b"2019-10-01 10:00:00 UTC,view,10"),
    "ignored_event_type": (0, b""),
    "missing_user": (1, LINE.replace(",1,s1", ",,s1").encode()),
    "invalid_user": (1, LINE.replace(",1,s1", ",5.41312E+08,s1").encode()),
    "missing_time": (1, LINE.removeprefix("2019-10-01 10:00:00 UTC").encode()),
    "invalid_time": (1, LINE.replace("2019-10", "2019-13").encode()),
    "time_too_early": (2, LINE.replace("2019", "1970").encode()),
    "time_in_future": (1, LINE.replace("2019", "2100").encode()),
    "missing_product": (1, LINE.replace(",10,500", ",,500").encode()),
    "invalid_product": (1, LINE.replace(",10,500", ",10.5,500").encode()),
    "missing_event_type": (1, LINE.replace("view", "").encode()),
    "unknown_event_type": (1, LINE.replace("view", "look").encode()),
    "missing_price": (4, LINE.replace("10.00,", ",").encode()),
    "invalid_quantity": (0, b""),
    "invalid_price": (1, LINE.replace("10.00,", "free,").encode()),
    "price_not_positive": (1, LINE.replace("view", "purchase").replace("10.00,", "0.00,").encode()),
    "price_above_maximum": (
        2, LINE.replace("view", "purchase").replace("10.00,1,", "10000.50,541312140,").encode()
    ),
}  # fmt: skip
REFUSED_COUNT = 27


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two files: one with every reason, and 30 good lines before them; one of which all is good."""
    folder = tmp_path_factory.mktemp("status")
    store = Store(folder / "datasets", folder / "w.duckdb", folder / "reports")
    bad = [line for count, line in REFUSED.values() for _ in range(count)]
    good = [GOOD.format(second).encode() for second in range(26)]
    good += [
        GOOD.replace("view", "purchase").replace(",1,s1", ",2,s2").format(second).encode()
        for second in range(4)
    ]
    store.write("good.csv", LINE.replace("view", "purchase"), LINE.replace("view", "purchase"))
    (store.datasets / "bad.csv").write_bytes(b"\n".join([HEADER.encode(), *good, *bad]) + b"\n")
    finished = store.run("etl", "--quiet")
    assert finished.code == 0, finished.errors
    return store


def _cells(output: str) -> list[list[str]]:
    """Return the cells of the rows of all plain tables, without empty ones, heads and titles."""
    return [row for line in output.splitlines() if len(row := re.split("  +", line.strip())) > 2]


def _size(path: Path) -> str:
    """Return the size of a file of a few kilobytes as people write it."""
    size = path.stat().st_size
    return f"{size / 1000:.1f} kB" if size >= 1000 else f"{size} bytes"


def test_every_reason_that_there_is_is_tried() -> None:
    macro = (ROOT / "dbt_project" / "macros" / "rules" / "rejection_reason.sql").read_text()
    assert list(REFUSED) == re.findall(r"then '(\w+)'", macro)
    assert sum(count for count, _ in REFUSED.values()) == REFUSED_COUNT


def test_the_tables_have_the_figures_of_each_file_and_of_all(loaded: Store) -> None:
    status = loaded.run("status", "--files")
    assert status.code == 0, status.errors
    bad, good = loaded.datasets / "bad.csv", loaded.datasets / "good.csv"
    ((loaded_at,),) = loaded.query(
        "select distinct strftime(loaded_at, '%Y-%m-%d %H:%M') from core.loaded_files"
    )
    day = "2019-10-01"
    assert [row for row in _cells(status.output) if row[0] != "file"] == [
        ["bad.csv", "57", "30", "0", "27", "40.00", "20,001.00", "20.00", day, day],
        ["good.csv", "2", "1", "1", "0", "10.00", "0.00", "0.00", day, day],
        ["all", "59", "31", "1", "27", "50.00", "20,001.00", "20.00", day, day],
        *(
            [path.name, _size(path), xxhash.xxh3_128_hexdigest(path.read_bytes())[:12], loaded_at]
            for path in (bad, good)
        ),
    ]


def test_a_file_has_every_reason_with_its_count_its_first_line_and_the_text_without_ids(
    loaded: Store,
) -> None:
    status = loaded.run("status", "--file", "bad.csv")
    assert status.code == 0, status.errors
    first_line, expected = 32, []
    for reason, (count, line) in REFUSED.items():
        if not count:
            continue
        text = line.decode("utf-8", "backslashreplace").replace("541312140", "***")
        text = text.replace("5.41312E+08", "***")
        expected.append([reason, str(count), str(first_line), text])
        first_line += count
    # The most frequent first, then by name.
    expected.sort(key=lambda row: (-int(row[1]), row[0]))
    # Where a line tells its customer and session, these are hidden too, however short they are.
    _, head, *lines = status.output.splitlines()
    assert head.split() == ["reason", "lines", "first", "the", "line,", "with", "ids", "hidden"]
    found = [re.split("  +", line, maxsplit=3) for line in lines]
    # An empty line is shown as nothing.
    found = [[*row, ""][:4] for row in found]
    assert list(map(_hidden, found)) == list(map(_hidden, expected))
    assert "acme,,***,***" in status.output
    assert "541312140" not in status.output


def test_a_file_without_refused_lines_says_so(loaded: Store) -> None:
    status = loaded.run("status", "--file", "good.csv")
    assert (status.code, status.output) == (0, "good.csv: no line was refused.\n")


def test_a_file_that_is_not_loaded_is_an_error(loaded: Store) -> None:
    status = loaded.run("status", "--file", "nobody.csv")
    assert status.code == 2
    assert "No file nobody.csv is loaded" in status.errors


def _hidden(row: list[str]) -> list[str]:
    text = row[3]
    for ids in (",1,s1", ",***,s1", ",,s1", ",,***", ",user_id,user_session"):
        text = text.replace(ids, ",***,***")
    return [*row[:3], text]


def test_one_screen_says_what_is_there(loaded: Store) -> None:
    status = loaded.run("status")
    assert status.code == 0, status.errors
    said = status.output
    assert len(said.splitlines()) <= 24
    for text in (
        "2 with 59 lines: 31 kept, 1 repeated, 27 refused",
        "revenue 50.00 kept, 20,001.00 refused",
        "fewer than 10 users",
        "none is trained",
        "nothing yet",
    ):
        assert text in said
    assert ["bad.csv", "57", "30", "27", "2019-10-01"] in _cells(said)


def test_for_scripts_there_is_json_with_the_same_figures(loaded: Store) -> None:
    status = loaded.run("status", "--json")
    assert status.code == 0, status.errors
    said = json.loads(status.output)
    assert said["schema_version"] == 1
    assert (said["published"], said["model"], said["segments"]) == (None, None, [])
    # Two users: fewer than may be counted.
    assert said["last_run"]["user_count"] is None
    assert [file["source_file"] for file in said["files"]] == ["bad.csv", "good.csv"]
    assert said["totals"]["line_count"] == 59
    assert said["totals"]["refused_revenue"] == "20001.00"
    content = (loaded.datasets / "bad.csv").read_bytes()
    assert said["files"][0]["fingerprint"] == xxhash.xxh3_128_hexdigest(content)
    assert said["files"][0]["first_event_at"] == "2019-10-01T10:00:00Z"
    assert said["files"][0]["size_bytes"] == len(content)


def test_the_keys_of_the_json_are_those_that_are_described(demo_store: Store) -> None:
    status = demo_store.run("status", "--json")
    assert status.code == 0, status.errors
    assert keys_of(json.loads(status.output)) == described_keys("status")
