"""Real rows, cut into three files, arrive in every order, one a run: the same marts each time."""

from __future__ import annotations

import gzip
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.relations import contents, fingerprints, ledger_and_recount
from tests.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.long]

# So many lines of each cut are also in the next one.
OVERLAP = 200
ROW_COUNT = 17_435


@pytest.fixture(scope="module")
def cuts(real_rows: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three thirds of the real rows, each with the first lines of the next one."""
    with gzip.open(real_rows / "2019-10-01_first_rows.csv.gz", "rt", newline="") as rows:
        header, *lines = rows.readlines()
    folder = tmp_path_factory.mktemp("cuts")
    third = ROW_COUNT // 3
    bounds = {"a": (0, third), "b": (third, 2 * third), "c": (2 * third, ROW_COUNT)}
    for name, (first, last) in bounds.items():
        part = "".join(lines[first : last + OVERLAP])
        (folder / f"{name}.csv").write_text(header + part, newline="")
    return sorted(folder.iterdir())


def _load_in_every_order(bench: Workbench, cuts: list[Path], folder: Path) -> dict[str, Path]:
    """Return the warehouse after each order; orders that begin alike share their first runs."""
    warehouses: dict[str, Path] = {}
    for length in range(1, len(cuts) + 1):
        for order in itertools.permutations(cuts, length):
            name = "".join(path.stem for path in order)
            bench.clear()
            for path in order:
                shutil.copy2(path, bench.datasets)
            if length > 1:
                bench.take_up(warehouses[name[:-1]])
            bench.run()
            warehouses[name] = bench.put_aside(folder / f"{name}.duckdb")
    return {name: path for name, path in warehouses.items() if len(name) == len(cuts)}


def test_the_order_in_which_files_arrive_changes_nothing(
    cuts: list[Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with workbench(tmp_path / "bench") as bench:
        warehouses = _load_in_every_order(bench, cuts, tmp_path)
    assert sorted(warehouses) == ["abc", "acb", "bac", "bca", "cab", "cba"]
    expected = contents(warehouses["abc"])
    for name, warehouse in warehouses.items():
        assert fingerprints(contents(warehouse)) == fingerprints(expected), name
        ledger, recount = ledger_and_recount(warehouse)
        assert ledger == recount, name
    lines, kept, repeated, refused = expected["ledger totals"][0][:4]
    record_property(
        "cases",
        f"{len(warehouses)} orders of {len(cuts)} files in {bench.run_count} runs,"
        f" {len(expected)} relations compared; {lines:,} lines: {kept:,} kept,"
        f" {repeated:,} repeated, {refused:,} refused",
    )
    # Of the rows as they are, 19 have no price, the last one is torn, and 5 repeat another.
    assert lines == ROW_COUNT + 2 * OVERLAP
    assert kept == ROW_COUNT - 19 - 1 - 5
    assert len(expected["core.events"]) == kept
