"""Exports with their columns in another order that were put together into one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import HEADER
from tests.workbench import workbench

pytestmark = pytest.mark.slow

COLUMNS = HEADER.split(",")


def _line(user: int, columns: list[str]) -> str:
    fields = {
        "event_time": "2019-10-01 10:00:00 UTC", "event_type": "purchase", "product_id": "900",
        "category_id": "55", "category_code": "", "brand": '"Smith, Sons"', "price": "2.50",
        "user_id": str(user), "user_session": "s1",
    }  # fmt: skip
    return ",".join(fields.get(name, "more") for name in columns)


def test_lines_below_a_second_header_are_read_by_it_or_refused(tmp_path: Path) -> None:
    other = [*COLUMNS[7:], *COLUMNS[:7]]
    wider = [*COLUMNS, "extra"]
    with workbench(tmp_path) as bench:
        for name, columns in (("other.csv", other), ("wider.csv", wider)):
            (bench.datasets / name).write_text(
                "\n".join([
                    HEADER, _line(1, COLUMNS), _line(2, COLUMNS), ",".join(columns),
                    _line(3, columns), _line(4, columns), HEADER, _line(5, COLUMNS),
                    _line(6, COLUMNS), _line(7, COLUMNS),
                ])
            )  # fmt: skip
        bench.load()
        kept = bench.query(
            "select source_file, list(user_id order by user_id), count(distinct product_id),"
            " min(brand), sum(price)::text from core.event_lines where rejection_reason is null"
            " group by all order by all"
        )
        assert kept == [
            ("other.csv", [1, 2, 3, 4, 5, 6, 7], 1, "Smith, Sons", "17.50"),
            ("wider.csv", [1, 2, 5, 6, 7], 1, "Smith, Sons", "12.50"),
        ]
        refused = bench.query(
            "select source_file, line_number, rejection_reason from core.rejected_events"
            " order by all"
        )
        assert refused == [
            ("other.csv", 4, "repeated_header"),
            ("other.csv", 7, "repeated_header"),
            ("wider.csv", 4, "repeated_header"),
            ("wider.csv", 5, "below_other_header"),
            ("wider.csv", 6, "below_other_header"),
            ("wider.csv", 7, "repeated_header"),
        ]
