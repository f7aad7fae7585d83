"""How sure labels are, from the rows of the warehouse to the sentences."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipeline.reporting.kit.disclosure import Policy, Total
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.label_stability.disclosure import told_label_stability
from pipeline.reporting.segment_report.label_stability.facts import gather_label_stability

from .relations import write
from .speech import blocks, rows, said

INTERNAL, PUBLIC = Policy(10), Policy(10, is_public=True)


def agreement(events: int, users: int, share: float, history: int = 120) -> dict[str, Any]:
    return {
        "event_count": events,
        "user_count": users,
        "agreement": share,
        "agreement_lower": share - 0.05,
        "agreement_upper": share + 0.05,
        "final_event_count": history,
    }


def part(users: int, between: int) -> Part:
    return Part(users, users, Decimal(0), between_count=between)


def found(
    marts: duckdb.DuckDBPyConnection,
    facts: Facts,
    segments: dict[int, Part],
    *curve: dict,
    policy: Policy = INTERNAL,
) -> Facts:
    """Put the curve into the warehouse; the segments have these members today."""
    if curve:
        write(marts, "label_agreement", *curve)
    parts = Parts(segments)
    between, labelled = parts.labelled.between_count, parts.labelled.user_count
    audience = replace(facts.audience, between=Total(between), between_share=between / labelled)
    label_stability = told_label_stability(gather_label_stability(marts, parts), parts, policy)
    return replace(facts.having(label_stability=label_stability), policy=policy, audience=audience)


CURVE = (agreement(5, 400, 0.3), agreement(8, 350, 0.55), agreement(20, 300, 0.82, history=90))
PARTS = {0: part(600, 120), 1: part(200, 30), 2: part(200, 0)}


def test_the_last_point_before_the_threshold_is_read(marts, facts) -> None:
    label_stability = found(marts, facts, PARTS, *CURVE)
    english, french = (
        said(blocks(label_stability, "label_stability", language)) for language in ("en", "fr")
    )
    assert (
        "350 customers with at least 90 events were labelled again by their first events alone, as"
        " if seen on the day after. At 8 events, the last point before the threshold of 10, 55.0%"
        " of them (50.0% to 60.0%) already had the label that all of their events give. Half have"
        " it from 8 events on, four in five from 20. These are the most active customers, and the"
        " model of today; others were not followed. If labels have to last, try a higher"
        " min_events, such as 20:"
    ) in english
    assert (
        "À 8 événements, dernier point avant le seuil de 10, 55,0 % d'entre eux (50,0 % à 60,0 %)"
        " avaient déjà le segment que donnent tous leurs événements. La moitié l'ont à partir de 8"
        " événements, quatre sur cinq à partir de 20."
    ) in french


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        ((agreement(10, 50, 0.2),), "Not even half have it at any of the points"),
        ((agreement(10, 50, 0.6),), "Half have it from 10 events on."),
        # Points beyond the threshold alone say nothing about it.
        ((agreement(20, 200, 0.9),), "label_stability_curve_missing"),
    ],
)
def test_how_soon_half_have_the_label(marts, facts, curve, expected) -> None:
    text = said(blocks(found(marts, facts, PARTS, *curve), "label_stability"))
    if expected == "label_stability_curve_missing":
        assert "were labelled again" not in text
        assert "Half have it from 20 events on, four in five from 20." in text
    else:
        assert expected in text


def test_points_of_few_customers_are_left_out(marts, facts) -> None:
    of_few = (agreement(5, 9, 1.0, history=80), agreement(6, 60, 0.05), agreement(8, 60, 0.9))
    points = (*of_few, agreement(10, 30, 0.6))
    inside = found(marts, facts, PARTS, *points).sections["label_stability"].agreements
    assert [one.event_count for one in inside] == [8, 10]
    label_stability = found(marts, facts, PARTS, *points, policy=PUBLIC)
    assert [one.event_count for one in label_stability.sections["label_stability"].agreements] == [
        10
    ]
    assert "30 customers with at least 120 events" in said(
        blocks(label_stability, "label_stability")
    )


def test_the_threshold_is_explained_by_the_weight_of_an_event(facts) -> None:
    for least, english, french in ((10, "10%", "10 %"), (3, "33.3%", "33,3 %")):
        told = replace(facts, min_events=least)
        assert f"a single event is more than {english} of all" in said(
            blocks(told, "label_stability")
        )
        text = said(blocks(told, "label_stability", "fr"))
        assert f"un seul événement pèse plus de {french} de tout" in text


def test_who_lies_between_is_counted_by_segment(marts, facts) -> None:
    label_stability = found(marts, facts, PARTS)
    english, french = (
        blocks(label_stability, "label_stability", language) for language in ("en", "fr")
    )
    assert (
        "150 customers, 15.0% of those with a segment, lie between two segments: their own centre"
        " is less than 10% nearer than the next one (confidence below 0.1)."
    ) in said(english)
    assert "(confiance inférieure à 0,1)" in said(french)
    assert rows(english) == [
        ("Big <spenders>", "30", "15.0%"),
        ("First-timers", "0", "0.0%"),
        ("Window shoppers", "120", "20.0%"),
    ]
    assert "A dash hides" not in said(english)


@pytest.mark.parametrize(
    ("policy", "first_timers"), [(INTERNAL, ("30", "15.0%")), (PUBLIC, (NOTHING, NOTHING))]
)
def test_a_few_between_hide_others_in_public(marts, facts, policy, first_timers) -> None:
    """The total is told above the table: of two segments, one hidden count would follow."""
    parts = {0: part(600, 120), 1: part(200, 4), 2: part(200, 30)}
    shown = rows(blocks(found(marts, facts, parts, policy=policy), "label_stability"))
    assert shown == [
        ("Big <spenders>", NOTHING, NOTHING),
        ("First-timers", *first_timers),
        ("Window shoppers", "120", "20.0%"),
    ]


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (Total(0), "No customer lies between two segments", "Aucun client ne se trouve entre deux"),
        (Total(None), "Fewer than 10 customers lie between", "Moins de 10 clients se trouvent"),
        (Total(None, is_exact=False), "is not shown, to protect", "n'est pas affiché"),
    ],
)
def test_nobody_and_a_few_are_told_apart(facts, count, english, french) -> None:
    told = replace(facts, audience=replace(facts.audience, between=count))
    assert english in said(blocks(told, "label_stability"))
    assert french in said(blocks(told, "label_stability", "fr"))
