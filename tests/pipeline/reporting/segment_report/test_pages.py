"""The page of a segment, from the rows of the warehouse to what is read."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.document import sections
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.pages.disclosure import told_characters
from pipeline.reporting.segment_report.pages.facts import gather_characters
from pipeline.reporting.segment_report.profiles.facts import Trait

from .relations import write
from .speech import LANGUAGES, figures_in, plain, said

INTERNAL = Policy(10)
PARTS = Parts({0: Part(60, 12, 0), 1: Part(20, 20, 10_000, carter_count=15), 2: Part(40, 40, 2000)})


def favourite(kind: str, place: int, name: str | None, users: int, share: float) -> dict[str, Any]:
    return {
        "segment_id": 1,
        "kind": kind,
        "place": place,
        "shelf": name or "102",
        "has_name": name is not None,
        "user_count": users,
        "event_share": share,
        "everyone_share": share / 2,
    }


def contrast(feature: str, deviation: float | None) -> dict[str, Any]:
    return {
        "segment_id": 1,
        "feature_name": feature,
        "median_value": 8.0,
        "buyers_median": 2.0,
        "deviation": deviation,
    }


def found(marts: duckdb.DuckDBPyConnection, facts: Facts, policy: Policy = INTERNAL) -> Facts:
    write(
        marts, "segment_hours",
        {"segment_id": 1, "day_of_week": 1, "hour_of_day": 20, "visit_count": 30, "user_count": 12},
        {"segment_id": 1, "day_of_week": 7, "hour_of_day": 9, "visit_count": 10, "user_count": 9},
    )  # fmt: skip
    write(
        marts, "segment_favourites",
        favourite("category", 1, "phones", 15, 0.4), favourite("category", 2, None, 12, 0.2),
        favourite("category", 3, "rare", 9, 0.1), favourite("brand", 1, "acme", 11, 0.3),
        favourite("brand", 2, "all", 19, 0.2),
    )  # fmt: skip
    write(
        marts, "segment_states",
        {"segment_id": 1, "lifecycle_state": "active", "user_count": 16},
        {"segment_id": 1, "lifecycle_state": "lost", "user_count": 4},
        {"segment_id": 0, "lifecycle_state": "prospect", "user_count": 48},
        {"segment_id": 0, "lifecycle_state": "active", "user_count": 12},
    )  # fmt: skip
    write(
        marts, "segment_buyer_contrasts",
        contrast("order_count", 0.6), contrast("revenue", 0.9), contrast("session_count", 0.05),
        contrast("recency_days", -1.2), contrast("removal_rate", None),
        contrast("average_order_value", 0.01),
    )  # fmt: skip
    return facts.having(pages=told_characters(gather_characters(marts), PARTS, policy))


def page(facts: Facts, name: str, language: str = "en") -> list:
    parts = sections(figures_in(facts, language))["pages"].parts(is_folded=False)
    return list(next(one.blocks for one in parts if name in one.title))


def tables(found: list) -> dict[str, list[tuple[str, ...]]]:
    """Return the tables of a page by their first heading."""
    return {
        one.headings[0]: [tuple(map(plain, row)) for row in one.rows]
        for one in found
        if one.kind == "table"
    }


def test_a_page_says_when_they_come_what_they_like_and_where_they_stand(marts, facts) -> None:
    shown = page(found(marts, facts), "Big <spenders>")
    assert (
        "Monday has most visits, 75.0% of them. The busiest hour of the week begins on Monday at"
        " 20:00 (UTC)."
    ) in said(shown)
    by_heading = tables(shown)
    assert by_heading["Category"] == [
        ("phones", "40.0%", "20.0%"),
        ("without a name (id 102)", "20.0%", "10.0%"),
    ]
    assert by_heading["Brand"] == [("acme", "30.0%", "15.0%"), ("all", "20.0%", "10.0%")]
    # However near it is to that of the buyers.
    assert by_heading["Median"] == [("Order value", "8.00", "2.00")]
    assert by_heading["State"] == [
        ("Prospect", "0", "0.0%"),
        ("New", "0", "0.0%"),
        ("Active", "16", "80.0%"),
        ("At risk", "0", "0.0%"),
        ("Lapsed", "0", "0.0%"),
        ("Lost", "fewer than 10", "–"),  # noqa: RUF001
    ]


def test_an_hour_in_which_few_came_is_hidden(marts, facts) -> None:
    told = found(marts, facts)
    assert {at: one.share for at, one in told.sections["pages"][1].hours.items()} == {
        (1, 20): 0.75,
        (7, 9): None,
    }
    chart = sections(figures_in(told))["pages"].charts()["week_1"]
    rows = {row[0]: row[1:] for row in chart.table.rows}
    assert rows["20:00"] == ("75.0%", *["0.0%"] * 6)
    assert rows["9:00"] == (*["0.0%"] * 6, "–")  # noqa: RUF001


def test_beside_the_buyers_one_feature_of_a_topic_is_told(marts, facts) -> None:
    """Revenue and orders are one topic; what is near is not told, nor what nobody has."""
    exact = gather_characters(_with_contrasts(marts, facts))[1].contrasts
    assert exact == (Trait("recency_days", 8.0, 2.0, -1.2), Trait("revenue", 8.0, 2.0, 0.9))
    shown = said(page(found(marts, facts), "Big <spenders>"))
    assert "Revenue: 8.00, well above (2.00 for all buyers)" in shown
    assert "far below (2 for all buyers)" in shown


def _with_contrasts(marts: duckdb.DuckDBPyConnection, facts: Facts) -> duckdb.DuckDBPyConnection:
    found(marts, facts)
    return marts


def test_in_public_what_nearly_all_do_is_hidden_too(marts, facts) -> None:
    """Of 20 members 19 looked at one brand: the one who did not could be told."""
    told = found(marts, facts, Policy(10, is_public=True)).sections["pages"]
    assert [one.name for one in told[1].categories] == []
    assert [one.name for one in told[1].brands] == []
    counts = {one.state: one.user_count for one in told[1].states}
    assert counts["lost"] is None
    assert counts["active"] is None


def test_a_small_segment_has_no_page(marts, facts) -> None:
    told = found(marts, facts, Policy(30)).sections["pages"]
    assert set(told) == {0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_an_older_warehouse_has_what_is_known(facts, language) -> None:
    shown = page(facts, {"en": "Big <spenders>", "fr": "Gros | paniers"}[language], language)
    headings = [one.text for one in shown if one.kind == "heading"]
    expected = {
        "en": ["What to do", "What sets it apart from everyone", "Why it is called so",
               "The next month"],
        "fr": ["Que faire", "Ce qui le distingue de l'ensemble", "Pourquoi ce nom",
               "Le mois suivant"],
    }  # fmt: skip
    assert headings == expected[language]
    assert "Keep." in said(page(facts, "Big <spenders>"))


def test_every_card_opens_the_page_of_its_segment(facts) -> None:
    shown = sections(figures_in(facts))
    cards = next(one for one in shown["segments"].blocks() if one.kind == "cards").cards
    keys = [part.key for part in shown["pages"].parts(is_folded=False)]
    assert [card.link for card in cards] == keys
    colours = [part.colour for part in shown["pages"].parts(is_folded=False)]
    assert [card.colour for card in cards] == colours
