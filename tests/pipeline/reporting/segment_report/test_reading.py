"""Why the model reads what it reads, from the rows of the warehouse to the sentences."""

from __future__ import annotations

import datetime as dt
from math import log1p
from typing import Any

import duckdb

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.model_features.disclosure import told_reading
from pipeline.reporting.segment_report.model_features.facts import gather_reading

from .relations import model_row, write, write_redundancy
from .speech import blocks, plain, rows, said

OCTOBER, NOVEMBER, DECEMBER = (dt.date(2019, month, 1) for month in (10, 11, 12))


def alike(name: str, other: str, rho: float | None, without: float | None) -> dict[str, Any]:
    """Return one row of `feature_redundancy`: of a column that is read, and another one."""
    return {
        "feature_name": name,
        "model_feature_name": other,
        "is_read": True,
        "rank_correlation": rho,
        "rank_correlation_without_shared_zeros": without,
        "threshold": 0.9,
        "is_redundant": rho is not None and abs(rho) > 0.9,
        "sample_size": 20_000,
    }


def correlated(orders: float, recency: float, without: float | None = None) -> list[dict[str, Any]]:
    """Return how alike activity and the other two rank, and an unknown pair, in both directions.

    `without` is that of orders and of recency among those for whom not both are 0.
    """
    pairs = (
        ("activity", "log_order_count", orders),
        ("activity", "log_recency_days", recency),
        ("log_order_count", "log_recency_days", None),
    )
    return [
        alike(*names, rho, without if rho is not None and abs(rho) > 0.9 else None)
        for first, second, rho in pairs
        for names in ((first, second), (second, first))
    ]


def stability(feature: str, former: dt.date, later: dt.date, psi: float) -> dict[str, Any]:
    return {"feature_name": feature, "former_date": former, "later_date": later, "psi": psi}


def found(
    marts: duckdb.DuckDBPyConnection,
    facts: Facts,
    correlations: list[dict[str, Any]] | None,
    *stabilities: dict,
    **columns: Any,
) -> Facts:
    """Put these into the warehouse; the correlations may be those of its customers.

    Of 100 customers half have neither orders nor activity; among the others, more orders go with
    less activity.
    """
    marts.execute(
        "create table marts.segment_inputs as select user_id,"
        " if(user_id < 50, 0, user_id) as activity,"
        " if(user_id < 50, 0, 200 - user_id) as log_order_count,"
        " user_id % 7 as log_recency_days, true as is_eligible from range(100) as users (user_id)"
    )
    row = model_row(0, **columns)
    write(marts, "segment_model", row)
    if correlations is None:
        write_redundancy(marts, *row["feature_names"])
    else:
        write(marts, "feature_redundancy", *correlations)
    if stabilities:
        write(marts, "feature_stability", *stabilities)
    return facts.having(reading=told_reading(gather_reading(marts), Policy(10)))


def test_the_closest_pair_is_named_where_none_is_alike(marts, facts) -> None:
    reading = found(marts, facts, correlated(0.9, -0.95 + 0.5))
    english, french = (said(blocks(reading, "reading", language)) for language in ("en", "fr"))
    assert (
        "No: no two features rank customers alike (rank correlation above 0.9). The closest are"
        " “Activity” and “Orders (log)”, with 0.90."
    ) in english
    assert "Non : aucune paire d'indicateurs ne classe les clients de la même façon" in french
    assert "supérieure à 0,9" in french


def test_where_nothing_can_be_compared_no_pair_is_named(marts, facts) -> None:
    unknown = [row | {"rank_correlation": None} for row in correlated(0.1, 0.1)]
    reading = found(marts, facts, unknown)
    english, french = (said(blocks(reading, "reading", language)) for language in ("en", "fr"))
    assert "There are too few customers for a rank correlation of any two." in english
    assert "trop peu de clients pour une corrélation des rangs" in french
    assert {row[2:4] for row in every_column(reading)} == {(NOTHING, NOTHING)}


def test_shared_zeros_are_taken_away(marts, facts) -> None:
    english = said(blocks(found(marts, facts, correlated(0.95, -0.2, -1.0)), "reading"))
    assert (
        "That is so of: “Activity” and “Orders (log)”, 0.95, but \u22121.00 among the customers for"
        " whom not both are 0."
    ) in english
    assert "the two agree on who has nothing, and on little else" in english


def test_a_negative_correlation_is_likeness_too(marts, facts) -> None:
    english = said(blocks(found(marts, facts, correlated(0.1, -0.97, 0.2)), "reading"))
    assert "“Activity” and “Days since last event (log)”, \u22120.97, but" in english


def test_the_latest_and_the_largest_month_are_told(marts, facts) -> None:
    reading = found(
        marts,
        facts,
        correlated(0.1, 0.2),
        stability("activity", OCTOBER, NOVEMBER, 0.4),
        stability("activity", NOVEMBER, DECEMBER, 0.05),
        stability("log_order_count", OCTOBER, NOVEMBER, 0.01),
        stability("log_order_count", NOVEMBER, DECEMBER, 0.1),
        # A column that the model may read, and does not.
        stability("cart_rate", NOVEMBER, DECEMBER, 3.0),
    )
    english, french = (blocks(reading, "reading", language) for language in ("en", "fr"))
    assert "between the customers of 2019-11-01 and those of 2019-12-01" in said(english)
    assert "1 of 2 are stable." in said(english)
    assert "entre les clients du 01/11/2019 et ceux du 01/12/2019" in said(french)
    assert "1 sur 2 sont stables." in said(french)
    tables = [one for one in english if one.kind == "table"]
    assert tables[-1].rows == (("Orders (log)", "0.100", "0.100"), ("Activity", "0.050", "0.400"))


def test_all_that_is_stable_is_called_so(marts, facts) -> None:
    stable = stability("activity", NOVEMBER, DECEMBER, 0.0999)
    reading = found(marts, facts, correlated(0.1, 0.2), stable)
    assert "All are stable." in said(blocks(reading, "reading"))
    assert "Tous sont stables." in said(blocks(reading, "reading", "fr"))


def test_every_feature_answers_a_question(facts) -> None:
    shown = blocks(facts, "reading", "fr")
    assert "Le modèle lit 3 des indicateurs ci-dessous." in said(shown)
    assert rows(shown)[0][0] == "Activity"
    assert "Sont-ils encore là ?" in [row[1] for row in rows(shown)]


def every_column(found: Facts, language: str = "en") -> list[tuple[str, ...]]:
    """Return the table of all columns."""
    heading = {"en": "Ranks most like", "fr": "Classement le plus proche"}[language]
    tables = [one for one in blocks(found, "reading", language) if one.kind == "table"]
    (table,) = [one for one in tables if heading in one.headings]
    return [tuple(map(plain, row)) for row in table.rows]


def test_every_column_is_shown_with_what_speaks_for_it_and_against_it(marts, facts) -> None:
    """Orders fall where activity rises, but both are 0 for half of the customers."""
    reading = found(
        marts,
        facts,
        None,
        stability("log_order_count", NOVEMBER, DECEMBER, 0.25),
        feature_names=["activity", "log_recency_days"],
        lower_bounds=[0.5, 0.0],
        upper_bounds=[1234.5, log1p(6)],
        settings='{"clipping_quantile": 0.005}',
        training_user_count=2000,
    )
    shown = every_column(reading)
    assert [row[:2] for row in shown] == [
        ("Activity", "reads it"),
        ("Days since last event (log)", "reads it"),
        ("Orders (log)", "leaves it out"),
    ]
    assert shown[0][2] == "Days since last event (log)"
    assert shown[0][4:] == (NOTHING, "none", "0.50 to 1,234")
    assert shown[1][5:] == ("log(1 + x)", "0.00 to 6.00")
    # 50 zeros share the rank 25.5, 25 below the mean; the ranks of the others, 51 to 100, run
    # against each other: (31,250 + 31,250 - 10,412.5) / (31,250 + 31,250 + 10,412.5).
    assert shown[2][2:] == ("Activity", "0.71", "0.250", "log(1 + x)", NOTHING)
    assert every_column(reading, "fr")[2][:4] == (
        "Commandes (log)", "l'écarte", "Activity", "0,71",
    )  # fmt: skip


def test_bounds_that_may_be_one_customer_are_not_shown(marts, facts) -> None:
    """Of 1,999 customers 9.995 lie beyond a bound."""
    bounds = {"lower_bounds": [0.0] * 3, "upper_bounds": [1.0] * 3}
    settings = {"settings": '{"clipping_quantile": 0.005}', "training_user_count": 1999}
    reading = found(marts, facts, correlated(0.1, 0.2), **bounds, **settings)
    assert {row[-1] for row in every_column(reading)} == {NOTHING}
    assert "fewer than 10 training customers lie beyond each" in said(blocks(reading, "reading"))
    assert "Les bornes ne sont pas affichées" in said(blocks(reading, "reading", "fr"))
