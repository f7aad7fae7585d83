"""What stands on the screen when a run has ended well: the segments, and where everything is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table

from pipeline.runtime.desktop import open_on_desktop
from pipeline.runtime.progress import QuietReporter, Reporter
from pipeline.runtime.screen import show, table
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.publication import open_published, published_path


def close(
    settings: RunSettings, paths: Mapping[str, Path], minimum: int, reporter: Reporter
) -> None:
    """Show the segments of the publication and the paths; open the report where that was asked for.

    Parameters
    ----------
    settings : RunSettings
    paths : mapping of str to Path
        What was written, by what it is called; the first is what may be opened.
    minimum : int
        No group of fewer people is counted.
    reporter : Reporter
        Told where nothing can be opened; nothing is shown where it is a quiet one.
    """
    if not isinstance(reporter, QuietReporter):
        show(*_segments(settings, minimum), _places(settings, paths))
    if settings.opens_report:
        report = next(iter(paths.values()))
        if not open_on_desktop(report):
            reporter.say(f"There is no desktop here to open the report on: it is {report}.")


def _segments(settings: RunSettings, minimum: int) -> list[Table | str]:
    # The catalogues are not for `--help`.
    from pipeline.reporting.segment_table import segment_lines, segment_table

    with open_published(settings.warehouse) as connection:
        lines = segment_lines(connection, settings.language, minimum)
    if not lines:
        return []
    said = segment_table(lines, settings.language, minimum)
    return [table(said.headings, said.rows), *said.remarks, ""]


def _places(settings: RunSettings, paths: Mapping[str, Path]) -> str:
    named = {**paths, "for any DuckDB client": published_path(settings.warehouse)}
    width = max(map(len, named)) + 2
    return "\n".join(f"{name:{width}}{path}" for name, path in named.items())
