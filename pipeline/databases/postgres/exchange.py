"""Letting new tables take the place of the former ones, with what hangs on those."""

from __future__ import annotations

from pipeline.databases.deliveries import DescribedDelivery
from pipeline.databases.postgres.session import LockedError, Session
from pipeline.databases.postgres.statements import MARK, identifier, new_name, rename, text
from pipeline.runtime.errors import InputError, PipelineError

# Who reads while the tables are to be exchanged is waited for, in turns: others queue behind a
# turn, no longer. Shorter than the second after which the server looks for deadlocks.
_TURN_MILLISECONDS = 500
_PAUSE_SECONDS = 0.5
_TURNS = 120
# A block of the server, because what fails within it does not end the transaction.
_TURN = """
    do $turns$ begin
        for turn in 1..{turns} loop
            begin
                lock table {tables} in access exclusive mode;
                return;
            exception when lock_not_available then
                perform pg_sleep({pause});
            end;
        end loop;
        raise exception using errcode = 'lock_not_available', message = 'held by readers';
    end $turns$
"""

# So that the server notes that nobody waits any more; from PostgreSQL 14 on.
_NOTICE_A_DEATH = """
    select set_config('client_connection_check_interval', '1s', true)
    where current_setting('server_version_num')::integer >= 140000
"""
_SOMEBODY_ELSES = """
    select relation.relname
    from pg_class as relation
    where relation.relnamespace = to_regnamespace({schema})
        and relation.relname in ({names})
        and (
            relation.relkind <> 'r'
            or coalesce(obj_description(relation.oid, 'pg_class'), '') not like {mark}
        )
"""
_FORMER = """
    select relation.relname
    from pg_class as relation
    where relation.relnamespace = to_regnamespace({schema}) and relation.relname in ({names})
"""
_GRANTS = """
    select
        relation.relname,
        access.privilege_type,
        case when access.grantee = 0 then 'public' else access.grantee::regrole::text end,
        access.is_grantable
    from pg_class as relation
    cross join aclexplode(relation.relacl) as access
    where
        relation.relnamespace = to_regnamespace({schema}) and relation.relname in ({names})
        and access.grantee <> relation.relowner
"""
_VIEWS = """
    select distinct view.oid::regclass::text, view.relkind = 'm', pg_get_viewdef(view.oid)
    from pg_depend as dependence
    inner join pg_rewrite as rule on rule.oid = dependence.objid
    inner join pg_class as view on view.oid = rule.ev_class
    inner join pg_class as relation on relation.oid = dependence.refobjid
    where
        dependence.classid = 'pg_rewrite'::regclass
        and dependence.refclassid = 'pg_class'::regclass
        and relation.relnamespace = to_regnamespace({schema}) and relation.relname in ({names})
        and view.oid <> relation.oid
"""
_INDEXES = """
    select indexname from pg_indexes where schemaname = {schema} and tablename = {name}
"""


def check_ours(session: Session, schema: str, tables: tuple[DescribedDelivery, ...]) -> None:
    """Make sure that what is going to be replaced was made by an export.

    Raises
    ------
    InputError
        When a relation of the same name is somebody else's.
    """
    mark = text(f"%{MARK}")
    found = session.rows(_filled(_SOMEBODY_ELSES, schema, tables, mark=mark))
    if found:
        raise InputError(
            f"{schema}.{found[0][0]} is there and no export made it: name another schema with"
            " --schema."
        )


def exchange(session: Session, schema: str, tables: tuple[DescribedDelivery, ...]) -> None:
    """Put the new tables in the place of the former ones; grants and views stay.

    Raises
    ------
    InputError
        When a materialized view stands on a former table.
    PipelineError
        When readers hold the former tables for minutes.
    """
    former = [name for (name,) in session.rows(_filled(_FORMER, schema, tables))]
    grants = session.rows(_filled(_GRANTS, schema, tables))
    views = session.rows(_filled(_VIEWS, schema, tables))
    _refuse_materialized(schema, views)
    if former:
        _take_turns(session, schema, former)
        for name in former:
            session.execute(f"alter table {schema}.{name} rename to {name}__former")
            _rename_indexes(session, schema, f"{name}__former")
    for table in tables:
        indexes = session.rows(_INDEXES.format(schema=text(schema), name=text(new_name(table))))
        for statement in rename(table, schema, [index for (index,) in indexes]):
            session.execute(statement)
    for view, _, definition in views:
        # It stands on the former table, under whatever name; its text says the name.
        session.execute(f"create or replace view {view} as {definition}")
    for name, privilege, grantee, is_grantable in grants:
        option = " with grant option" if is_grantable else ""
        session.execute(f"grant {privilege} on {schema}.{name} to {grantee}{option}")
    if former:
        gone = ", ".join(f"{schema}.{name}__former" for name in former)
        session.execute(f"drop table {gone}")


def _take_turns(session: Session, schema: str, names: list[str]) -> None:
    """Get the tables for ourselves without letting anybody wait for long."""
    tables = ", ".join(f"{schema}.{name}" for name in names)
    session.rows(_NOTICE_A_DEATH)
    session.execute(f"set local lock_timeout = {_TURN_MILLISECONDS}")
    try:
        session.execute(_TURN.format(tables=tables, turns=_TURNS, pause=_PAUSE_SECONDS))
    except LockedError as error:
        raise PipelineError(
            f"Somebody has been reading the tables of {schema} for minutes, and they are as they"
            " were: end that query or transaction, and run again."
        ) from error
    session.execute("set local lock_timeout = 0")


def _refuse_materialized(schema: str, views: list[tuple]) -> None:
    for view, is_materialized, _ in views:
        if is_materialized:
            raise InputError(
                f"The materialized view {view} stands on a table of {schema}, which cannot be"
                " replaced beneath it: make it a view, or fill a table of your own from it."
            )


def _rename_indexes(session: Session, schema: str, name: str) -> None:
    """Make room for the names of the new indexes."""
    for (index,) in session.rows(_INDEXES.format(schema=text(schema), name=text(name))):
        session.execute(
            f"alter index {schema}.{identifier(index)} rename to {identifier(index + '__former')}"
        )


def _filled(
    query: str, schema: str, tables: tuple[DescribedDelivery, ...], *, mark: str = ""
) -> str:
    names = ", ".join(text(table.name) for table in tables)
    return query.format(schema=text(schema), names=names, mark=mark)
