"""From the facts to the files that people and scripts read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.reporting.exploration.document import Exploration
from pipeline.reporting.exploration.explored_file import ExploredFile
from pipeline.reporting.exploration.facts import gather_facts, plain_data
from pipeline.reporting.exploration.mapping.document import mapping_document
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.files import as_markdown, as_page
from pipeline.runtime.private_files import private_folder, replace_files
from pipeline.runtime.progress import QuietReporter, Reporter


@dataclass(frozen=True)
class ExplorationFiles:
    """What was written: the page, the text, their figures as JSON, their pictures."""

    html: Path
    markdown: Path
    data: Path
    figures: tuple[Path, ...]


def write_exploration(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[ExploredFile],
    folder: Path,
    *,
    language: str = "en",
    is_synthetic: bool = False,
    min_group_size: int = 10,
    reporter: Reporter | None = None,
) -> ExplorationFiles:
    """Describe the raw rows, as `exploration.html`, `.md` and `.json`, and the pictures.

    The files are read once. Nothing is written before everything is computed, and each file
    replaces its predecessor in one step; meanwhile a compact copy of the rows lies in the folder.

    Parameters
    ----------
    connection : duckdb connection
        Outside a transaction, with the view `staging.stg_events`; it may be read-only.
    files : sequence of ExploredFile
        The files behind the view.
    folder : Path
        Created if missing, for its owner alone.
    language : {'en', 'fr'}
        In French the files are `exploration.fr.html` and so on, but for the JSON.
    is_synthetic : bool
        Whether the rows were made up; then the report says so.
    min_group_size : int
        No group of fewer users is shown.
    reporter : Reporter, optional
        Told about the progress.

    Raises
    ------
    InputError
        For an unknown language.
    PipelineError
        When the disk lacks room, the folder cannot be written or the files cannot be read.
    """
    Catalogue(language, "exploration")  # an unknown language is told before the work
    private_folder(folder)
    facts = gather_facts(
        connection,
        files,
        folder,
        is_synthetic=is_synthetic,
        min_group_size=min_group_size,
        reporter=reporter or QuietReporter(),
    )
    told = Exploration(facts, language)
    document, charts = told.document(), told.charts()
    suffix = _suffix(language)
    pictures = {name: f"figures/{name}{suffix}.svg" for name in charts}
    data = json.dumps(plain_data(facts), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    replace_files(
        folder,
        {pictures[name]: chart.file() for name, chart in charts.items()}
        | {
            f"exploration{suffix}.md": as_markdown(document, charts, pictures).encode(),
            f"exploration{suffix}.html": as_page(document, charts).encode(),
            "exploration.json": data.encode(),
        },
    )
    _remove_stale(folder, suffix, set(pictures.values()))
    return ExplorationFiles(
        html=folder / f"exploration{suffix}.html",
        markdown=folder / f"exploration{suffix}.md",
        data=folder / "exploration.json",
        figures=tuple(folder / picture for picture in pictures.values()),
    )


def write_mapping(files: Sequence[ExploredFile], folder: Path, *, language: str = "en") -> Path:
    """Say as what the columns of files may be read that cannot be read as they are.

    Parameters
    ----------
    files : sequence of ExploredFile
        With the proposals of their columns.
    folder : Path
    language : {'en', 'fr'}

    Returns
    -------
    Path
        The page, `exploration.html`.
    """
    document = mapping_document(files, language)
    suffix = _suffix(language)
    names = {
        f"exploration{suffix}.md": as_markdown(document, {}, {}).encode(),
        f"exploration{suffix}.html": as_page(document, {}).encode(),
    }
    replace_files(folder, names)
    return folder / f"exploration{suffix}.html"


def _remove_stale(folder: Path, suffix: str, written: set[str]) -> None:
    """Remove pictures of an earlier exploration in this language that do not apply."""
    for path in (folder / "figures").glob("*"):
        is_french = "." in path.stem
        if is_french == bool(suffix) and f"figures/{path.name}" not in written:
            path.unlink()


def _suffix(language: str) -> str:
    return "" if language == "en" else f".{language}"
