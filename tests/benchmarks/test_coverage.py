"""What intervals are tried on, and how their coverage is counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.coverage import _tried
from benchmarks.intervals import METHODS, student
from benchmarks.jury.store import JuryStore, Written
from benchmarks.outcomes import Outcomes, outcomes_of
from benchmarks.results import RESULTS
from ml.outcomes.intervals import mean_interval
from pipeline.reporting.kit.catalogue import Catalogue

HEADER = (
    "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session"
)
# Where a few customers spend a hundred times as much as others, no interval holds what it promises.
EXTREME = (
    "no types, heavy tails",
    "purchases only, 1 % wholesalers",
    "demo, 1 % wholesalers: several",
)
# Of each user: views before the date, as many orders as this, and what is spent afterwards.
ORDERS = {0: 300, 1: 300, 2: 299}


def _written(folder: Path, _seed: int, _user_count: int) -> Written:
    datasets = folder / "datasets"
    datasets.mkdir(parents=True)
    lines, user = [HEADER], 0
    for order_count, user_count in ORDERS.items():
        for _ in range(user_count):
            user += 1
            lines.append(f"2019-10-01 10:00:00 UTC,view,1,1,,,5.00,{user},v{user}")
            for order in range(order_count):
                name = f"{user}-{order}"
                # Two lines are one order.
                lines += [
                    f"2019-10-31 23:59:59 UTC,purchase,{at},1,,,5.00,{user},{name}" for at in "12"
                ]
            if user % 2:
                lines.append(f"2019-11-01 00:00:00 UTC,purchase,1,1,,,7.50,{user},n{user}")
                lines.append(f"2019-12-01 00:00:00 UTC,purchase,1,1,,,9.00,{user},l{user}")
    # Who came after the date is not a customer of it.
    lines.append("2019-11-02 00:00:00 UTC,purchase,1,1,,,99.00,9999,z")
    (datasets / "2019-10.csv").write_text("\n".join(lines) + "\n")
    return Written(datasets, None)


def test_customers_are_told_apart_by_their_orders_before_the_date() -> None:
    """Of those with several orders there are too few; what comes after 30 days does not count."""
    store = JuryStore("t", "by hand", _written, (date(2019, 11, 1),), outcome_days=30)
    found = outcomes_of(store, store.dates[0])
    assert [(one.store, one.history) for one in found] == [
        ("by hand", "no order"),
        ("by hand", "one order"),
    ]
    for one in found:
        assert sorted(set(one.revenues)) == [0.0, 7.5]
        assert (len(one.revenues), one.buyer_rate) == (300, 0.5)
        assert one.skewness == pytest.approx(0, abs=1e-12)


def test_of_values_without_skewness_all_intervals_are_about_the_same() -> None:
    values = np.random.default_rng(0).normal(100, 10, 400)
    expected = student(values, np.random.default_rng(0))
    for method in METHODS.values():
        assert method(values, np.random.default_rng(1)) == pytest.approx(expected, abs=0.25)


def test_coverage_is_that_of_the_drawn_samples() -> None:
    outcomes = Outcomes("by hand", "one order", np.repeat([0.0, 20.0, 30.0], [60, 20, 20]))
    hits, spenders, width = _tried(outcomes, 40, 50, 3)
    again, *_ = _tried(outcomes, 40, 50, 3)
    assert (hits == again).all()
    values = np.random.default_rng([3, 40, 7]).choice(outcomes.revenues, 40)
    found = mean_interval(values)
    assert found.lower is not None
    assert found.upper is not None
    assert spenders[7] == np.count_nonzero(values)
    assert hits[7, -1] == (found.lower <= 10 <= found.upper)
    assert 0.3 < width < 1.5
    assert (hits.mean(axis=0) > 0.8).all()


def test_the_report_says_what_was_measured() -> None:
    """The lowest and the highest coverage of the project's interval, without extreme spenders."""
    table = [
        [cell.strip() for cell in line.strip("| \n").split(" | ")]
        for line in (RESULTS / "coverage.md").read_text().splitlines()
        if line.startswith("| ")
    ]
    place = table[0].index("Hall, spenders")
    covered = [
        float(row[place])
        for row in table[2:]
        if row[place] != "-" and not row[0].startswith(EXTREME)
    ]
    assert len(covered) > 40
    lowest, highest = (round(100 * share) for share in (min(covered), max(covered)))
    for language, said in {
        "en": f"in {lowest} to {highest} of 100, and in fewer where",
        "fr": f"{lowest} à {highest} fois sur 100, et moins souvent",
    }.items():
        assert said in (Catalogue(language, "report").find("report", "value_note") or "")
