"""What the segments were worth, from the rows of the warehouse to the sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import duckdb
import pytest

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.value.charts import ValueCharts
from pipeline.reporting.segment_report.value.disclosure import told_values
from pipeline.reporting.segment_report.value.facts import gather_values

from .relations import segment_value, value_share, write
from .speech import blocks, figures_in, plain, rows, said

INTERNAL, PUBLIC = Policy(10), Policy(10, is_public=True)
OCTOBER, NOVEMBER, DECEMBER = (dt.date(2019, month, 1) for month in (10, 11, 12))
# 100 buyers among 1,000, who spend 100 x 30 + 200 x 4 + 700 x 1 = 4,500.
EVERYBODY = segment_value(NOVEMBER, "all", 1000, buyers=100, mean=4.5, returners=200)
SPENDERS = segment_value(
    NOVEMBER, 1, 100, buyers=60, mean=30.0, returners=80, lower=0.502, upper=0.6906
)
FIRST = segment_value(NOVEMBER, 2, 200, buyers=20, mean=4.0, returners=50)
LOOKERS = segment_value(NOVEMBER, 0, 700, buyers=20, mean=1.0, returners=70)
# A month that is over: another one followed.
OLD = segment_value(OCTOBER, 0, 300, buyers=300, mean=99.0, returners=300)
OLD_EVERYBODY = segment_value(OCTOBER, "all", 300, buyers=300, mean=99.0, returners=300)
SHARES = (
    value_share(OCTOBER, "segment", 300, 0.04),
    value_share(NOVEMBER, "segment", 1000, 0.3),
    value_share(NOVEMBER, "rfm_group", 1000, 0.2),
    value_share(NOVEMBER, "rfm_cell", 1000, 0.28),
    value_share(NOVEMBER, "boosting", 1000, 0.4),
)


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *values: dict, policy: Policy = INTERNAL
) -> Facts:
    """Put these rows into the warehouse, and what may be told of them into the facts."""
    write(marts, "segment_value", *values)
    write(marts, "value_shares", *SHARES)
    values = gather_values(marts)
    assert values is not None
    return replace(facts.having(value=told_values(values, policy)), policy=policy)


def test_the_latest_snapshot_with_an_outcome_speaks(marts, facts) -> None:
    values = found(marts, facts, OLD, OLD_EVERYBODY, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    english = said(blocks(values, "value"))
    assert "as they were on 2019-11-01" in english
    assert "1,000 customers had a segment then" in english
    assert (
        "“Big <spenders>” bought 6.0 times as often next month as the average: 60.0% of them"
        " against 10.0%. “Window shoppers” bought 0.29 times as often: 2.9% of them. In revenue"
        " per customer, “Big <spenders>” is worth 6.7 times the average, 30.00 against 4.50."
    ) in english
    french = said(blocks(values, "value", "fr"))
    assert (
        "la part d'acheteurs du segment « Gros | paniers » a été de 60,0 %, soit 6,0 fois la"
        " moyenne (10,0 %). Celle du segment « Curieux » a été de 2,9 %, soit 0,29 fois la moyenne."
        " Le chiffre d'affaires par client du segment « Gros | paniers » a été de 30,00, soit 6,7"
        " fois la moyenne (4,50)."
    ) in french


def test_what_the_model_has_seen_is_admitted(marts, facts) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    english, french = (said(blocks(values, "value", language)) for language in ("en", "fr"))
    assert (
        "bounds, axes and centres were learned on data up to 2019-12-01, which includes these"
        " months."
    ) in english
    assert "ont été appris sur les données jusqu'au 01/12/2019, qui comprennent ces mois" in french


def test_the_benchmark_reads_what_the_segments_read_and_rfm_may_lie_above(marts, facts) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    english, french = (said(blocks(values, "value", language)) for language in ("en", "fr"))
    assert "reads the features of the segments (3) and nothing else predicts 40.0%" in english
    assert "so RFM, which knows it, may lie above it" in english
    assert "RFM, qui les connaît, peut donc le dépasser" in french
    rich = replace(facts.model, feature_names=("log_revenue", "log_recency_days"))
    assert "RFM, which knows it" not in said(blocks(replace(values, model=rich), "value"))


def test_the_table_ends_with_the_average(marts, facts) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    first, *_, last = rows(blocks(values, "value"))
    assert first == (
        "Big <spenders>", "100", "60.0%", "50.2% to 69.1%", "6.0", "30.00", "15.00 to 60.00",
        "6.7", "80.0%",
    )  # fmt: skip
    assert last == ("Average", "1,000", "10.0%", "", "", "4.50", "", "", "20.0%")


def test_shares_stand_with_what_others_would_show(marts, facts) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    snapshots = [block for block in blocks(values, "value") if block.kind == "table"][-1]
    assert snapshots.rows == (
        ("2019-10-01", "300", "4.0% (2.0%)", NOTHING, NOTHING, NOTHING),
        ("2019-11-01", "1,000", "30.0% (15.0%)", "20.0% (10.0%)", "28.0% (14.0%)", "40.0%"),
    )


def history(found: Facts, language: str = "en") -> Table:
    """Return the table of all snapshot dates."""
    name = {"en": "2019-10-01", "fr": "01/10/2019"}[language]
    tables = [block for block in blocks(found, "value", language) if isinstance(block, Table)]
    return next(one for one in tables if name in one.headings)


def test_every_snapshot_is_shown_beside_the_latest(marts, facts) -> None:
    """In October 30 of 400 bought: 20 of 100, 10 of 200, and nobody of 100."""
    october = (
        segment_value(OCTOBER, "all", 400, buyers=30),
        segment_value(OCTOBER, 0, 100),
        segment_value(OCTOBER, 1, 100, buyers=20),
        segment_value(OCTOBER, 2, 200, buyers=10),
    )
    values = found(marts, facts, *october, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    assert history(values).headings == ("Segment", "2019-10-01", "2019-11-01")
    assert history(values).rows == (
        ("Big <spenders>", "2.7 (20.0%)", "6.0 (60.0%)"),
        ("First-timers", "0.67 (5.0%)", "1.0 (10.0%)"),
        ("Window shoppers", "0.00 (0.0%)", "0.29 (2.9%)"),
        ("Average", "7.5%", "10.0%"),
    )
    assert plain(history(values, "fr").rows[0][1]) == "2,7 (20,0 %)"


@pytest.mark.parametrize(
    ("policy", "column"),
    [
        (INTERNAL, [NOTHING, "1.0 (10.0%)", NOTHING, "9.8%"]),
        (PUBLIC, [NOTHING, "\u2013 (10.0%)", NOTHING, NOTHING]),
    ],
)
def test_a_few_buyers_of_an_earlier_snapshot_have_no_figure(marts, facts, policy, column) -> None:
    """9 of 100 bought; of the other 300, 30 did. A segment without anybody has no figure."""
    october = (
        segment_value(OCTOBER, "all", 400, buyers=39),
        segment_value(OCTOBER, 1, 100, buyers=9),
        segment_value(OCTOBER, 2, 300, buyers=30),
    )
    rows_of_all = (*october, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    values = found(marts, facts, *rows_of_all, policy=policy)
    assert [row[1] for row in history(values).rows] == column


def test_a_single_snapshot_has_no_table_of_its_own(marts, facts) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    assert "The same after every month" not in [
        block.text for block in blocks(values, "value") if block.kind == "heading"
    ]


@pytest.mark.parametrize(
    ("policy", "bought", "spent"), [(INTERNAL, "8.9%", "4.50"), (PUBLIC, NOTHING, NOTHING)]
)
def test_a_few_buyers_are_hidden_and_the_average_is_true_or_missing(
    marts, facts, policy, bought, spent
) -> None:
    """80 buyers without the 9 first-timers who bought: 10 % from the truth."""
    few = segment_value(NOVEMBER, 2, 200, buyers=9, mean=4.0, returners=50)
    everybody = segment_value(NOVEMBER, "all", 1000, buyers=89, mean=4.5, returners=200)
    values = found(marts, facts, everybody, SPENDERS, few, LOOKERS, policy=policy)
    shown = {row[0]: row for row in rows(blocks(values, "value"))}
    assert shown["First-timers"] == ("First-timers", "200", *[NOTHING] * 6, "25.0%")
    assert shown["Average"] == ("Average", "1,000", bought, "", "", spent, "", "", "20.0%")
    assert "fewer than 10 people did so" in said(blocks(values, "value"))


def test_a_few_buyers_leave_a_large_average_nearly_as_it_is(marts, facts) -> None:
    """9,000 buyers and 9 more of 12,000 customers: told as 9,000 of 12,000."""
    many = segment_value(NOVEMBER, 1, 11_000, buyers=9000, mean=30.0)
    few = segment_value(NOVEMBER, 2, 1000, buyers=9, mean=0.1)
    everybody = segment_value(NOVEMBER, "all", 12_000, buyers=9009, mean=27.51)
    shown = (
        found(marts, facts, everybody, many, few, policy=PUBLIC).sections["value"].latest.average
    )
    assert shown["buying"] == pytest.approx(9000 / 12_000)
    assert shown["revenue"] == pytest.approx(11_000 * 30 / 12_000)


@pytest.mark.parametrize(("policy", "rate"), [(INTERNAL, "91.0%"), (PUBLIC, NOTHING)])
def test_a_few_who_did_not_buy_hide_the_rate_alone_in_public_only(
    marts, facts, policy, rate
) -> None:
    nearly_all = segment_value(NOVEMBER, 1, 100, buyers=91, mean=30.0, returners=80)
    values = found(marts, facts, EVERYBODY, nearly_all, FIRST, LOOKERS, policy=policy)
    shown = {row[0]: row for row in rows(blocks(values, "value"))}
    assert (shown["Big <spenders>"][2], shown["Big <spenders>"][5]) == (rate, "30.00")


def test_where_nobody_bought_there_is_no_interval_of_0_to_0(marts, facts) -> None:
    nobody = segment_value(NOVEMBER, 0, 700, returners=70)
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, nobody)
    shown = {row[0]: row for row in rows(blocks(values, "value"))}
    assert shown["Window shoppers"][5:7] == ("0.00", NOTHING)
    chart = ValueCharts(figures_in(values)).revenue()
    assert chart is not None
    assert "Window shoppers: 0.00." in chart.alt


def response(found: Facts, name: str, language: str = "en") -> str:
    """Return what stands beside the recommended action of a segment."""
    segment = next(one for one in found.segments if one.names["en"] == name)
    return plain(figures_in(found, language).response(segment))


def test_size_and_past_response_stand_beside_the_action(marts, facts) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    assert response(values, "Big <spenders>") == (
        "Size today: 20 customers. Past response: of those in the segment on 2019-11-01, 60.0%"
        " bought in the month that followed, whatever the store did in it (10.0% of all with a"
        " segment)."
    )
    assert response(values, "Big <spenders>", "fr") == (
        "Effectif actuel : 20 clients. Réponse passée : parmi les clients du segment au"
        " 01/11/2019, 60,0 % ont acheté dans le mois qui a suivi, quelles qu'aient été les actions"
        " du magasin (contre 10,0 % pour l'ensemble des clients segmentés)."
    )


def test_a_response_of_few_is_not_shown_beside_the_action(marts, facts) -> None:
    few = segment_value(NOVEMBER, 2, 200, buyers=9, mean=4.0, returners=50)
    everybody = segment_value(NOVEMBER, "all", 1000, buyers=89, mean=4.5, returners=200)
    values = found(marts, facts, everybody, SPENDERS, few, LOOKERS)
    assert response(values, "First-timers") == (
        "Size today: 40 customers. The past response rests on too few people to be shown."
    )
    assert response(facts, "First-timers").endswith("No past response has been measured yet.")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "Dot and 95% interval for each segment, the average 10.0%. Big <spenders>: 60.0%"
            " (50.2% to 69.1%); First-timers: 10.0% (0.0% to 100.0%); Window shoppers: 2.9% (0.0%"
            " to 100.0%).",
        ),
        (
            "fr",
            "Point et intervalle à 95 % pour chaque segment ; moyenne : 10,0 %. Gros | paniers :"
            " 60,0 % (50,2 % à 69,1 %) ; Débutants : 10,0 % (0,0 % à 100,0 %) ; Curieux : 2,9 %"
            " (0,0 % à 100,0 %).",
        ),
    ],
)
def test_the_chart_is_told_in_words(marts, facts, language, expected) -> None:
    values = found(marts, facts, EVERYBODY, SPENDERS, FIRST, LOOKERS)
    chart = ValueCharts(figures_in(values, language)).buying()
    assert chart is not None
    assert chart.file().startswith(b"<svg xmlns=")
    assert chart.alt.replace("\u00a0", " ") == expected


def test_without_an_outcome_there_is_no_chart(facts) -> None:
    charts = ValueCharts(figures_in(facts))
    assert (charts.buying(), charts.revenue()) == (None, None)
