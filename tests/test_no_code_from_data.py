"""No code comes from data: nothing is unpickled, evaluated or imported by a name from a file."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(
    path for folder in ("pipeline", "ml", "dbt_project") for path in (ROOT / folder).rglob("*.py")
)
# What builds objects, or runs, from bytes.
_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal", "skops"}
_FUNCTIONS = {"eval", "exec", "compile", "__import__"}
_METHODS = {"read_pickle", "unsafe_load", "full_load", "load_extension", "install_extension"}
# What dbt compiled of the project's own Python models, which no adapter of Spark runs by itself.
_ALLOWED = {"pipeline/dbt_runner/spark_adapter.py": {"compile", "exec"}}


def found(source: str) -> set[str]:
    """Return what a piece of code uses of these."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names} & _MODULES
        elif isinstance(node, ast.ImportFrom):
            names |= {(node.module or "").split(".")[0]} & _MODULES
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                names |= {node.func.id} & _FUNCTIONS
            elif isinstance(node.func, ast.Attribute):
                names |= {node.func.attr} & _METHODS
                if node.func.attr == "load" and ast.unparse(node.func.value) == "yaml":
                    names.add(ast.unparse(node.func))
        elif isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            names.add("allow_pickle")
    return names


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from joblib import load", "eval(text)", "yaml.load(text)",
     "read(allow_pickle=True)", "pd.read_pickle(path)"],
)  # fmt: skip
def test_what_would_run_code_is_known(source: str) -> None:
    assert found(source)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_runs_code_from_data(path: Path) -> None:
    allowed = _ALLOWED.get(path.relative_to(ROOT).as_posix(), set())
    assert found(path.read_text(encoding="utf-8")) == allowed
