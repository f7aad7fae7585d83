"""The `report` command, and what every run writes at its end: the reports on a publication."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.commands.closing import close
from pipeline.commands.summary import warn_of_alike_features, warn_of_drift
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import ProjectSettings, project_settings
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import kept_open
from pipeline.warehouse.publication import publication_of, published_path


def report(settings: RunSettings, reporter: Reporter) -> None:
    """Make the reports again from the publication alone; a run may be under way meanwhile.

    Raises
    ------
    InputError
        When nothing that this version of the project can read is published.
    PipelineError
        When the folder cannot be written; the former reports stay.
    """
    project = project_settings(overrides=settings.variables)
    paths = write_reports(settings, project, reporter)
    close(settings, paths, project.min_group_size, reporter)


def write_reports(
    settings: RunSettings, project: ProjectSettings, reporter: Reporter
) -> Mapping[str, Path]:
    """Write the reports on what is published, and warn of what it says of the model.

    Returns
    -------
    mapping of str to Path
        What was written, by what it is called: the report first.
    """
    # Reports take a second to import: not for `--help` and `etl`.
    from pipeline.reporting.kit.disclosure import Policy
    from pipeline.reporting.segment_report import write_report
    from pipeline.reporting.segment_report.report import DOCS_FILE

    published = published_path(settings.warehouse)
    with kept_open(published):
        publication = publication_of(settings.warehouse)
        files = write_report(
            published,
            settings.reports,
            language=settings.language,
            is_synthetic=publication.is_synthetic,
            policy=Policy(project.min_group_size, project.disclosure == "publish"),
            currency=publication.currency,
            reporter=reporter,
        )
        warn_of_drift(published, reporter)
        warn_of_alike_features(published, reporter)
    paths = {"report": files.html}
    if files.model_card:
        paths["model card"] = files.model_card
    if (settings.reports / DOCS_FILE).exists():
        paths["documentation"] = settings.reports / DOCS_FILE
    return paths
