"""Objections to being profiled (Art. 21): no segment, whatever somebody did."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.privacy.audit import note, require_privacy_tables
from pipeline.privacy.people import Person
from pipeline.warehouse.connection import open_warehouse


def note_objections(warehouse: Path, people: Sequence[Person], *, withdraws: bool) -> int:
    """Note that people object, or do no longer; return for how many of them that is new.

    In the same transaction it is noted that the features have to be looked at again: a run that
    comes before the segments are made anew makes them.

    Raises
    ------
    InputError
        There is no warehouse, an earlier version made it, or another process holds it.
    """
    keys = sorted({person.user_id for person in people})
    with open_warehouse(warehouse, read_only=False) as connection:
        require_privacy_tables(connection, warehouse.name)
        connection.execute("begin")
        if withdraws:
            changed = connection.execute(
                "delete from ops.objections where list_contains(?::bigint[], user_id)"
                " returning user_id",
                [keys],
            ).fetchall()
        else:
            changed = connection.execute(
                "insert into ops.objections select user_id, now()::timestamp"
                " from (select unnest(?::bigint[]) as user_id)"
                " where user_id not in (select user_id from ops.objections) returning user_id",
                [keys],
            ).fetchall()
        if changed:
            connection.execute("update ops.features_state set state = null")
        note(connection, "object --withdraw" if withdraws else "object", len(changed))
        connection.execute("commit")
    return len(changed)
