"""The commands for people whose data it is: erasure, objection, access."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.commands.build import build_again
from pipeline.commands.engine import only_of_duckdb
from pipeline.commands.erasures import end_erasure
from pipeline.privacy.erasure import begin
from pipeline.privacy.objections import note_objections
from pipeline.privacy.people import Person, ids_in_list, people
from pipeline.privacy.rotation import rotate
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.lock import run_lock
from pipeline.warehouse.state import OUTDATED, state_of_features


def forget(
    settings: RunSettings,
    reporter: Reporter,
    ids: Sequence[str],
    *,
    id_file: Path | None,
    rewrites_raw_files: bool,
) -> None:
    """Erase people everywhere, and make anew what counted them.

    Raises
    ------
    InputError
        An id is none, or there is no warehouse; nothing was touched.
    PipelineError
        A step failed; the next call goes on.
    """
    only_of_duckdb(settings, "privacy forget")
    named = named_people(ids, id_file)
    with run_lock(settings.warehouse):
        begin(settings.warehouse, named, rewrites_raw_files=rewrites_raw_files)
        end_erasure(settings, reporter)
        if state_of_features(settings.warehouse) == OUTDATED:
            build_again(settings, reporter)


def object_(
    settings: RunSettings,
    reporter: Reporter,
    ids: Sequence[str],
    *,
    id_file: Path | None,
    withdraws: bool,
) -> None:
    """Take people out of all segments for good, or back in, and publish that.

    Raises
    ------
    InputError
        An id is none, or there is no warehouse; nothing was touched.
    PipelineError
        A step failed; the next run goes on.
    """
    only_of_duckdb(settings, "privacy object")
    named = named_people(ids, id_file)
    with run_lock(settings.warehouse):
        count = note_objections(settings.warehouse, named, withdraws=withdraws)
        end_erasure(settings, reporter)
        if count:
            build_again(settings, reporter)
    reporter.say(f"Objections {'withdrawn' if withdraws else 'noted'}: {count:,}.")


def rotate_key(settings: RunSettings, reporter: Reporter) -> None:
    """Give a warehouse the pseudonyms of a new key, and make it anew from these.

    Raises
    ------
    InputError
        The keys are not the former ones and a new one; nothing was touched.
    PipelineError
        A step failed; the next run goes on.
    """
    only_of_duckdb(settings, "privacy rotate-key")
    with run_lock(settings.warehouse):
        rotate(settings.warehouse)
        build_again(settings, reporter)
    reporter.say(
        "The pseudonyms are those of the new key. Lists that were exported before have the former"
        " ones: remove them. The former keys stay in AMAZING_KEY; files are read with all of them."
    )


def named_people(ids: Sequence[str], id_file: Path | None) -> list[Person]:
    """Return those that a command names; `-` reads ids from the standard input.

    Raises
    ------
    InputError
        Nobody is named, or an id is none.
    """
    given = [*ids]
    if given == ["-"]:
        given = [line.strip() for line in sys.stdin if line.strip()]
    if id_file is not None:
        given += ids_in_list(id_file)
    if not given:
        raise InputError("Nobody is named: give an id, or a list of ids with --file.")
    return people(given)
