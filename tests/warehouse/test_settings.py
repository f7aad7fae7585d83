"""What is changed in the project takes effect at the next run, in everything that rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import HEADER
from tests.relations import contents
from tests.workbench import workbench

pytestmark = pytest.mark.slow

# One user with a long visit by day, one with events in the evening; the second month looks back.
LINES = [
    *(f"2019-10-05 10:00:0{n} UTC,view,{n},5,,acme,2.50,1,long" for n in range(6)),
    *(f"2019-10-05 {hour}:00:00 UTC,view,7,5,,acme,9.00,2,evening{hour}" for hour in (18, 19, 23)),
    "2019-11-05 18:30:00 UTC,purchase,7,5,,acme,9.00,2,later",
]


@pytest.mark.parametrize(
    ("former", "later"),
    [
        # Only the visits read these: all else has to follow.
        (
            {"max_session_events": 500, "night_start_hour": 19, "night_end_hour": 1},
            {"max_session_events": 5, "night_start_hour": 18, "night_end_hour": 0},
        ),
        pytest.param(
            {"max_events_a_day": 1000, "as_of": None},
            {"max_events_a_day": 5, "as_of": "2019-11-01"},
            marks=pytest.mark.long,
        ),
    ],
)
def test_changed_settings_give_what_a_build_from_scratch_gives(
    tmp_path: Path, former: dict[str, object], later: dict[str, object]
) -> None:
    with workbench(tmp_path, former) as bench:
        (bench.datasets / "events.csv").write_text("\n".join([HEADER, *LINES]) + "\n")
        bench.run()
        before = contents(bench.warehouse)
        bench.variables.update(later)
        bench.run()
        changed = contents(bench.warehouse)
        bench.warehouse.unlink()
        bench.run()
        built = contents(bench.warehouse)
    assert built["marts.user_features"] != before["marts.user_features"]
    for name, rows in built.items():
        assert changed[name] == rows, name


@pytest.mark.long
def test_a_view_that_is_edited_gives_what_a_build_from_scratch_gives(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        (bench.datasets / "events.csv").write_text("\n".join([HEADER, *LINES]) + "\n")
        bench.run()
        before = contents(bench.warehouse)
        # The visits are stored; what users did in a month is counted from a view of them.
        bench.edit("sessions", "        night_event_count,", "        0 as night_event_count,")
        bench.run()
        edited = contents(bench.warehouse)
        bench.warehouse.unlink()
        bench.run()
        built = contents(bench.warehouse)
    assert built["marts.user_features"] != before["marts.user_features"]
    for name, rows in built.items():
        assert edited[name] == rows, name
