"""Who moved, from the rows of the warehouse to the tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.migrations.disclosure import told_move
from pipeline.reporting.segment_report.migrations.facts import Migrations, gather_migrations
from pipeline.reporting.segment_report.migrations.registry import gather_registry

from .relations import model_row, write, write_texts
from .speech import blocks, rows, said

INTERNAL, PUBLIC = Policy(10), Policy(10, is_public=True)
OCTOBER, NOVEMBER, DECEMBER = (dt.date(2019, month, 1) for month in (10, 11, 12))
NAMES = {0: ("Window shoppers", "Curieux"), 1: ("Big <spenders>", "Gros | paniers")}


def went(
    former: int | str, later: int | str, count: int, **ends: Any
) -> dict[str, Any]:  # a reason instead of a segment
    """Return one row of `segment_migrations`: so many went from here to there."""
    places = {
        f"{end}_{what}": value if isinstance(value, kind) else None
        for end, value in (("from", former), ("to", later))
        for what, kind in (("segment_id", int), ("reason", str))
    }
    shared = {
        "kind": "month",
        "from_date": NOVEMBER,
        "to_date": DECEMBER,
        "from_version": 2,
        "to_version": 2,
        "sampled_share": 1.0,
    }
    return shared | places | {"user_count": count} | ends


MONTH = (
    went(0, 0, 700),
    went(0, 1, 100),
    went(1, 1, 150),
    went(1, 0, 50),
    went("too_few_events", 0, 30),
    # Why a customer has no segment does not matter here.
    went("automatic_traffic", 0, 10),
    went("too_few_events", 1, 20),
    went("not_seen_yet", 0, 60),
    went("not_seen_yet", 1, 40),
)


def named(segment_id: int, version: int, *names: str) -> dict:
    said = {
        language: {"segment_name": name}
        for language, name in zip(("en", "fr"), names, strict=False)
    }
    return {"segment_id": segment_id, "model_version": version, **said}


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *migrations: dict, policy: Policy = INTERNAL
) -> Facts:
    """Put these rows into the warehouse, and what may be told of them into the facts."""
    former = [named(at, 1, f"Old {at}") for at in (0, 1)]
    write_texts(marts, *former, *(named(at, 2, *names) for at, names in NAMES.items()))
    write(marts, "segment_migrations", *migrations)
    told = tuple(told_move(move, policy) for move in gather_migrations(marts).migrations)
    return replace(facts.having(migrations=Migrations(told)), policy=policy)


def test_rows_are_before_and_columns_after(marts, facts) -> None:
    migrations = blocks(found(marts, facts, *MONTH), "migrations")
    assert rows(migrations) == [
        ("Window shoppers", "700", "100"),
        ("Big <spenders>", "50", "150"),
        ("no segment", "40", "20"),
        ("not seen yet", "60", "40"),
    ]
    assert "Every customer is counted." in said(migrations)
    # 850 of 1,000.
    assert "Of those who had a segment before, 85.0% are still in it." in said(migrations)
    assert "hides" not in said(migrations)


def test_the_french_table(marts, facts) -> None:
    migrations = blocks(found(marts, facts, *MONTH), "migrations", "fr")
    assert [row[0] for row in rows(migrations)] == [
        "Curieux", "Gros | paniers", "sans segment", "pas encore vus",
    ]  # fmt: skip
    assert "Parmi ceux qui avaient un segment, 85,0 % y sont encore." in said(migrations)
    assert "Il n'y a qu'un modèle jusqu'ici" in said(migrations)


def test_only_the_latest_month_is_shown(marts, facts) -> None:
    earlier = went(0, 1, 5000, from_date=OCTOBER, to_date=NOVEMBER)
    migrations = blocks(found(marts, facts, earlier, *MONTH), "migrations")
    headings = [block.text for block in migrations if block.kind == "heading"]
    assert headings == ["From 2019-11-01 to 2019-12-01"]
    assert "5,000" not in str(rows(migrations))


def test_former_segments_keep_the_names_of_their_model(marts, facts) -> None:
    ends = {"kind": "model", "from_date": DECEMBER, "from_version": 1}
    migrations = blocks(
        found(marts, facts, went(1, 0, 90, **ends), went(0, 1, 60, **ends)), "migrations"
    )
    assert [row[0] for row in rows(migrations)] == ["Old 0", "Old 1"]
    assert "whoever moved was moved by the new model" in said(migrations)
    assert "There is one month so far" in said(migrations)
    assert "Of those who had a segment before, 0.0% are still in it." in said(migrations)


def test_a_sample_is_called_one(marts, facts) -> None:
    migrations = found(marts, facts, *(row | {"sampled_share": 0.125} for row in MONTH))
    assert "They are a sample, 12.5% of all customers" in said(blocks(migrations, "migrations"))
    assert "Il s'agit d'un échantillon, 12,5 % des clients" in said(
        blocks(migrations, "migrations", "fr")
    )


@pytest.mark.parametrize(("language", "mark"), [("en", "hidden"), ("fr", "masqué")])
def test_a_small_number_hides_others_in_public(marts, facts, language, mark) -> None:
    """9 went from the second segment to the first; whoever knows the totals could subtract."""
    migrations = [went(1, 0, 9) if row == went(1, 0, 50) else row for row in MONTH]
    shown = blocks(found(marts, facts, *migrations, policy=PUBLIC), "migrations", language)
    assert [row[1:] for row in rows(shown)] == [
        ("700", "100"), (mark, mark), (mark, mark), ("60", "40"),
    ]  # fmt: skip
    assert f"{mark}" in said(shown)
    assert "y sont encore" not in said(shown)
    assert "are still in it" not in said(shown)


def test_a_small_number_is_hidden_alone_inside_the_company(marts, facts) -> None:
    """850 of 959 stayed."""
    migrations = [went(1, 0, 9) if row == went(1, 0, 50) else row for row in MONTH]
    shown = blocks(found(marts, facts, *migrations), "migrations")
    assert [row[1:] for row in rows(shown)] == [
        ("700", "100"), ("hidden", "150"), ("40", "20"), ("60", "40"),
    ]  # fmt: skip
    assert "Of those who had a segment before, 88.6% are still in it." in said(shown)
    assert "“hidden” stands where fewer than 10 customers went that way." in said(shown)


def registered(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *segments: tuple[int, int, str, str]
) -> Facts:
    """Put segments into the registry: first version, last version, both names."""
    columns = ("segment_id", "first_model_version", "last_model_version")
    rows = [dict(zip(columns, (at, *row[:2]), strict=True)) for at, row in enumerate(segments)]
    write_texts(marts, *(named(at, row[1], *row[2:]) for at, row in enumerate(segments)))
    versions = sorted({version for first, last, *_ in segments for version in (first, last)})
    write(marts, "segment_model", *(model_row(0) | {"model_version": at} for at in versions))
    write(marts, "segment_registry", *rows)
    migrations = facts.sections["migrations"].migrations
    return facts.having(migrations=Migrations(migrations, gather_registry(marts)))


STAYED, LOST, FOUND = (
    (1, 3, "Buyers", "Acheteurs"),
    (1, 2, "Lookers", "Curieux"),
    (3, 3, "Hunters", "Chasseurs"),
)
# Lost with an earlier model: that was told then.
LONG_LOST = (1, 1, "Ghosts", "Fantômes")


def test_new_and_retired_segments_are_named(marts, facts) -> None:
    told = registered(marts, facts, STAYED, LOST, FOUND, LONG_LOST)
    english, french = (said(blocks(told, "migrations", language)) for language in ("en", "fr"))
    assert "New with model 3, with an id that no segment had before: “Hunters”." in english
    assert "still together: “Lookers”. The id is not given to another segment." in english
    assert "Nouveau avec le modèle 3" in french
    assert "encore ensemble : « Curieux »." in french
    assert "Ghosts" not in english
    assert "Buyers" not in english


def test_a_model_that_keeps_all_segments_says_so(marts, facts) -> None:
    told = registered(marts, facts, STAYED, LONG_LOST, (2, 3, "Hunters", "Chasseurs"))
    assert "each of model 2 has its successor, with the same id, in model 3" in said(
        blocks(told, "migrations")
    )
    assert "Aucun segment n'est nouveau" in said(blocks(told, "migrations", "fr"))


def test_segments_of_the_first_model_are_not_new(marts, facts) -> None:
    told = registered(marts, facts, (1, 1, "Buyers", "Acheteurs"))
    assert "New with" not in said(blocks(told, "migrations"))
    assert gather_registry(marts) == told.sections["migrations"].registry


def test_a_former_model_that_cannot_be_read_is_not_denied(marts, facts) -> None:
    told = registered(marts, found(marts, facts, *MONTH), STAYED, FOUND)
    assert "Model 1 reads a feature that is no longer there" in said(blocks(told, "migrations"))
    assert "There is one model so far" not in said(blocks(told, "migrations"))
