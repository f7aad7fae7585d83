"""Refused lines: their numbers in large files, and times that cannot be."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from tests.conftest import HEADER, Store

pytestmark = pytest.mark.slow


def test_refused_lines_of_large_files_have_their_number(store: Store) -> None:
    """Several row groups, read in parallel, of files with different orders of columns."""
    refused = {}
    for name, header in (("a.csv", HEADER), ("b.csv", ",".join(reversed(HEADER.split(","))))):
        lines = []
        for number in range(2, 300_002):
            price = "0.00" if number % 997 == 0 else "9.00"
            fields = ["2019-10-01 10:00:00 UTC", "view", str(number), "5", "", "", price, "1", name]
            line = ",".join(fields if name == "a.csv" else reversed(fields))
            lines.append(line)
            if price == "0.00":
                refused[name, number] = line
        store.write(name, *lines, header=header)
    assert store.run("etl", "--threads", "2").code == 0
    found = store.query("select source_file, line_number, raw_line from core.rejected_events")
    assert {(name, number): line for name, number, line in found} == refused


def test_times_before_the_first_and_after_the_file_are_refused(store: Store) -> None:
    """More than a day later than the date of the file and the day on which it is first read."""
    path = store.write(
        "a.csv",
        "1999-12-31 23:59:59 UTC,view,1,5,,,9.00,1,s",
        "2000-01-01 00:00:00 UTC,view,2,5,,,9.00,1,s",
        "2100-01-02 23:59:59 UTC,view,3,5,,,9.00,1,s",
        "2100-01-03 00:00:00 UTC,view,4,5,,,9.00,1,s",
    )
    changed = datetime(2100, 1, 1, 12, tzinfo=UTC).timestamp()
    os.utime(path, (changed, changed))
    assert store.run("etl").code == 0
    assert store.query(
        "select line_number, rejection_reason from core.rejected_events order by line_number"
    ) == [(2, "time_too_early"), (5, "time_in_future")]
