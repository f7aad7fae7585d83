"""What a report says of the run before, when more files have come in between."""

from __future__ import annotations

import re
from decimal import Decimal

import duckdb
import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import Store
from tests.warehouse.conftest import Disturbed

pytestmark = pytest.mark.slow

_TOTALS = """
select count(*), count(*) filter (order_count > 0), sum(revenue)
from marts.user_features where not is_automatic
"""
_SIZES = """
select segment_id, count(*) from marts.user_segments join marts.user_features using (user_id)
where not is_automatic group by segment_id order by segment_id
"""
_RUNS = "select run_started_at, former_run_started_at from ops.publication"


def _published(store: Store, sql: str) -> list[tuple]:
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_run_is_compared_with_what_was_published_before(disturbed: Disturbed) -> None:
    former, latest = disturbed.store, disturbed.undisturbed
    (before,), (after,) = _published(former, _TOTALS), _published(latest, _TOTALS)
    (until,) = _published(former, "select max(last_event_at)::date::text from core.loaded_files")[0]
    said = (latest.reports / "report.md").read_text()
    found = re.search(r"Since the run before, of data until (\S+): (\d+) files loaded; (.+)", said)
    assert found is not None
    # One that is new, one that changed, one that came again.
    assert (found[1], found[2]) == (until, "3")
    told = dict(
        zip(("customers", "buyers", "revenue"), found[3].rstrip(".").split("; "), strict=True)
    )
    new_buyers = abs(after[1] - before[1])
    for name, old, new in zip(told, before, after, strict=True):
        people = new_buyers if name == "revenue" else abs(new - old)
        if new == old:
            assert told[name] in (f"as many {name}", "the same revenue")
        elif people < 10:
            # No day is new, so that nobody but new buyers is known to have ordered since.
            assert told[name].startswith(f"{name} changed by too few")
        else:
            change = f"{100 * (float(new / old) - 1):+.1f}%".replace("-", "\u2212")
            assert told[name].endswith(f"({change})")


def test_each_run_notes_its_customers_by_segment(disturbed: Disturbed) -> None:
    """The rows of a run add up to all customers, and to their money to the cent."""
    latest = disturbed.undisturbed
    ((run, former),) = _published(latest, _RUNS)
    assert run > former
    assert _published(disturbed.store, _RUNS)[0][0] == former
    rows = f"from marts.run_segments where started_at = '{run}'"
    sums = f"select sum(user_count), sum(buyer_count), sum(revenue) {rows}"
    assert _published(latest, sums) == _published(latest, _TOTALS)
    assert _published(latest, f"select segment_id, user_count {rows} order by all") == _published(
        latest, _SIZES
    )
    assert isinstance(_published(latest, sums)[0][2], Decimal)
