"""Days on which the logging failed: a run says so, and they are in the ledger of the run."""

from __future__ import annotations

import pytest

from tests.conftest import Store

pytestmark = pytest.mark.slow


def test_a_run_names_the_days_on_which_the_logging_failed(store: Store) -> None:
    line = "2019-10-{:02d} {:02d}:{:02d}:00 UTC,view,10,500,,acme,10.00,{},s"
    counts = {1: 120, 2: 11, 4: 110, 5: 12, 6: 100}
    store.write(
        "a.csv",
        *(
            line.format(day, minute // 60, minute % 60, minute)
            for day, count in counts.items()
            for minute in range(count)
        ),
    )
    finished = store.run("etl")
    assert finished.code == 0, finished.errors
    warnings = [line for line in finished.errors.splitlines() if line.startswith("Warning")]
    assert warnings == [
        "Warning: 2019-10-02 has 11 events, less than a tenth of its neighbours.",
        "Warning: 2019-10-03 has 0 events, less than a tenth of its neighbours.",
    ]
    assert "353 lines: 353 kept, 0 repeated, 0 refused; 120 users, 0 of them automatic" in (
        finished.errors
    )
    ledger = "select new_file_count, file_count, line_count, gap_count from marts.run_ledger"
    assert store.query(ledger) == [(1, 1, 353, 2)]
