"""Who combines all tables of a report in the mode `publish` finds no small group."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from pipeline.runtime.progress import QuietReporter
from tests.conftest import Store

pytestmark = pytest.mark.slow

# Large enough that the small store has many groups to hide.
MINIMUM = 30
WITHOUT = "no segment"
_NUMBER = re.compile(r"[\d,]+")
_SHARE = re.compile(r"(\d+(?:\.(\d+))?)%")


@dataclass
class System:
    """Linear constraints on counts of people, none of which is negative."""

    places: dict[tuple, int] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def add(self, terms: dict[tuple, float], lowest: float, highest: float) -> None:
        """Let a sum lie between two bounds."""
        row = {self.places.setdefault(cell, len(self.places)): by for cell, by in terms.items()}
        self.rows.append((row, lowest, highest))

    def range_of(self, cell: tuple) -> tuple[float, float]:
        """Return the smallest and the largest value that all constraints allow."""
        limits = []
        for row, lowest, highest in self.rows:
            limits += [(row, 1, highest)] if np.isfinite(highest) else []
            limits += [(row, -1, -lowest)] if np.isfinite(lowest) else []
        matrix, bounds = np.zeros((len(limits), len(self.places))), [limit for *_, limit in limits]
        for place, (row, sign, _) in enumerate(limits):
            for column, by in row.items():
                matrix[place, column] = sign * by
        found = []
        for sign in (1, -1):
            goal = np.zeros(len(self.places))
            goal[self.places[cell]] = sign
            solved = linprog(goal, matrix, bounds, bounds=(0, None), method="highs")
            assert solved.status in (0, 3), solved.message
            found.append(sign * solved.fun if solved.status == 0 else np.inf)
        return found[0], found[1]


def tables_of(markdown: str) -> list[tuple[str, list[str], list[list[str]]]]:
    """Return the segment of the page, heading, names of columns and rows of every table."""
    found, page, heading, lines = [], None, "", markdown.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("#"):
            heading = line.strip("# ")
        if re.match("#{1,3} ", line):
            segment = re.fullmatch("Segment “(.+)”", heading)
            page = segment and segment[1]
        if line.startswith("| :") or line.startswith("| --"):
            rows = []
            for below in lines[place + 1 :]:
                if not below.startswith("|"):
                    break
                rows.append(_cells(below))
            found.append((page, heading, _cells(lines[place - 1]), rows))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]


def _count(cell: str) -> int | None:
    return int(cell.replace(",", "")) if _NUMBER.fullmatch(cell) else None


def constraints(markdown: str) -> System:
    """Return what all tables together say of counts of customers."""
    system = System()
    for page, heading, names, rows in tables_of(markdown):
        columns = {name: place for place, name in enumerate(names)}
        snapshot_date = re.fullmatch(r"From (\S+) to (\S+)", heading)
        if page:
            _page(system, page, names, rows)
        elif snapshot_date and names[0] == "Before":
            _moves(system, names, rows)
        elif "Customers then" in columns and names[0] == "Segment":
            _sizes(system, rows, columns["Customers then"], "then")
            if "Bought next month" in columns:
                _buyers(system, rows, columns, "Customers then", "Bought next month", "next")
        elif {"Customers", "Bought"} <= columns.keys():
            _sizes(system, rows, columns["Customers"], "now")
            _buyers(system, rows, columns, "Customers", "Bought", "ever")
            for row in rows:
                if (share := _SHARE.fullmatch(row[columns["Share"]])) and row is not rows[-1]:
                    _share(system, row[0], rows, float(share[1]) / 100)
        elif names[0] == "State":
            states = {("state", row[0]): _count(row[columns["Customers"]]) for row in rows}
            for cell, count in states.items():
                if count is not None:
                    system.add({cell: 1}, count, count)
    return system


def _page(system: System, segment: str, names: list[str], rows: list[list[str]]) -> None:
    """What the page of a segment says of its states, of where it came from, and where it went."""
    kinds = {
        "State": lambda other: ("state", segment, other),
        "Its customers of today were": lambda other: ("move", other, segment),
        "Its customers of then are": lambda other: ("move", segment, other),
    }
    if names[0] not in kinds:
        return
    cells = {kinds[names[0]](row[0]): _count(row[1]) for row in rows}
    for cell, count in cells.items():
        system.add({cell: 1}, count or 0, np.inf if count is None else count)
    if names[0] == "State":
        system.add(dict.fromkeys(cells, 1.0) | {("now", segment): -1.0}, 0, 0)


def _moves(system: System, names: list[str], rows: list[list[str]]) -> None:
    for row in rows:
        for name, cell in zip(names[1:], row[1:], strict=True):
            move, count = ("move", row[0], name), _count(cell)
            system.add({move: 1}, count or 0, np.inf if count is None else count)
        cells = {("move", row[0], name): 1.0 for name in names[1:]}
        system.add(cells | {("then", row[0]): -1.0}, 0, 0)
    for name in names[1:]:
        cells = {("move", row[0], name): 1.0 for row in rows}
        system.add(cells | {("now", name): -1.0}, 0, 0)


def _sizes(system: System, rows: list[list[str]], place: int, when: str) -> None:
    segments = [row for row in rows if not row[0].startswith(("All", "Average"))]
    for row in segments:
        if (count := _count(row[place])) is not None:
            system.add({(when, row[0]): 1}, count, count)
    if len(segments) < len(rows) and (total := _count(rows[-1][place])) is not None:
        system.add({(when, row[0]): 1.0 for row in segments}, total, total)


def _buyers(system, rows, columns, size: str, bought: str, kind: str) -> None:
    """A share of buyers says how many bought, and how many did not, to its last digit."""
    for row in rows:
        count, share = _count(row[columns[size]]), _SHARE.match(row[columns[bought]])
        if count is None or row[0].startswith(("All", "Average")):
            continue
        system.add({(kind, row[0]): 1, ("not " + kind, row[0]): 1}, count, count)
        if share:
            half = 0.5 * 10 ** -len(share[2] or "") / 100
            rate = float(share[1]) / 100
            system.add({(kind, row[0]): 1}, count * (rate - half), count * (rate + half))


def _share(system: System, segment: str, rows: list[list[str]], share: float) -> None:
    terms = {("now", row[0]): -(share - 0.0005) for row in rows[:-1]}
    terms[("now", segment)] += 1
    system.add(terms, 0, np.inf)
    terms = {("now", row[0]): -(share + 0.0005) for row in rows[:-1]}
    terms[("now", segment)] += 1
    system.add(terms, -np.inf, 0)


@pytest.fixture(scope="module")
def markdown(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the synthetic store as everybody may read it."""
    folder: Path = tmp_path_factory.mktemp("published")
    files = write_report(
        demo_store.warehouse, folder, language="en", is_synthetic=True,
        policy=Policy(MINIMUM, is_public=True), between_confidence=0.1, currency=None,
        reporter=QuietReporter(),
    )  # fmt: skip
    return files.markdown.read_text()


def test_no_small_group_follows_from_all_tables_together(markdown: str, demo_store: Store) -> None:
    system = constraints(markdown)
    hidden = [cell for cell in system.places if cell[0] == "move"]
    ranges = {cell: system.range_of(cell) for cell in hidden}
    small = {cell for cell in hidden if ranges[cell][0] < MINIMUM <= ranges[cell][1] + 1}
    assert len(hidden) > 20
    found = {
        cell for cell, (lowest, highest) in ranges.items()
        if np.floor(highest + 1e-6) <= np.ceil(lowest - 1e-6) and 0 < round(highest) < MINIMUM
    }  # fmt: skip
    assert found == set()
    assert small
    for kind in ("ever", "not ever", "next", "not next", "state"):
        for cell in [cell for cell in system.places if cell[0] == kind]:
            lowest, highest = system.range_of(cell)
            is_told = np.floor(highest + 1e-6) <= np.ceil(lowest - 1e-6)
            assert not (is_told and 0 < round(highest) < MINIMUM), cell


def test_the_attack_works_where_a_cell_is_given_away(markdown: str) -> None:
    """One hidden number told by somebody, and the line that it stood in: that has to be found."""
    told = "| Before | A | B |\n| :-- | --: | --: |\n| A | hidden | 100 |\n"
    sizes = "| Segment | Customers then |\n| :-- | --: |\n| A | 107 |\n"
    system = constraints(f"## From x to y\n\n{told}\n## Worth\n\n{sizes}")
    assert system.range_of(("move", "A", "A")) == pytest.approx((7, 7))
