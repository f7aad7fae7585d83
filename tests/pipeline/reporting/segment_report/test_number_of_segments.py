"""How the number of segments was chosen, from the rows of the warehouse to the sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import pytest

from ml.choice_of_k.selection import THRESHOLDS
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.number_of_segments.facts import gather_number_of_segments

from .relations import model_row, write
from .speech import blocks, plain, rows, said

JUDGED = {
    "prediction_strength": 0.9,
    "smallest_jaccard": 0.8,
    "smallest_share": 0.1,
    "silhouette_gain": 0.1,
    "silhouette_gain_error": 0.01,
    "inertia_gain": 0.1,
    "inertia_gain_error": 0.01,
}


def found(
    marts: duckdb.DuckDBPyConnection, facts: Facts, *evaluations: dict[str, float], **columns: Any
) -> Facts:
    """Put a model into the warehouse; the first evaluation is that of two segments."""
    jaccards = columns.pop("jaccards", (0.9, 0.7, None))
    verdicts = columns.pop("verdicts", {2: "natural"})
    segments = (
        model_row(at, bootstrap_jaccard=jaccard, **columns) for at, jaccard in enumerate(jaccards)
    )
    figures = [
        {
            "model_version": 2,
            "k": k,
            "criterion": criterion,
            "value": value,
            "verdict": verdicts.get(k),
            "threshold": THRESHOLDS.get(criterion),
        }
        for k, row in enumerate(evaluations or (JUDGED,), start=2)
        for criterion, value in row.items()
    ]
    write(marts, "segment_model", *segments)
    write(marts, "model_evaluation", *figures)
    return facts.having(number=gather_number_of_segments(marts))


@pytest.mark.parametrize(
    ("verdict", "english", "french"),
    [
        (
            "natural",
            "The verdict: natural. The segments come back in other samples, and they are more"
            " separate than any cut through invented customers",
            "Le verdict : naturel. Les segments reviennent dans d'autres échantillons, et ils sont"
            " mieux séparés que tout découpage de clients inventés",
        ),
        (
            "reproducible",
            "The verdict: reproducible. The segments come back in other samples, so two analysts"
            " would find the same ones.",
            "Le verdict : reproductible. Les segments reviennent dans d'autres échantillons : deux"
            " analystes trouveraient les mêmes.",
        ),
        (
            "constructive",
            "The verdict: constructive. Other customers of the same store would be cut elsewhere,"
            " so these segments are made, not found.",
            "Le verdict : construit. D'autres clients du même magasin seraient découpés autrement"
            " : ces segments sont construits, non découverts.",
        ),
        (
            None,
            "trained before there was a verdict on it",
            "Le modèle actuel est antérieur au verdict",
        ),
    ],
)
def test_the_verdict_of_the_model_is_said(marts, facts, verdict, english, french) -> None:
    choice = found(marts, facts, verdict=verdict)
    assert english in said(blocks(choice, "number"))
    assert french in said(blocks(choice, "number", "fr"))


def test_every_number_has_its_own_verdict(marts, facts) -> None:
    """Of five segments there is none, as of all numbers in an older model."""
    choice = found(
        marts,
        facts,
        JUDGED,
        JUDGED | {"silhouette_gain": 0.02},
        JUDGED | {"prediction_strength": 0.79},
        {"prediction_strength": 0.9},
        verdict="natural",
        verdicts={2: "natural", 3: "reproducible", 4: "constructive"},
    )
    own = choice.sections["number"]
    assert own.verdicts == {2: "natural", 3: "reproducible", 4: "constructive"}
    last = {
        language: [block for block in blocks(choice, "number", language) if block.kind == "table"]
        for language in ("en", "fr")
    }
    assert last["en"][0].rows[-1] == ("Verdict", "natural", "reproducible", "constructive", "")
    assert last["fr"][0].rows[-1][1:] == ("naturel", "reproductible", "construit", "")


def test_who_would_choose_what(marts, facts) -> None:
    choices = [
        {"criterion": "silhouette", "k": 3},
        {"criterion": "inertia", "k": 4},
        {"criterion": "a_new_one", "k": 4},
    ]
    choice = found(marts, facts, choices=choices, verdict="natural")
    english, french = (blocks(choice, "number", language) for language in ("en", "fr"))
    assert rows(english) == [
        (
            "Inertia",
            "How far are customers from the centre of their segment?",
            "the knee of the curve",
            "4",
        ),
        ("Silhouette", "Is the own segment nearer than the next?", "the largest", "3"),
        ("a new one", "", "", "4"),
    ]
    assert "The criteria disagree, as they do on any real customers: 1 × 3, 2 × 4." in said(english)  # noqa: RUF001
    assert "Les critères ne s'accordent pas" in said(french)
    assert "Tous les nombres de 2 à 5 ont été essayés." in said(french)


def test_the_value_out_of_time_has_its_row_and_its_choice(marts, facts) -> None:
    choices = [{"criterion": "out_of_time_value", "k": 4}]
    choice = found(marts, facts, choices=choices, verdict="natural")
    evaluations = {
        k: row | {"out_of_time_value": k / 20} for k, row in facts.model.evaluations.items()
    }
    told = replace(choice, model=replace(facts.model, evaluations=evaluations))
    who, figures, *_ = [one for one in blocks(told, "number") if one.kind == "table"]
    assert who.rows == (
        (
            "Next month explained",
            "How much of next month's revenue do the segments explain, beyond chance?",
            "the largest",
            "4",
        ),
    )
    assert ("Next month explained", "10.0%", "15.0%", "20.0%", "25.0%") in figures.rows
    who, figures, *_ = [one for one in blocks(told, "number", "fr") if one.kind == "table"]
    assert [row[0] for row in who.rows] == ["Mois suivant expliqué"]
    assert "Mois suivant expliqué" in [row[0] for row in figures.rows]


@pytest.mark.parametrize(
    ("chosen_by", "english", "french"),
    [
        ("rule", "of what customers spend next? It chose 3.", "Elle a retenu 3."),
        (
            "user",
            "3 was set by hand, not by the rule; the figures for every k are in the table.",
            "Le nombre 3 a été fixé à la main, non par la règle",
        ),
    ],
)
def test_who_chose_is_said(facts, chosen_by, english, french) -> None:
    told = replace(facts, model=replace(facts.model, chosen_by=chosen_by))
    assert english in said(blocks(told, "number"))
    assert french in said(blocks(told, "number", "fr"))
    assert "Every number from 2 to 5 was tried." in said(blocks(told, "number"))


@pytest.mark.parametrize(
    ("rule", "english", "french"),
    [
        (4, "The rule alone would have taken 4.", "La règle seule aurait pris 4."),
        (3, "The rule alone would have taken 3 as well.", "aurait pris 3, elle aussi."),
    ],
)
def test_what_the_rule_would_have_taken_is_said_of_an_override(
    marts, facts, rule, english, french
) -> None:
    choice = found(marts, facts, verdict="natural", rule_segment_count=rule)
    told = replace(choice, model=replace(facts.model, chosen_by="user"))
    assert english in said(blocks(told, "number"))
    assert french in said(blocks(told, "number", "fr"))


def _kept(marts, facts, *evaluations: dict[str, float], verdict: str = "natural") -> Facts:
    """Three segments, of which the rule alone would have made two."""
    verdicts = dict.fromkeys((2, 3), verdict)
    choice = found(
        marts, facts, *evaluations, verdict=verdict, verdicts=verdicts, rule_segment_count=2
    )
    figures = {k: dict(row) for k, row in enumerate(evaluations, start=2)}
    return replace(choice, model=replace(facts.model, evaluations=figures, segment_count=3))


def test_a_former_number_that_stays_says_why(marts, facts) -> None:
    told = _kept(marts, facts, JUDGED, JUDGED | {"silhouette_gain": 0.085})
    assert (
        "From these figures alone the rule would have taken 2; the former number, 3, stays because"
        " none of its segments is lost, it still shows more than customers without segments, and"
        " the gain of silhouette at 2, +0.100, does not exceed its own, +0.085, by three standard"
        " errors (0.030)."
    ) in said(blocks(told, "number"))
    assert (
        "la règle aurait pris 2 ; l'ancien nombre, 3, est gardé parce qu'aucun de ses segments"
        " n'est perdu"
    ) in said(blocks(told, "number", "fr"))


def test_a_former_number_stays_where_nothing_is_proven(marts, facts) -> None:
    poor = JUDGED | {"silhouette_gain": 0.01}
    told = _kept(marts, facts, poor, poor, verdict="reproducible")
    assert "no number shows more than customers without segments" in said(blocks(told, "number"))
    assert "rien n'est prouvé contre lui" in said(blocks(told, "number", "fr"))


def test_nothing_is_said_of_the_rule_where_its_number_was_taken(marts, facts) -> None:
    told = found(marts, facts, verdict="natural", rule_segment_count=3)
    assert "would have taken" not in said(blocks(told, "number"))


def test_an_override_is_marked_and_compared_with_the_best(facts) -> None:
    """Four segments by hand: 96 / 120 is a fall of 20 %, 90 / 96 one of 6.25 %."""
    told = replace(facts, model=replace(facts.model, segment_count=4, chosen_by="user"))
    english = blocks(told, "number")
    assert "The silhouette of 4 segments is 0.440; the highest of all is 0.610, at 3." in said(
        english
    )
    assert (
        "The knee is at 3. The step from 3 to 4 segments lowers the inertia by 20.0%, the step"
        " from 4 to 5 by 6.2%." in said(english)
    )
    headings = next(block.headings for block in english if block.kind == "table")
    assert headings == ("Criterion", "2", "3", "4 (chosen)", "5")


def test_the_gain_over_customers_without_segments_is_said(facts) -> None:
    evaluations = {k: row | {"silhouette_gain": 0.11} for k, row in facts.model.evaluations.items()}
    told = replace(facts, model=replace(facts.model, evaluations=evaluations))
    expected = "get 0.500 when cut into 3: the gain is +0.110."
    assert expected in said(blocks(told, "number"))
    assert "obtiennent 0,500 une fois découpés en 3 : le gain est de +0,110." in said(
        blocks(told, "number", "fr")
    )


def test_how_well_the_null_keeps_the_correlations_is_said(marts, facts) -> None:
    choice = found(marts, facts, verdict="natural", null_correlation_error=0.0234)
    evaluations = {k: row | {"silhouette_gain": 0.11} for k, row in facts.model.evaluations.items()}
    told = replace(choice, model=replace(facts.model, evaluations=evaluations))
    assert "miss those of the real customers by 0.023 at the most" in said(blocks(told, "number"))
    assert "s'écartent de 0,023 au plus" in said(blocks(told, "number", "fr"))


def test_each_segment_comes_back_or_not(marts, facts) -> None:
    """The third was not measured."""
    choice = found(marts, facts, verdict="natural", jaccards=(0.85, 0.5999, None))
    for language, expected in (
        ("en", ["highly stable", "not to be trusted"]),
        ("fr", ["très stable", "ne pas s'y fier"]),
    ):
        tables = [one for one in blocks(choice, "number", language) if one.kind == "table"]
        readings = {row[1]: plain(row[2]) for row in tables[-1].rows}
        decimal = {"en": ".", "fr": ","}[language]
        assert readings == dict(zip([f"0{decimal}85", f"0{decimal}60"], expected, strict=True))
