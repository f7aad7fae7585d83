"""Files come, change and go in any order: the warehouse is what a build from scratch gives."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipeline.warehouse.publication import published_path
from tests.conftest import Store
from tests.moving_files import KINDS, Content, Move, MovingFiles, histories, kept_by_file
from tests.relations import contents, ledger_and_recount
from tests.workbench import Workbench, workbench

pytestmark = pytest.mark.slow

# Few enough events for six users to reach them; and a file may well be refused as a whole.
VARIABLES = {"max_session_events": 4, "max_events_a_day": 6, "max_rejected_share": 1}
_CASE_COUNT = 12
FROM_SEGMENTS = (
    "marts.user_segments", "marts.segment_profiles", "marts.segment_migrations",
    "marts.segment_value", "marts.value_shares", "marts.experiment_sizes",
    "marts.label_agreement", "marts.feature_drift",
)  # fmt: skip


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with workbench(tmp_path, VARIABLES) as made:
        yield made


def _check_ledger(warehouse: Path, files: list[tuple[str, Content]]) -> None:
    """The ledger is what its own lines say, and what the rule about repeated events says."""
    ledger, recount = ledger_and_recount(warehouse)
    assert ledger == recount
    assert {row[0]: row[1] for row in ledger} == kept_by_file(files)


def _live_through(history: list[list[Move]], bench: Workbench) -> MovingFiles:
    """Let it happen, with a run after each group of moves."""
    bench.clear()
    files = MovingFiles(bench.datasets)
    for moves in history:
        for move in moves:
            files.happen(move)
        bench.run(files.to_forget)
        files.after_run()
        _check_ledger(bench.warehouse, list(files.loaded.items()))
    return files


def _build_from_scratch(files: MovingFiles, bench: Workbench) -> None:
    bench.clear()
    files.write_what_counts(bench.datasets)
    bench.run()
    _check_ledger(bench.warehouse, sorted(files.loaded.items()))


@pytest.mark.timeout(1_200)
@pytest.mark.long
def test_whatever_happens_to_the_files_the_warehouse_is_that_of_a_build_from_scratch(
    bench: Workbench, record_property: Callable[[str, object], None]
) -> None:
    counts: Counter[str] = Counter()
    relations: set[str] = set()

    # Without shrinking: each attempt takes seconds, and a history of six moves can be read.
    @settings(
        max_examples=_CASE_COUNT,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(history=histories())
    def check(history: list[list[Move]]) -> None:
        files = _live_through(history, bench)
        counts.update(files.moves, sequences=1)
        lived = contents(bench.warehouse)
        if not files.loaded:
            assert lived["core.event_lines"] == lived["marts.user_features"] == []
            return
        _build_from_scratch(files, bench)
        built = contents(bench.warehouse)
        assert lived.keys() == built.keys()
        for name, rows in built.items():
            assert lived[name] == rows, name
        relations.update(built)

    check()
    moves = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
    record_property(
        "cases",
        f"{counts['sequences']} sequences of moves ({moves}) in {bench.run_count} runs,"
        f" {len(relations)} relations compared after each",
    )
    assert counts["sequences"] == _CASE_COUNT


@pytest.mark.long
def test_every_mart_is_the_same_where_the_last_month_comes_first_and_one_thread_works(
    demo_store: Store, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The model is trained once all files are there."""
    store = Store(tmp_path / "datasets", tmp_path / "w" / "test.duckdb", tmp_path / "reports")
    store.datasets.mkdir()
    first, second, last = sorted(demo_store.datasets.iterdir())
    for command, path in (("etl", last), ("etl", first), ("run", second)):
        shutil.copy2(path, store.datasets)
        finished = store.run(command, "--quiet", "--threads", "1")
        assert finished.code == 0, finished.errors
    compared = 0
    for place in (lambda warehouse: warehouse, published_path):
        found, expected = (contents(place(each.warehouse)) for each in (store, demo_store))
        assert found.keys() == expected.keys()
        for name, rows in expected.items():
            assert found[name] == rows, name
        assert all(expected[name] for name in FROM_SEGMENTS)
        compared += len(expected)
    record_property("cases", f"{compared} relations of a whole run compared for two orders")
