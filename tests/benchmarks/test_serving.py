"""What the benchmark of the service says of its requests."""

from __future__ import annotations

from benchmarks.serving import HEADER, Asked


def test_a_row_has_the_percentiles_of_all_requests() -> None:
    asked = Asked([place / 1000 for place in range(1, 201)], errors=3)
    row = dict(zip(HEADER, asked.row("one client", 0.4, 2_000_000, 3_000_000), strict=True))
    assert row == {
        "what": "one client", "requests": "200", "p50 ms": "100.5", "p99 ms": "199.0",
        "processor ms each": "2.0", "errors": "3", "memory before": "2 MB", "after": "3 MB",
    }  # fmt: skip
