"""From the facts to the two files that people read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.files import as_markdown, as_page
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.segment_report.document import document, draw_charts
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.gathering import gather_facts
from pipeline.reporting.segment_report.model_card.card import model_card
from pipeline.reporting.segment_report.no_segments.view import has_model, without_segments
from pipeline.runtime.private_files import replace_files
from pipeline.runtime.progress import QuietReporter, Reporter
from pipeline.warehouse.connection import open_warehouse, relation_exists

MODEL_CARD = "model_card"
#: What `run --docs` puts beside the report.
DOCS_FILE = "dbt_docs.html"


@dataclass(frozen=True)
class ReportFiles:
    """What was written; no model card where there is no model."""

    markdown: Path
    html: Path
    model_card: Path | None = None


def write_report(
    warehouse: Path,
    folder: Path,
    *,
    language: str = "en",
    is_synthetic: bool = False,
    policy: Policy | None = None,
    min_events: int | None = None,
    currency: str | None = None,
    reporter: Reporter | None = None,
) -> ReportFiles:
    """Write the report on the segments of a warehouse, as Markdown and as one HTML file.

    Everything is computed before anything is written, and the files change places with those of the
    last report at the very end. The same warehouse gives the same bytes.

    Parameters
    ----------
    warehouse : Path
        Opened read-only.
    folder : Path
        Created if missing, for its owner alone. In English the files are `report.md`,
        `report.html`, `model_card.md` and `figures/<name>.svg`; in French they end in `.fr.md`,
        `.fr.html` and `.fr.svg`.
    language : {'en', 'fr'}
    is_synthetic : bool
        Whether the customers are made up; then the report says so, on every picture too.
    policy : Policy, optional
        What may be shown.
    min_events : int, optional
        The threshold below which a customer gets no segment; by default the model's own.
    currency : str, optional
        That of all amounts, where it is known.
    reporter : Reporter, optional
        Told about the progress.

    Returns
    -------
    ReportFiles

    Raises
    ------
    InputError
        When the warehouse, a relation or the model is missing, or the language is unknown.
    PipelineError
        When the folder cannot be written; the former report stays.
    """
    words = Catalogue(language, "report", currency=currency)
    with (reporter or QuietReporter()).stage("Writing the report", 3, "steps") as stage:
        if (alone := _without_segments(warehouse, words, policy, is_synthetic)) is not None:
            return _replace(folder, words, alone)
        facts = gather_facts(
            warehouse,
            is_synthetic=is_synthetic,
            policy=policy,
            min_events=min_events,
        )
        stage.advance(1)
        figures = Figures(facts, words, NumberFormat(language))
        told = replace(document(figures), links=_links(folder, words))
        charts = draw_charts(figures)
        stage.advance(1)
        pictures = {name: f"figures/{name}{_suffix(words)}.svg" for name in charts}
        card = as_markdown(model_card(figures), {}, {}).encode()
        others = {pictures[name]: chart.file() for name, chart in charts.items()}
        others[f"{MODEL_CARD}{_suffix(words)}.md"] = card
        contents = {
            "md": as_markdown(told, charts, pictures),
            "html": as_page(told, charts),
        }
        written = _replace(folder, words, contents, others)
        stage.advance(1)
    return written


def _replace(
    folder: Path, words: Catalogue, texts: dict[str, str], others: dict[str, bytes] | None = None
) -> ReportFiles:
    """Put the texts, by the endings of their files, and other files in the place of the last."""
    names = {ending: f"report{_suffix(words)}.{ending}" for ending in texts}
    written = {names[ending]: text.encode() for ending, text in texts.items()}
    replace_files(folder, (others or {}) | written)
    card = folder / f"{MODEL_CARD}{_suffix(words)}.md"
    return ReportFiles(folder / names["md"], folder / names["html"], card if others else None)


def _links(folder: Path, words: Catalogue) -> tuple[tuple[str, str], ...]:
    """Return what lies beside the report: the model card, and the documentation if it is there."""
    found = [(words.text("link_card"), f"{MODEL_CARD}{_suffix(words)}.md")]
    if (folder / DOCS_FILE).exists():
        found.append((words.text("link_docs"), DOCS_FILE))
    return tuple(found)


def _suffix(words: Catalogue) -> str:
    return "" if words.language == "en" else f".{words.language}"


def _without_segments(
    warehouse: Path, words: Catalogue, policy: Policy | None, is_synthetic: bool
) -> dict[str, str] | None:
    """Return the report where no model could be trained, by ending; None where there is one."""
    with open_warehouse(warehouse) as connection:
        if not relation_exists(connection, "marts", "segment_model") or has_model(connection):
            return None
        told = without_segments(connection, words, policy or Policy(), is_synthetic=is_synthetic)
    return {"md": as_markdown(told, {}, {}), "html": as_page(told, {})}
