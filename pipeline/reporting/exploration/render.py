"""From the facts to the files of the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.reporting.exploration.charts import CHART_TITLES, Charts
from pipeline.reporting.exploration.facts import ExploredFile, Facts, gather_facts, plain_data
from pipeline.reporting.exploration.summary import summary
from pipeline.reporting.exploration.tables import Tables
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.markdown import code
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.runtime.private_files import private_folder, replace_files
from pipeline.runtime.progress import QuietReporter, Reporter

_TEMPLATES = Environment(
    loader=PackageLoader("pipeline.reporting.exploration"),
    undefined=StrictUndefined,
    autoescape=False,  # Markdown: raw text goes through code spans instead
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True)
class ExplorationFiles:
    """What was written: the text, its figures as JSON, its pictures."""

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
    """Describe the raw rows and write `exploration.md`, `exploration.json` and the pictures.

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
        In French the text is `exploration.fr.md` and the pictures are `<name>.fr.png`.
    is_synthetic : bool
        Whether the rows were made up; then the report says so.
    min_group_size : int
        No group of fewer users is shown.
    reporter : Reporter, optional
        Told about the progress.

    Returns
    -------
    ExplorationFiles

    Raises
    ------
    InputError
        For an unknown language.
    PipelineError
        When the disk lacks room, the folder cannot be written or the files cannot be read.
    """
    words, numbers = Catalogue(language, "exploration"), NumberFormat(language)
    private_folder(folder)
    facts = gather_facts(
        connection,
        files,
        folder,
        is_synthetic=is_synthetic,
        min_group_size=min_group_size,
        reporter=reporter or QuietReporter(),
    )
    return _written(facts, words, numbers, folder)


def _written(
    facts: Facts, words: Catalogue, numbers: NumberFormat, folder: Path
) -> ExplorationFiles:
    suffix = "" if words.language == "en" else f".{words.language}"
    drawn = Charts(facts, words, numbers).draw()
    pictures = {name: f"figures/{name}{suffix}.png" for name in drawn}
    text = markdown(facts, words, numbers, pictures)
    data = json.dumps(plain_data(facts), ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    names = {
        **{pictures[name]: content for name, content in drawn.items()},
        f"exploration{suffix}.md": text.encode(),
        "exploration.json": data.encode(),
    }
    replace_files(folder, names)
    for stale in CHART_TITLES.keys() - drawn.keys():
        (folder / f"figures/{stale}{suffix}.png").unlink(missing_ok=True)
    return ExplorationFiles(
        markdown=folder / f"exploration{suffix}.md",
        data=folder / "exploration.json",
        figures=tuple(folder / pictures[name] for name in drawn),
    )


def markdown(
    facts: Facts, words: Catalogue, numbers: NumberFormat, pictures: dict[str, str]
) -> str:
    """Return the report as Markdown.

    Parameters
    ----------
    facts : Facts
    words : Catalogue
    numbers : NumberFormat
        Of the same language as the words.
    pictures : dict of str to str
        Path, relative to the report, of each picture that was drawn.
    """

    def picture(name: str) -> str:
        if name not in pictures:
            return ""
        return f"![{words.text(CHART_TITLES[name])}]({pictures[name]})"

    template = _TEMPLATES.get_template("exploration.md.j2")
    text = template.render(
        facts=facts,
        t=words.text,
        counted=words.counted,
        numbers=numbers,
        tables=Tables(facts, words, numbers),
        picture=picture,
        sentences=summary(facts, words, numbers),
        differing=", ".join(
            code(file.source_file) for file in facts.files if file.row_count != file.line_count
        ),
        withheld_types=", ".join(
            words.text(f"type_{kind}") for kind, one in facts.prices.by_type.items() if one is None
        ),
    )
    return _with_single_blank_lines(text)


def _with_single_blank_lines(text: str) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).rstrip("\n") + "\n"
