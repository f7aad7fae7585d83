"""What dbt makes anew in each process, made once for all commands of a worker.

A run on a small store spends more time on this than on its models: dbt imports a third of itself
when the command is known, and compiles every macro, model and test.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import dbt.context.base
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.compilation import Linker
from dbt.contracts.graph.nodes import ParsedNode
from dbt.contracts.project import (
    Configuration,
    PackageConfig,
    ProfileConfig,
    Project,
    ProjectFlags,
)
from dbt.contracts.selection import SelectorFile
from dbt_common.behavior_flags import BehaviorFlagRendered
from dbt_common.clients import agate_helper
from dbt_common.clients.jinja import MacroFuzzEnvironment, get_template
from dbt_common.contracts.constraints import ColumnLevelConstraint
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager

from tests.known_project import SMALL_TRAINING, known_project, read_projects, variables_seen
from tests.warm_macros import know_places_of_macros

_LATE_IMPORTS = (
    "dbt.adapters.duckdb.environments.local", "dbt.runners", "dbt.task.build", "dbt.task.compile",
    "dbt.task.test", "dbt_spark_session",
    "google.protobuf.descriptor_pb2", "multiprocessing.dummy", "pandas.core.methods.to_dict",
    "sqlparse",
)  # fmt: skip
_WITH_SCHEMA = (
    Configuration, DuckDBCredentials, PackageConfig, ProfileConfig, Project, ProjectFlags,
    SelectorFile, ColumnLevelConstraint,
)  # fmt: skip
# Of the events of the level `debug`, those that the progress is told by.
_HEARD = {"NodeStart", "NodeFinished"}
_codes: dict[str, CodeType] = {}


def warm_dbt() -> None:
    """Import and make it; what dbt has of it, it takes."""
    for name in _LATE_IMPORTS:
        importlib.import_module(name)
    for contract in _WITH_SCHEMA:
        contract.json_schema()
    dbt.context.base.get_context_modules = cache(dbt.context.base.get_context_modules)
    # Where flags come from it looks up in sources; the summary of the graph nobody reads.
    BehaviorFlagRendered._default_source = staticmethod(lambda: "dbt")
    Linker.get_graph_summary = lambda _, manifest: {}
    _say_less()
    _write_less()
    _know_types()
    _know_templates()
    know_places_of_macros()


def _say_less() -> None:
    """Leave out what dbt notes for those who debug it: a tenth of a small run."""
    make, fire = BaseEvent.__init__, EventManager.fire_event

    def make_what_is_heard(event: BaseEvent, *args: Any, **options: Any) -> None:
        if event.level_tag() is not EventLevel.DEBUG or type(event).__name__ in _HEARD:
            make(event, *args, **options)
        else:
            object.__setattr__(event, "pb_msg", None)

    def fire_what_was_made(
        manager: EventManager, event: BaseEvent, *args: Any, **options: Any
    ) -> None:
        if event.pb_msg is not None:
            fire(manager, event, *args, **options)

    BaseEvent.__init__ = make_what_is_heard
    EventManager.fire_event = fire_what_was_made


def _write_less() -> None:
    """Leave out the second copy of each query, `run` beside `compiled`."""
    write = ParsedNode.write_node

    def write_once(node: ParsedNode, root: str, path: str, code: str) -> None:
        if path != node.build_path:
            write(node, root, path, code)

    ParsedNode.write_node = write_once


def _know_types() -> None:
    """Keep what tells the types of a result: a thirtieth of a small run makes it, at each query."""
    agate_helper.empty_table = cache(agate_helper.empty_table)
    build = cache(agate_helper.build_type_tester)
    agate_helper.build_type_tester = lambda text_columns, string_null_values=("null", ""): build(
        tuple(text_columns), tuple(string_null_values)
    )


def _know_templates() -> None:
    compile_ = MacroFuzzEnvironment.compile

    def compiled(environment: MacroFuzzEnvironment, source: Any, *args: Any, **options: Any) -> Any:
        if args or options or not isinstance(source, str):
            return compile_(environment, source, *args, **options)
        if source not in _codes:
            _codes[source] = compile_(environment, source)
        return _codes[source]

    MacroFuzzEnvironment.compile = compiled
    read_projects([variables_seen(SMALL_TRAINING)], by_fork=False)
    project = known_project(SMALL_TRAINING, Path("any.duckdb"))
    if project is None:
        # What is wrong with the project, the first run will say.
        return
    texts = [macro.macro_sql for macro in project.macros.values()]
    for text in texts + [node.raw_code for node in project.nodes.values()]:
        get_template(text, {})
