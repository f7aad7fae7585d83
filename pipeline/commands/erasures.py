"""Ending erasures that were begun, and saying what was removed where."""

from __future__ import annotations

from pipeline.privacy.erasure import Erasure, erase
from pipeline.privacy.least_data import SESSIONS, are_session_ids_lost, reduce
from pipeline.privacy.retention import retire
from pipeline.runtime.progress import Reporter
from pipeline.runtime.project_settings import ProjectSettings
from pipeline.runtime.settings import RunSettings


def end_erasure(settings: RunSettings, reporter: Reporter) -> None:
    """End what was begun, also by a call that was killed, for a caller who holds the lock."""
    erasure = erase(settings)
    if erasure is not None:
        _tell(erasure, reporter)


def remove_what_is_not_kept(
    settings: RunSettings, project: ProjectSettings, reporter: Reporter
) -> None:
    """Remove what the settings no longer keep, for a caller who holds the lock.

    A setting that keeps more again brings nothing back by itself: that is said.
    """
    _remove_what_is_old(settings, project.retention_months, reporter)
    reduced = reduce(
        settings.warehouse,
        columns_not_kept=project.columns_not_kept,
        keeps_session_ids=project.keep_session_ids,
    )
    for column, count in reduced.items():
        setting = "keep_session_ids" if column == SESSIONS else "columns_not_kept"
        reporter.say(f"Removed {column} from {count:,} lines ({setting}).")
    if (
        project.keep_session_ids
        and not settings.full_refresh
        and are_session_ids_lost(settings.warehouse)
    ):
        reporter.say(
            "Ids of visits are kept of files that come (keep_session_ids); those of files that were"
            " read come back with --full-refresh."
        )


def _remove_what_is_old(settings: RunSettings, months: int | None, reporter: Reporter) -> None:
    """Remove events beyond `retention_months`."""
    retention = retire(settings.warehouse, months)
    former, now, retired = retention.former, retention.now, retention.retired
    if former is not None and (now is None or now < former) and not settings.full_refresh:
        reporter.say(
            f"Events from before {former:%Y-%m-%d} were removed under the former retention_months;"
            " those of files that are still there come back with --full-refresh."
        )
    if retired is None:
        return
    reporter.say(
        f"Removed {retired.line_count:,} lines from before {retired.kept_from:%Y-%m-%d}"
        " (retention_months): the ledger keeps their number."
    )
    for name in retired.files:
        if (settings.datasets / name).exists():
            reporter.say(f"{name} holds nothing that is kept: remove it from {settings.datasets}.")


def _tell(erasure: Erasure, reporter: Reporter) -> None:
    """Say what was removed where, and what is left to do."""
    for place, count in sorted(erasure.removed.items()):
        reporter.say(f"{place}: {'removed' if count < 0 else f'{count:,} removed'}.")
    if not erasure.removed:
        reporter.say("Nothing was held about them.")
    for name, count in sorted(erasure.raw_files.items()):
        lines = f"{count:,} line" + "s" * (count != 1)
        reporter.say(
            f"{name}: rewritten without {lines}."
            if erasure.are_raw_files_rewritten
            else f"{name} still holds {lines} of theirs: --rewrite-raw removes them."
        )
    if erasure.archives:
        reporter.say(
            f"Not looked into: {', '.join(erasure.archives)}. Where such an archive holds them,"
            " unpack it and remove it."
        )
    reporter.say(
        f"People erased and kept away from now on: {erasure.people_count:,}. Where lists of"
        " customers were sent to others, tell these too."
    )
