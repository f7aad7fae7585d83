"""Erasing people: from the warehouse, the published file, lists and, if asked to, raw files.

The order makes it safe to be killed at any moment. Who is to be erased is noted first; then copies
go, then the warehouse is written anew, without them and without the note, and takes the place of
the former one in one step. A note that is still there says that an erasure has to be ended.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.privacy.audit import note, require_privacy_tables
from pipeline.privacy.keyed_hash import KeyedHash
from pipeline.privacy.keys import make_erasure_key
from pipeline.privacy.people import Person
from pipeline.privacy.person_files import remove_from_files
from pipeline.privacy.raw_files import archives_beside, files_that_hold, rewrite
from pipeline.privacy.rewriting import (
    Rewriting,
    remove_unfinished,
    replaced_or_removed,
    rewrite_without,
)
from pipeline.privacy.suppression import PURPOSE
from pipeline.runtime.memory import database_config
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import open_warehouse, relation_exists
from pipeline.warehouse.publication import published_path


@dataclass
class Erasure:
    """What was removed, by place, and what is left to its owner.

    `raw_files` are the lines in each raw file that holds the people, rewritten or not; `archives`
    are beside them and were not looked into.
    """

    people_count: int
    removed: dict[str, int] = field(default_factory=dict)
    raw_files: dict[str, int] = field(default_factory=dict)
    are_raw_files_rewritten: bool = False
    archives: list[str] = field(default_factory=list)


def begin(warehouse: Path, people: Sequence[Person], *, rewrites_raw_files: bool) -> None:
    """Note in the warehouse who is to be erased, beside those whose erasure was interrupted."""
    with open_warehouse(warehouse, read_only=False) as connection:
        require_privacy_tables(connection, warehouse.name)
        connection.execute(
            "insert into ops.erasures_under_way by name"
            " select unnest(?::text[]) as id_text, unnest(?::bigint[]) as user_id,"
            " ?::boolean as rewrites_raw_files",
            [
                [person.text for person in people],
                [person.user_id for person in people],
                rewrites_raw_files,
            ],
        )


def under_way(warehouse: Path) -> tuple[list[Person], bool]:
    """Return who is being erased, and whether raw files are to be rewritten."""
    if not warehouse.exists():
        return [], False
    with open_warehouse(warehouse) as connection:
        if not relation_exists(connection, "ops", "erasures_under_way"):
            return [], False
        rows = connection.execute(
            "select id_text, user_id, bool_or(rewrites_raw_files) from ops.erasures_under_way"
            " group by all order by all"
        ).fetchall()
    return [Person(text, key) for text, key, _ in rows], any(rewrites for *_, rewrites in rows)


def erase(settings: RunSettings) -> Erasure | None:
    """Erase everybody whose erasure is noted, for a caller who holds the lock; None if nobody is.

    Raises
    ------
    PipelineError
        A file cannot be written; the next call goes on.
    InputError
        A raw file cannot be read.
    """
    people, rewrites_raw_files = under_way(settings.warehouse)
    if not people:
        return None
    erasure = Erasure(len(people), are_raw_files_rewritten=rewrites_raw_files)
    _erase_raw_files(settings.local_datasets, people, settings.variables, erasure)
    published = published_path(settings.warehouse)
    if published.exists():
        _add(erasure, published.name, rewrite_without(published, people))
    folders = [settings.reports, settings.warehouse.with_suffix("")]
    erasure.removed |= remove_from_files(folders, people, raw_files=settings.local_datasets)
    remove_traces(settings.warehouse)
    _add(erasure, settings.warehouse.name, _rewrite_warehouse(settings.warehouse, people, erasure))
    return erasure


def remove_traces(warehouse: Path) -> None:
    """Remove what a killed process may have left beside the warehouse: spilt rows, copied lines."""
    for suffix in (".tmp", ".records"):
        shutil.rmtree(warehouse.with_name(warehouse.name + suffix), ignore_errors=True)
    published = published_path(warehouse)
    for each in (
        published.with_name(published.name + ".unfinished"),
        published.with_name(published.name + ".unfinished.wal"),
        published.with_name(published.name + ".wal"),
    ):
        each.unlink(missing_ok=True)


def _erase_raw_files(
    datasets: Path, people: Sequence[Person], variables: Mapping[str, object], erasure: Erasure
) -> None:
    for holding in files_that_hold(datasets, people, variables):
        erasure.raw_files[holding.file.source_file] = holding.line_count
        if erasure.are_raw_files_rewritten:
            rewrite(holding, people)
    erasure.archives = archives_beside(datasets)


def _add(erasure: Erasure, file: str, removed: Mapping[str, int]) -> None:
    erasure.removed |= {f"{file}: {relation}": rows for relation, rows in removed.items()}


def _rewrite_warehouse(path: Path, people: Sequence[Person], erasure: Erasure) -> dict[str, int]:
    hash_ = KeyedHash(make_erasure_key(path), PURPOSE)
    remove_unfinished(path)
    with duckdb.connect(config=database_config()) as connection:
        rewriting = Rewriting(connection, path, people)
        with replaced_or_removed(path):
            rewriting.copy()
            _suppress(connection, hash_, people)
            if rewriting.removed.get("core.event_lines"):
                keys = ", ".join(str(person.user_id) for person in people)
                rewriting.let_the_rest_be_made_anew(f"user_id in ({keys})")
            outcome = erasure.removed | rewriting.removed
            note(connection, "forget", len(people), _listed(outcome), database="anew")
            rewriting.replace()
    return rewriting.removed


def _suppress(
    connection: duckdb.DuckDBPyConnection, hash_: KeyedHash, people: Sequence[Person]
) -> None:
    connection.execute(
        "insert into anew.ops.suppressed select person_code, now()::timestamp"
        " from (select distinct unnest(?::ubigint[]) as person_code)"
        " where person_code not in (select person_code from anew.ops.suppressed)",
        [hash_.of_texts(person.text for person in people)],
    )


def _listed(removed: Mapping[str, int]) -> str:
    return ", ".join(f"{place} {count}" for place, count in sorted(removed.items()) if count > 0)
