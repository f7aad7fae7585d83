"""What the attacker found in public reports, closed where it comes from."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pipeline.reporting.kit.disclosure import Policy, Total
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.changes.disclosure import told_changes
from pipeline.reporting.segment_report.changes.facts import Changes, Month
from pipeline.reporting.segment_report.changes.runs import SizeChange
from pipeline.reporting.segment_report.disclosure.buyers import untold_buyers
from pipeline.reporting.segment_report.disclosure.money import silence
from pipeline.reporting.segment_report.lifecycle.disclosure import told_lifecycle, untold_states
from pipeline.reporting.segment_report.lifecycle.facts import (
    STATES,
    Lifecycle,
    Rules,
    Snapshot,
    State,
)
from pipeline.reporting.segment_report.migrations.disclosure import untold_former
from pipeline.reporting.segment_report.migrations.facts import Move, Place
from pipeline.reporting.segment_report.pages.facts import Character, StateCount
from pipeline.reporting.segment_report.pages.told_states import told_states
from pipeline.reporting.segment_report.rules.disclosure import told_rules
from pipeline.reporting.segment_report.rules.facts import Rules as TreeRules
from pipeline.reporting.segment_report.rules.facts import SegmentRule
from pipeline.reporting.segment_report.value.disclosure import told_values
from pipeline.reporting.segment_report.value.facts import Estimate, SegmentValue, Values
from pipeline.reporting.segment_report.value.facts import Snapshot as Outcome

INTERNAL, PUBLIC = Policy(10), Policy(10, is_public=True)
DAY = dt.date(2019, 12, 1)


def _part(users: int, buyers: int, revenue: int) -> Part:
    return Part(users, buyers, Decimal(revenue))


def test_the_money_of_a_few_rich_keeps_that_of_another_segment_silent() -> None:
    """Nine have 39,000 of 300,000: three digits of the others would tell it to a hundredth."""
    parts = Parts(
        {0: _part(9, 9, 39_000), 1: _part(300, 300, 200_000), 2: _part(80, 80, 61_000)}, {}
    )
    assert silence(parts, INTERNAL).parts == {0}
    assert silence(parts, PUBLIC).parts == {0, 2}
    # Two of a few protect each other.
    both = Parts({**parts.segments, 3: _part(5, 5, 20_000)}, {})
    assert silence(both, PUBLIC).parts == {0, 3}


def test_the_money_of_a_few_without_a_segment_hides_the_sum() -> None:
    """Six who object spent 40,000 of 340,000: the sum of the segments would tell that."""
    segments = {0: _part(300, 300, 200_000), 1: _part(90, 90, 100_000)}
    parts = Parts(segments, {"objected": _part(6, 6, 40_000)})
    found = silence(parts, PUBLIC)
    assert found.hides_sum
    assert found.parts == {"objected", 1}
    assert not silence(parts, INTERNAL).hides_sum
    # So little that three digits of the sum leave it open.
    little = Parts(segments, {"objected": _part(6, 6, 100)})
    assert not silence(little, PUBLIC).hides_sum


def test_a_share_of_a_rule_that_tells_of_few_is_hidden_in_public() -> None:
    parts = Parts({0: _part(200, 50, 10), 1: _part(500, 50, 10)}, {})
    rules = TreeRules(
        0.9,
        (
            # 8 of 200 miss it; of those who meet it, 48 are of another.
            SegmentRule(0, {"en": "x"}, 0.8, 0.96, ()),
            # All meet it, and nobody else.
            SegmentRule(1, {"en": "y"}, 1.0, 1.0, ()),
        ),
    )
    told = told_rules(rules, parts, PUBLIC)
    assert [(one.precision, one.recall) for one in told.segments] == [(0.8, None), (1.0, 1.0)]
    assert told.fidelity == 0.9
    assert told_rules(rules, parts, INTERNAL) == rules


def _lifecycle(counts: tuple[int, ...], at_the_end: tuple[int, ...], repeated: int) -> Lifecycle:
    states = tuple(State(*pair, 0.1, 0.1) for pair in zip(STATES, counts, strict=True))
    return Lifecycle(Rules(20.0, repeated, 14, 1.5, 2, 4), states, 0, (Snapshot(DAY, at_the_end),))


def test_whoever_ordered_on_one_day_is_what_is_left_of_the_buyers() -> None:
    exact = _lifecycle((500, 30, 40, 20, 30, 80), (500, 30, 40, 20, 30, 80), repeated=193)
    for policy, told in ((INTERNAL, 193), (PUBLIC, None)):
        assert told_lifecycle(exact, policy, Total(700)).rules.repeat_buyer_count == told


def test_a_snapshot_of_the_same_day_tells_who_objects() -> None:
    exact = _lifecycle((500, 30, 40, 20, 30, 80), (500, 30, 37, 20, 30, 78), repeated=150)
    assert told_lifecycle(exact, INTERNAL, Total(700)).snapshots == exact.snapshots
    told = told_lifecycle(exact, PUBLIC, Total(700)).snapshots[0]
    assert told.counts == (None,) * 6


def test_few_who_did_not_buy_are_what_the_other_segments_leave_of_all_prospects() -> None:
    parts = Parts({0: _part(225, 221, 9), 1: _part(150, 60, 9), 2: _part(300, 0, 0)}, {})
    assert untold_buyers(parts, INTERNAL) == frozenset()
    assert untold_buyers(parts, PUBLIC) == {0, 1}


def test_states_of_a_segment_are_open_where_buyers_and_totals_are_told() -> None:
    """17 of 116 have bought, so 99 are prospects: hidden, they would protect nobody."""
    counts = {0: (99, 0, 0, 0, 2, 15), 1: (74, 12, 11, 21, 21, 85)}
    shown = {
        at: Character(
            states=tuple(StateCount(name, n, None) for name, n in zip(STATES, one, strict=True))
        )
        for at, one in counts.items()
    }
    parts = Parts({0: _part(116, 17, 10), 1: _part(224, 150, 10)}, {})
    told = told_states(shown, parts, PUBLIC)
    hidden = {at: [one.state for one in states if one.user_count is None]
              for at, states in told.items()}  # fmt: skip
    assert "prospect" not in hidden[0]
    assert {"lapsed", "lost"} <= set(hidden[0])
    assert len(hidden[1]) >= 2
    # A state whose size is hidden beside that of a small one is open in one segment at least.
    linked = told_states(shown, parts, PUBLIC, ("lapsed", "active"))
    assert any(
        {"lapsed"} <= {one.state for one in states if one.user_count is None}
        for states in linked.values()
    )
    exact = _lifecycle((173, 12, 11, 21, 9, 100), (0,) * 6, repeated=100)
    assert set(untold_states(exact, PUBLIC, Total(326))) == {"lapsed", "active"}
    assert untold_states(exact, INTERNAL, Total(326)) == ()


def _move(*rows: tuple[int, ...]) -> Move:
    former = (Place(0), Place(1), Place(None, is_seen=False))
    return Move(
        "month", DAY, dt.date(2020, 1, 1), 1, 1, former, (Place(0), Place(1)), rows, 0.9, 1.0, {}
    )


def test_few_newcomers_are_what_sizes_of_then_leave_of_those_of_now() -> None:
    few, many = _move((90, 10), (20, 200), (4, 3)), _move((90, 10), (20, 200), (40, 30))
    assert untold_former([few], PUBLIC) == {DAY: {0}}
    assert untold_former([many], PUBLIC) == {DAY: frozenset()}
    assert untold_former([few], INTERNAL) == {}
    rate = Estimate(0.5, 0.4, 0.6, 1.0)
    segments = tuple(SegmentValue(at, 100, 50, 50, rate, rate, rate) for at in (0, 1))
    exact = Values((Outcome(DAY, Total(200), {"buying": 0.5}, segments),), ())
    latest = told_values(exact, PUBLIC, untold_former([few], PUBLIC)).latest
    assert latest.user_count.count is None
    assert [one.user_count for one in latest.segments] == [None, 100]
    assert latest.segments[0].buying is None
    sizes = (SizeChange(0, 100, 110), SizeChange(1, 220, 213))
    changes = Changes(None, None, None, DAY, sizes)
    assert told_changes(changes, PUBLIC, {0}).sizes == sizes[1:]


def test_the_orders_of_few_buyers_are_theirs() -> None:
    month = Month(DAY, 200, 4, 7, Decimal(90))
    told = told_changes(Changes(month, None, None), INTERNAL).latest
    assert told is not None
    assert (told.buyer_count, told.order_count, told.revenue) == (None, None, None)
