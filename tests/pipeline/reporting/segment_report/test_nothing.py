"""What the report says where there is nothing to say: one plain sentence, and never a traceback."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.reporting.kit.files import as_markdown, as_page
from pipeline.reporting.segment_report.document import document, draw_charts
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.gathering import gather_facts
from pipeline.reporting.segment_report.number_of_segments.facts import NumberOfSegments
from pipeline.reporting.segment_report.value.charts import ValueCharts

from .relations import segment_value, unanswered, value_share, write
from .speech import LANGUAGES, blocks, figures_in, plain, said
from .store import USUAL, build, resized
from .test_segment_values import NOVEMBER

# The relations of history, as the warehouse makes them of a single month: without a row.
EMPTY = {
    "segment_value": (segment_value(NOVEMBER, 0, 10),),
    "value_shares": (value_share(NOVEMBER, "segment", 10, 0.1),),
    "experiment_sizes": (unanswered(0, 10),),
    "segment_migrations": (
        {
            "kind": "month",
            "from_date": NOVEMBER,
            "to_date": NOVEMBER,
            "from_version": 1,
            "to_version": 1,
            "from_segment_id": 0,
            "from_reason": "",
            "to_segment_id": 0,
            "to_reason": "",
            "sampled_share": 1.0,
            "user_count": 10,
        },
    ),
    "label_agreement": (
        {
            "event_count": 5,
            "user_count": 10,
            "agreement": 0.5,
            "agreement_lower": 0.4,
            "agreement_upper": 0.6,
            "final_event_count": 100,
        },
    ),
    "feature_drift": ({"feature_name": "", "psi": 0.0, "noise": 0.0, "is_drifted": False},),
    "feature_stability": (
        {"feature_name": "", "former_date": NOVEMBER, "later_date": NOVEMBER, "psi": 0.0},
    ),
}
SENTENCES = {
    "value": (
        "No month followed a date at which customers had a segment",
        "Aucun mois complet ne suit une date à laquelle des clients avaient un segment",
    ),
    "experiment": (
        "No past response has been measured yet",
        "Aucune réponse passée n'a encore été mesurée",
    ),
    "migrations": (
        "With a single month and a single model there is no former segment to compare with.",
        "Avec un seul mois et un seul modèle, il n'y a pas de segment antérieur",
    ),
    "drift": ("Nothing can be said:", "On ne peut rien en dire :"),
    "rules": (
        "The current model was trained before rules were kept",
        "Le modèle actuel est antérieur aux règles",
    ),
    "label_stability": (
        "No customer has a history long enough",
        "Aucun client n'a un passé assez long",
    ),
    "number": (
        "The current model was trained before there was a verdict on it",
        "Le modèle actuel est antérieur au verdict",
    ),
    "reading": (
        "That takes two months at the ends of which customers had enough events.",
        "Il faut pour cela deux mois à la fin desquels des clients avaient assez d'événements.",
    ),
}


def with_empty_relations(path: Path) -> Path:
    with duckdb.connect(str(path)) as connection:
        for name, rows in EMPTY.items():
            write(connection, name, *rows)
            connection.execute(f"delete from marts.{name}")
    return path


def whole(facts: Facts, language: str = "en") -> str:
    """Return both files without their pictures, which take longer than all the rest."""
    figures = figures_in(facts, language)
    return plain(as_markdown(document(figures), {}, {}) + as_page(document(figures), {}))


@pytest.fixture(scope="module")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The usual store, whose relations of history are there and have no row."""
    path = build(tmp_path_factory.mktemp("one") / "store.duckdb", USUAL)
    return gather_facts(with_empty_relations(path))


@pytest.mark.parametrize("key", SENTENCES)
def test_a_section_without_rows_says_why(one_month, key) -> None:
    for language, expected in zip(LANGUAGES, SENTENCES[key], strict=True):
        assert expected in said(blocks(one_month, key, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_report_of_one_month_is_written(one_month, language) -> None:
    text = whole(one_month, language)
    for sentences in SENTENCES.values():
        assert sentences[LANGUAGES.index(language)] in text


def test_a_store_in_which_nobody_has_a_segment(tmp_path) -> None:
    nobody = resized(lookers=0, spenders=0, buyers=0)
    facts = gather_facts(with_empty_relations(build(tmp_path / "store.duckdb", nobody)))
    assert facts.segments == ()
    for language in LANGUAGES:
        assert SENTENCES["value"][LANGUAGES.index(language)] in whole(facts, language)
    assert "No customer lies between two segments" in said(blocks(facts, "label_stability"))
    # What is drawn tells of the model, and of nobody.
    assert set(draw_charts(figures_in(facts))) == {"elbow", "silhouette", "variance"}


def test_a_store_in_which_nobody_ever_bought(tmp_path) -> None:
    groups = {name: replace(group, buyers=0, orders=0) for name, group in USUAL.items()}
    facts = gather_facts(with_empty_relations(build(tmp_path / "store.duckdb", groups)))
    text = whole(facts)
    assert "**0** customers who bought" in text
    assert "The revenue is the same, to the cent, at every step." in text


def test_a_model_without_figures_of_other_numbers(facts: Facts) -> None:
    bare = replace(
        facts.having(number=NumberOfSegments(None, {}, {}, {})),
        model=replace(facts.model, evaluations={}),
    )
    for language, expected in zip(LANGUAGES, SENTENCES["number"], strict=True):
        assert said(blocks(bare, "number", language)).startswith(expected)


def test_a_month_in_which_nobody_bought(tmp_path) -> None:
    """A rate of 0 has no multiple, and no test of an effect on it can be planned."""
    path = build(tmp_path / "store.duckdb", USUAL)
    with duckdb.connect(str(path)) as connection:
        values = [segment_value(NOVEMBER, at, size) for at, size in ((0, 60), (1, 20), (2, 40))]
        write(connection, "segment_value", segment_value(NOVEMBER, "all", 120), *values)
        write(connection, "value_shares", value_share(NOVEMBER, "segment", 120, None))
        write(connection, "experiment_sizes", *(unanswered(at, 50) for at in range(3)))
    facts = gather_facts(path)
    english = whole(facts)
    assert "Nobody bought in that month, so no segment can be compared with the average." in english
    assert "Nobody bought in the month after 2019-11-01" in english
    assert "No segment is large enough" not in english
    french = whole(facts, "fr")
    assert "Personne n&#39;a acheté ce mois-là : aucun segment ne peut être comparé" in french
    assert "Personne n'a acheté dans le mois qui a suivi le 01/11/2019" in french
    assert "Aucun segment n'est assez grand" not in french
    assert "<ul>\n</ul>" not in english + french
    charts = ValueCharts(figures_in(facts))
    assert None not in (charts.buying(), charts.revenue())
