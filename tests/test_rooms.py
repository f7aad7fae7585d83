"""Which room may import which: nobody calls upwards, and reports know nothing of the model."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Of each room those below it that it may use. A room is the longest of these names that a module's
# own begins with; a name that is a module, such as `ml.training`, is a room of one.
ROOMS = {
    "pipeline.runtime": set(),
    "pipeline.engines": set(),
    "pipeline.warehouse": {"pipeline.runtime"},
    "pipeline.ingest": {"pipeline.runtime", "pipeline.warehouse"},
    "pipeline.demo_store": {"pipeline.runtime"},
    "pipeline.databases": {"pipeline.runtime", "pipeline.warehouse"},
    "pipeline.privacy": {"pipeline.runtime", "pipeline.warehouse", "pipeline.ingest"},
    "pipeline.spark": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.ingest",
        "pipeline.privacy",
    },
    "pipeline.dbt_runner": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.ingest",
        "pipeline.privacy",
        "pipeline.spark",
    },
    "pipeline.reporting.kit": {"pipeline.runtime"},
    "pipeline.reporting.segment_texts": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.reporting.kit",
    },
    "pipeline.reporting.segment_report": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.reporting.kit",
    },
    "pipeline.reporting.segment_table": {"pipeline.runtime", "pipeline.reporting.kit"},
    "pipeline.reporting.campaign_result": {"pipeline.runtime", "pipeline.reporting.kit"},
    "pipeline.reporting.service_page": {"pipeline.runtime", "pipeline.reporting.kit"},
    "pipeline.reporting.exploration": {
        "pipeline.runtime",
        "pipeline.ingest",
        "pipeline.reporting.kit",
    },
    "pipeline.exports": {"pipeline.runtime", "pipeline.warehouse"},
    "pipeline.service": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.exports",
        "pipeline.privacy",
        "pipeline.reporting.service_page",
    },
    "pipeline.campaigns": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.exports",
        "ml.outcomes",
    },
    "pipeline.reporting.people": {
        "pipeline.runtime",
        "pipeline.privacy",
        "pipeline.reporting.kit",
    },
    "pipeline.commands": {
        "pipeline.runtime",
        "pipeline.warehouse",
        "pipeline.ingest",
        "pipeline.demo_store",
        "pipeline.databases",
        "pipeline.privacy",
        "pipeline.spark",
        "pipeline.dbt_runner",
        "pipeline.exports",
        "pipeline.service",
        "pipeline.campaigns",
        "pipeline.reporting.kit",
        "pipeline.reporting.segment_report",
        "pipeline.reporting.segment_texts",
        "pipeline.reporting.segment_table",
        "pipeline.reporting.campaign_result",
        "pipeline.reporting.exploration",
        "pipeline.reporting.people",
    },
    "pipeline.cli": {
        "pipeline.runtime",
        "pipeline.exports",
        "pipeline.databases",
        "pipeline.campaigns",
        "pipeline.commands",
        "pipeline.reporting.kit",
    },
    "run_pipeline": {"pipeline.cli"},
    "ml.model": set(),
    "ml.features": {"ml.model"},
    "ml.outcomes": {"ml.model"},
    "ml.choice_of_k": {"ml.model", "ml.outcomes"},
    "ml.description": {"ml.model"},
    "ml.predecessor": {"ml.model", "ml.description"},
    "ml.training": {
        "ml.model",
        "ml.features",
        "ml.outcomes",
        "ml.choice_of_k",
        "ml.description",
        "ml.predecessor",
    },
    "ml.versions": {"ml.model", "ml.predecessor", "ml.training"},
    "dbt_project": {
        "ml.model",
        "ml.features",
        "ml.outcomes",
        "ml.versions",
        "pipeline.engines",
        "pipeline.reporting.segment_texts",
    },
}
_PACKAGES = {"pipeline", "pipeline.reporting", "ml"}  # they hold rooms, and import nothing


def _modules() -> dict[str, Path]:
    paths = [ROOT / "run_pipeline.py"]
    for folder in ("pipeline", "ml", "dbt_project"):
        paths += sorted((ROOT / folder).rglob("*.py"))
    found = {}
    for path in paths:
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = _modules()


def _imports(name: str, *, at_start: bool = False) -> Iterator[str]:
    """Give the modules of the project that one imports, within functions too unless `at_start`."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    for node in tree.body if at_start else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in MODULES)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for one in node.names:
                inner = f"{node.module}.{one.name}"
                yield inner if inner in MODULES else node.module


def _room(name: str) -> str | None:
    """Return the room of a module; None for a package that only holds rooms."""
    held = [room for room in ROOMS if f"{name}.".startswith(f"{room}.")]
    return max(held, key=len) if held else None


def test_every_module_is_in_a_room() -> None:
    assert {name for name in MODULES if _room(name) is None} == _PACKAGES
    assert {_room(name) for name in MODULES} - {None} == ROOMS.keys()


def test_reports_know_nothing_of_the_model() -> None:
    # `campaign result` compares over any number of days, which no table could hold.
    reading = {room for room in ROOMS if room.startswith("pipeline.")} - {"pipeline.campaigns"}
    assert [room for room in reading if any(name.startswith("ml") for name in ROOMS[room])] == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_those_that_it_may(room: str) -> None:
    found = {
        f"{name} imports {other}"
        for name in MODULES
        if _room(name) == room
        for other in _imports(name)
        if _room(other) not in {room, *ROOMS[room]}
    }
    assert found == set()


def test_no_room_stands_on_one_that_stands_on_it() -> None:
    def below(room: str, above: tuple[str, ...] = ()) -> None:
        assert room not in above, f"{room} stands on itself, by way of {above}"
        for other in ROOMS[room]:
            below(other, (*above, room))

    for room in ROOMS:
        below(room)


def test_no_module_needs_itself_to_start() -> None:
    """Within a room too: whoever reads one module reads those below it, and ends somewhere."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"{name} imports itself, by way of {above}"
        if name not in done:
            for other in _imports(name, at_start=True):
                # A package names what its modules hold; they need it for their own names only.
                if not name.startswith(f"{other}."):
                    visit(other, (*above, name))
            done.add(name)

    for name in MODULES:
        visit(name, ())
