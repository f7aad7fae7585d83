"""What `--docs` adds to a run: the documentation of every relation, as one file."""

from __future__ import annotations

from pathlib import Path

from pipeline.dbt_runner.invocation import run_dbt
from pipeline.runtime.errors import PipelineError
from pipeline.runtime.private_files import replace_files
from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import work_folder


def write_docs(settings: RunSettings, reporter: Reporter) -> Path:
    """Write what dbt says of every relation and column, with its lineage, beside the report.

    Raises
    ------
    PipelineError
        When dbt cannot make it, or the folder cannot be written.
    """
    # The catalogues are not for `--help`.
    from pipeline.reporting.segment_report.report import DOCS_FILE

    made = work_folder(settings.warehouse) / "target" / "static_index.html"
    made.unlink(missing_ok=True)
    command = ["docs", "generate", "--static"]
    result = run_dbt(command, settings, reporter=reporter, title="Writing the documentation")
    if result.error or not made.exists():
        raise PipelineError(
            f"dbt wrote no documentation ({result.error or 'without saying why'}), and so there is"
            " no report either: run again without --docs."
        )
    replace_files(settings.reports, {DOCS_FILE: made.read_bytes()})
    return settings.reports / DOCS_FILE
