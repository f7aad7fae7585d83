"""Who combines all that is published in the mode `publish` finds no small group."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from pipeline.runtime.progress import QuietReporter
from tests.attacker.everything import everything
from tests.attacker.people import constraints
from tests.attacker.system import System
from tests.conftest import Store

pytestmark = pytest.mark.slow

# Large enough that the small store has many groups to hide.
MINIMUM = 30
_SEGMENTS = """
    select segment_name, count(*), count(*) filter (where order_count > 0), sum(revenue)::double
    from marts.user_segments inner join marts.user_features using (user_id)
    where segment_id is not null group by segment_name order by count(*)
"""


@dataclass(frozen=True)
class Published:
    """What everybody may read of a run."""

    folder: Path
    minimum: int

    @property
    def report(self) -> str:
        return (self.folder / "report.md").read_text()

    @property
    def page(self) -> str:
        return (self.folder / "report.html").read_text()

    @cached_property
    def known(self) -> System:
        """What follows from all of it."""
        return everything(self.report, (self.folder / "model_card.md").read_text())

    def small_cells(self) -> dict[tuple, int]:
        """Return the numbers of few people that follow from it, to the unit."""
        determined = self.known.determined()
        return {cell: count for cell, count in determined.items() if 0 < count < self.minimum}


def _published(store: Store, minimum: int, folder: Path) -> Published:
    """Write report and model card of a store as everybody may read them."""
    write_report(
        store.warehouse, folder, language="en", is_synthetic=True,
        policy=Policy(minimum, is_public=True), currency=None,
        reporter=QuietReporter(),
    )  # fmt: skip
    return Published(folder, minimum)


def _protects_money(store: Store, published: Published) -> None:
    """The rule of p per cent for sums of money: those of few buyers follow to no tenth."""
    for name, users, buyers, revenue in store.query(_SEGMENTS):
        lowest, highest = published.known.range_of(("money", name))
        assert lowest - 1e-6 <= revenue <= highest + 1e-6, name
        if 0 < min(users, buyers) < published.minimum:
            assert lowest < 0.9 * revenue or highest > 1.1 * revenue, name


@pytest.fixture(scope="module")
def pages(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Of the synthetic store."""
    return _published(demo_store, MINIMUM, tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def smallest(demo_store: Store) -> tuple[str, int]:
    """The smallest segment of the store, and how many it has."""
    return demo_store.query(_SEGMENTS)[0][:2]


@pytest.fixture(scope="module")
def with_small_segment(
    demo_store: Store, smallest: tuple[str, int], tmp_path_factory: pytest.TempPathFactory
) -> System:
    """What is known where the smallest segment has one customer too few to be shown."""
    folder = tmp_path_factory.mktemp("small_segment")
    system = _published(demo_store, smallest[1] + 1, folder).known
    system.add({("now", smallest[0]): 1}, 1, smallest[1])
    return system


def test_no_small_group_follows_from_all_that_is_published(pages: Published) -> None:
    kinds = Counter(cell[0] for cell in pages.known.places)
    for kind in ("now", "then", "move", "ever", "next", "back", "state", "first", "snapshot",
                 "bought", "between", "label", "meets"):  # fmt: skip
        assert kinds[kind], kind
    assert pages.small_cells() == {}


# Of each kind of small group, one of these hides some: of states, of cohorts, of segments.
@pytest.mark.parametrize("minimum", [8, 60])
def test_nor_where_fewer_or_more_are_few(demo_store: Store, tmp_path: Path, minimum: int) -> None:
    published = _published(demo_store, minimum, tmp_path)
    assert published.small_cells() == {}
    _protects_money(demo_store, published)


def test_what_the_attacker_believes_is_true(pages: Published, demo_store: Store) -> None:
    """Otherwise the attack would prove nothing: true sizes and sums are possible."""
    told = 0
    for name, users, buyers, revenue in demo_store.query(_SEGMENTS):
        for kind, truth in (("now", users), ("ever", buyers), ("money", revenue)):
            lowest, highest = pages.known.range_of((kind, name))
            assert lowest - 1e-6 <= truth <= highest + 1e-6, (kind, name)
            told += highest < np.inf
    assert told > 6


def test_the_money_of_few_buyers_is_not_known_to_a_tenth(
    pages: Published, demo_store: Store
) -> None:
    assert any(0 < row[2] < MINIMUM for row in demo_store.query(_SEGMENTS))
    _protects_money(demo_store, pages)


def test_a_segment_that_is_too_small_has_any_size(
    with_small_segment: System, smallest: tuple[str, int]
) -> None:
    name, size = smallest
    lowest, highest = with_small_segment.range_of(("now", name))
    assert lowest <= 1 + 1e-6
    assert highest >= size - 1e-6


def test_the_attack_works_where_a_cell_is_given_away() -> None:
    """One hidden number told by somebody, and the line that it stood in: that has to be found."""
    told = "| Before | A | B |\n| :-- | --: | --: |\n| A | hidden | 100 |\n"
    sizes = "| Segment | Customers then |\n| :-- | --: |\n| A | 107 |\n"
    system = constraints(f"## From x to y\n\n{told}\n## Worth\n\n{sizes}")
    assert system.range_of(("move", "A", "A")) == pytest.approx((7, 7))


_MONEY = """
| Segment | Customers | Share | Revenue | Revenue share | Lift | Bought | Per customer |
| :-- | --: | --: | --: | --: | --: | --: | --: |
| A | 1,000 | - | 50,000 | 90.9% | {lift} | 50% | 50.00 |
| B | fewer than 30 | - | - | - | - | - | - |
| **All with a segment** | **not shown** | - | **55,000** | - | **1.00** | - | **{all}** |
"""


def test_the_attack_finds_a_number_in_what_a_customer_brings_in() -> None:
    """55,000 of revenue are 53.9 a customer: there are some 1,020, so B has some 20."""
    lowest, highest = constraints(_MONEY.format(all="53.9", lift="0.93")).range_of(("now", "B"))
    assert 5 < lowest < 20.4 < highest < 35
    assert constraints(_MONEY.format(all="-", lift="-")).range_of(("now", "B")) == (
        pytest.approx(0), np.inf,
    )  # fmt: skip


def test_the_attack_finds_a_number_in_the_criteria_of_the_model() -> None:
    """Of 2,000 customers: inertias and indices of two numbers of segments tell how many."""
    count, whole, inertias = 2000, 20000.0, (11000.0, 9000.0, 7500.0)
    indices = [
        (whole - inertia) / (k - 1) / (inertia / (count - k))
        for k, inertia in enumerate(inertias, start=2)
    ]
    table = (
        "| Criterion | 2 | 3 (chosen) | 4 |\n| :-- | --: | --: | --: |\n"
        f"| Inertia | {' | '.join(f'{one:,.0f}' for one in inertias)} |\n"
        f"| Calinski-Harabasz | {' | '.join(f'{one:,.3f}' for one in indices)} |\n"
    )
    system = constraints(_MONEY.format(all="-", lift="-") + "\n" + table)
    lowest, highest = system.range_of(("now", "B"))
    assert 990 < lowest < 1000 < highest < 1010
