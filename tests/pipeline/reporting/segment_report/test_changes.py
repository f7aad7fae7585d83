"""What changed, from the rows of the warehouse to the first screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from pipeline.reporting.kit.blocks import Tiles
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.changes.disclosure import told_changes
from pipeline.reporting.segment_report.changes.facts import SizeChange, gather_changes
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.migrations.facts import Move, Place

from .relations import write
from .speech import blocks, plain, rows, said

INTERNAL = Policy(10)
OCTOBER, NOVEMBER, DECEMBER = (dt.date(2019, month, 1) for month in (10, 11, 12))


def month(at: dt.date, users: int, buyers: int, revenue: float, **columns: Any) -> dict[str, Any]:
    return {
        "visit_month": at,
        "user_count": users,
        "buyer_count": buyers,
        "order_count": 2 * buyers,
        "revenue": revenue,
        "is_whole": True,
        **columns,
    }


MONTHS = (
    month(NOVEMBER.replace(year=2018), 500, 50, 1000.0),
    month(OCTOBER, 2000, 100, 4000.0),
    month(NOVEMBER, 1500, 110, 1234567.0),
    month(DECEMBER, 10, 1, 5.0, is_whole=False),
)
MIGRATIONS = Move(
    kind="month",
    from_date=NOVEMBER,
    to_date=DECEMBER,
    from_version=1,
    to_version=1,
    former=(Place(0), Place(1), Place(2), Place(None)),
    later=(Place(0), Place(1), Place(2)),
    counts=((90, 10, 0), (0, 40, 0), (0, 0, 5), (9, 0, 0)),
    stayed=None,
    sampled_share=1.0,
    names={},
)


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *months: dict, policy: Policy = INTERNAL
) -> Facts:
    if months:
        write(marts, "store_months", *months)
    told = replace(facts, policy=policy)
    return told.having(changes=told_changes(gather_changes(marts, (MIGRATIONS,)), policy))


def test_the_last_whole_month_stands_beside_the_one_before_and_that_of_last_year(
    marts, facts
) -> None:
    shown = blocks(found(marts, facts, *MONTHS), "changes")
    assert "The last whole month of the data is November 2019." in said(shown)
    (tiles,) = [one.tiles for one in shown if isinstance(one, Tiles)]
    assert [(one.value, *one.changes) for one in tiles] == [
        ("1.5k", "\u221225.0% on October 2019", "+200.0% on November 2018"),
        ("110", "+10.0% on October 2019", "+120.0% on November 2018"),
        ("220", "+10.0% on October 2019", "+120.0% on November 2018"),
        ("1.23M", "+30,764.2% on October 2019", "+123,356.7% on November 2018"),
    ]
    # The exact figure is known where the short one is shown, and stands in the table.
    assert [getattr(one.value, "exact", one.value) for one in tiles] == [
        "1,500", "110", "220", "1,234,567.00",
    ]  # fmt: skip
    assert rows(shown)[0] == (
        "Customers who came",
        "1,500",
        "2,000",
        "500",
        "\u221225.0%",
        "+200.0%",
    )
    french = blocks(found(marts, facts, *MONTHS), "changes", "fr")
    assert "Le dernier mois complet des données est novembre 2019." in said(french)
    (tiles,) = [one.tiles for one in french if isinstance(one, Tiles)]
    assert plain(tiles[3].value) == "1,23 M"
    assert plain(tiles[0].changes[0]) == "\u221225,0 % par rapport à octobre 2019"


def test_segments_that_grew_and_shrank_are_named_the_largest_change_first(marts, facts) -> None:
    """Segment 1 grows from 40 to 50 and segment 0 shrinks from 100 to 99; segment 2 is small."""
    shown = said(blocks(found(marts, facts, *MONTHS), "changes"))
    assert "Grew since 2019-11-01: Big <spenders> +25.0%." in shown
    assert "Shrank since 2019-11-01: Window shoppers \u22121.0%." in shown
    assert "First-timers" not in shown
    changes = gather_changes(marts, (MIGRATIONS,))
    assert changes.sizes == (SizeChange(0, 100, 99), SizeChange(1, 40, 50), SizeChange(2, 5, 5))


def test_without_a_month_or_a_former_one_a_sentence_says_so(marts, facts) -> None:
    begun = said(blocks(found(marts, facts, MONTHS[-1]), "changes"))
    assert "holds no whole month yet" in begun
    first = said(blocks(found(marts, facts, MONTHS[1]), "changes"))
    assert "nothing to compare it with yet" in first
    # A month later than the one before it is not compared: what happened between is not known.
    gap = blocks(found(marts, facts, MONTHS[0], MONTHS[1]), "changes")
    assert "nothing to compare it with yet" in said(gap)
    unknown = facts.having(changes=told_changes(gather_changes(marts, ()), Policy(10)))
    assert "No earlier month end is known" in said(blocks(unknown, "changes"))


@pytest.mark.parametrize(
    ("buyers", "is_public", "shown", "revenue"),
    [
        (9, False, "fewer than 10", "–"),  # noqa: RUF001
        (1495, False, "1,495", "7.00"),
        (1495, True, "not shown", "7.00"),
    ],
)
def test_few_buyers_are_not_told(marts, facts, buyers, is_public, shown, revenue) -> None:
    policy = Policy(10, is_public)
    few = found(marts, facts, MONTHS[1], month(NOVEMBER, 1500, buyers, 7.0), policy=policy)
    table = {row[0]: row[1] for row in rows(blocks(few, "changes"))}
    assert (table["Customers who bought"], table["Revenue"]) == (shown, revenue)


def test_an_older_warehouse_has_no_months(marts, facts) -> None:
    assert "holds no whole month yet" in said(blocks(found(marts, facts), "changes"))
