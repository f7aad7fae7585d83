"""Prices with other marks than a decimal point: the right value, or the question."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import HEADER
from tests.workbench import workbench

pytestmark = pytest.mark.slow

FILES = {
    "german.csv": (["1.299,00", "899", "2.500", "12,5", "9,99", "12.50", "1299,9"], ",", "."),
    "swiss.csv": (["1'299.00", "899", "1'000'000.10", "1.2'3"], ".", "'"),
    "french.csv": (["1\u202f299,00", "899,99"], ",", "\u202f"),
    "american.csv": (["1,299.00", "2,500", "899"], ".", ","),
    "plain.csv": (["1299.00", "899", "0.999"], ".", None),
}
EXPECTED = {
    "german.csv": ["9.99", "12.50", "899.00", "1299.00", "1299.90", "2500.00"],
    "swiss.csv": ["899.00", "1299.00"],
    "french.csv": ["899.99", "1299.00"],
    "american.csv": ["899.00", "1299.00", "2500.00"],
    "plain.csv": ["1.00", "899.00", "1299.00"],
}
REFUSED = [
    ("german.csv", "invalid_price"),
    ("swiss.csv", "invalid_price"),
    ("swiss.csv", "price_above_maximum"),
]


def test_prices_are_read_by_the_marks_of_their_file(tmp_path: Path) -> None:
    with workbench(tmp_path) as bench:
        for name, (prices, _, _) in FILES.items():
            rows = [
                f"2019-10-01 10:00:00 UTC;purchase;1;5;;acme;{price};{number};s1"
                for number, price in enumerate(prices)
            ]
            text = "\n".join([HEADER.replace(",", ";"), *rows])
            (bench.datasets / name).write_text(text)
        bench.load()
        prices = dict(bench.query(
            "select source_file, list(price order by price) from core.event_lines"
            " where rejection_reason is null group by 1"
        ))  # fmt: skip
        assert prices == {name: list(map(Decimal, values)) for name, values in EXPECTED.items()}
        assert bench.query(
            "select source_file, rejection_reason from core.rejected_events order by all"
        ) == REFUSED  # fmt: skip
        marks = "select source_file, decimal_mark, thousands_mark from core.loaded_files"
        assert set(bench.query(marks)) == {
            (name, decimal, thousands) for name, (_, decimal, thousands) in FILES.items()
        }
