"""The templates of the dbt project, compiled once for all commands of a worker.

dbt compiles every macro, model and test in each process: an eighth of what it does in a small run.
"""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import Any

from dbt_common.clients.jinja import MacroFuzzEnvironment, get_template

from tests.known_project import SMALL_TRAINING, known_project

_codes: dict[str, CodeType] = {}


def know_templates() -> None:
    """Compile what the project has, and let dbt take what is compiled."""
    compile_ = MacroFuzzEnvironment.compile

    def compiled(environment: MacroFuzzEnvironment, source: Any, *args: Any, **options: Any) -> Any:
        if args or options or not isinstance(source, str):
            return compile_(environment, source, *args, **options)
        if source not in _codes:
            _codes[source] = compile_(environment, source)
        return _codes[source]

    MacroFuzzEnvironment.compile = compiled
    project = known_project(SMALL_TRAINING, Path("any.duckdb"))
    texts = [macro.macro_sql for macro in project.macros.values()]
    for text in texts + [node.raw_code for node in project.nodes.values()]:
        get_template(text, {})
