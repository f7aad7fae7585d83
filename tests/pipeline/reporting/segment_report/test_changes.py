"""What changed, from the rows of the warehouse to the first screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipeline.reporting.kit.blocks import Tiles
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.changes.disclosure import told_changes
from pipeline.reporting.segment_report.changes.facts import Changes, gather_changes
from pipeline.reporting.segment_report.changes.runs import Growth, SinceRun, SizeChange
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


RUN = SinceRun(
    data_until=dt.date(2019, 12, 14),
    file_count=2,
    users=Growth(40, 4000, 40),
    buyers=Growth(-10, 500, 10),
    revenue=Growth(Decimal("12345.67"), Decimal("100000.00"), 10),
    has_other_model=False,
    sizes=(SizeChange(0, 100, 90), SizeChange(1, 100, 109)),
)


def since_run(
    facts: Facts, run: SinceRun, language: str = "en", policy: Policy = INTERNAL, **of_month: Any
) -> str:
    changes = Changes(None, None, None, since_run=run, **of_month)
    told = replace(facts, policy=policy).having(changes=told_changes(changes, policy))
    return plain(said(blocks(told, "changes", language)))


def test_what_changed_since_the_run_before_is_said(facts) -> None:
    said_of_it = since_run(facts, RUN, since=dt.date(2019, 12, 1))
    assert (
        "Since the run before, of data until 2019-12-14: 2 files loaded; customers +40 (+1.0%);"
        " buyers \u221210 (\u22122.0%); revenue +12.3k (+12.3%)." in said_of_it
    )
    # 9 more members are too few to be told.
    assert "Grew since that run" not in said_of_it
    assert "Shrank since that run: Window shoppers \u221210.0%." in said_of_it
    french = since_run(facts, RUN, "fr", since=dt.date(2019, 12, 1))
    assert "jusqu'au 14/12/2019 : 2 fichiers chargés ; clients +40 (+1,0 %)" in french


def test_what_few_people_changed_since_a_run_is_not_told(facts) -> None:
    few = replace(RUN, users=Growth(9, 4000, 9), revenue=replace(RUN.revenue, part=9))
    said_of_it = since_run(facts, few)
    assert "customers changed by too few to be told; buyers \u221210" in said_of_it
    assert "revenue changed by too few buyers to be told." in said_of_it
    assert "run before" not in since_run(facts, RUN, policy=Policy(10, is_public=True))


def test_segments_are_compared_with_a_run_of_the_same_month_and_model(facts) -> None:
    assert "since that run" not in since_run(facts, RUN, since=dt.date(2019, 12, 15))
    other = replace(RUN, has_other_model=True, sizes=())
    assert "The model was trained again since that run" in since_run(facts, other)


def test_a_run_that_changed_nobody_is_said(facts) -> None:
    same = replace(
        RUN,
        file_count=0,
        users=Growth(0, 4000, 0),
        buyers=Growth(0, 500, 0),
        revenue=Growth(Decimal(0), Decimal(100000), 0),
        sizes=(),
    )
    assert "nothing has come that changes a customer." in since_run(facts, same)
    one_file = replace(same, file_count=1)
    assert "1 file loaded; as many customers; as many buyers; the same revenue." in since_run(
        facts, one_file
    )
