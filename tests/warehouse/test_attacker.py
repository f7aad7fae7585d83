"""Who combines all that is published in the mode `publish` finds no small group."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report import write_report
from pipeline.runtime.progress import QuietReporter
from tests.attacker.card import card_of
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


def _published(store: Store, minimum: int, folder: Path) -> tuple[str, str]:
    """Return report and model card of a store as everybody may read them."""
    files = write_report(
        store.warehouse, folder, language="en", is_synthetic=True,
        policy=Policy(minimum, is_public=True), currency=None,
        reporter=QuietReporter(),
    )  # fmt: skip
    return files.markdown.read_text(), files.model_card.read_text()


@pytest.fixture(scope="module")
def pages(demo_store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
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
    report, card = _published(demo_store, smallest[1] + 1, folder)
    system = constraints(report)
    card_of(system, card)
    system.add({("now", smallest[0]): 1}, 1, smallest[1])
    return system


def test_no_small_group_follows_from_all_tables_together(pages: tuple[str, str]) -> None:
    system = constraints(pages[0])
    card_of(system, pages[1])
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
    for kind in ("ever", "not ever", "next", "not next", "state", "now"):
        for cell in [cell for cell in system.places if cell[0] == kind]:
            lowest, highest = system.range_of(cell)
            is_told = np.floor(highest + 1e-6) <= np.ceil(lowest - 1e-6)
            assert not (is_told and 0 < round(highest) < MINIMUM), cell


def test_what_the_attacker_believes_is_true(pages: tuple[str, str], demo_store: Store) -> None:
    """Otherwise the attack would prove nothing: true sizes and sums are possible."""
    system = constraints(pages[0])
    card_of(system, pages[1])
    told = 0
    for name, users, _, revenue in demo_store.query(_SEGMENTS):
        for cell, truth in ((("now", name), users), (("money", name), revenue)):
            lowest, highest = system.range_of(cell)
            assert lowest - 1e-6 <= truth <= highest + 1e-6, cell
            told += highest < np.inf
    assert told > 4


def test_the_money_of_few_buyers_is_not_known_to_a_tenth(
    pages: tuple[str, str], demo_store: Store
) -> None:
    """The rule of p per cent for sums of money: nobody's follows to within 10 %."""
    system = constraints(pages[0])
    few = [row for row in demo_store.query(_SEGMENTS) if 0 < row[2] < MINIMUM]
    assert few
    for name, _, _, revenue in few:
        lowest, highest = system.range_of(("money", name))
        assert lowest < 0.9 * revenue or highest > 1.1 * revenue, name


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
