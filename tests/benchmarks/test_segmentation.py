"""What the benchmark of the segments calls a broken promise."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.segmentation import LARGE_STORE, Case, Outcome, broken_promises

TYPES = Case("types", LARGE_STORE)
NO_TYPES = Case("no types", options=(("planted_types", False),))
GOOD = Outcome(
    user_count=42_680,
    adjusted_rand=0.8,
    segment_count=7,
    type_count=7,
    verdict="natural",
    gain=0.15,
    bootstrap_jaccard=0.98,
    planted_jaccard=0.52,
    shares={"segment": 0.32, "rfm_group": 0.25, "rfm_cell": 0.26},
)


def test_a_store_that_shows_everything_breaks_nothing() -> None:
    assert broken_promises(TYPES, GOOD) == []
    assert broken_promises(NO_TYPES, replace(GOOD, verdict="reproducible")) == []


def test_each_promise_can_be_broken() -> None:
    shares = {"segment": 0.2, "rfm_group": 0.25, "rfm_cell": 0.26}
    bad = Outcome(42_680, 0.74, 9, 7, "reproducible", 0.05, 0.7, 0.5, shares)
    assert len(broken_promises(TYPES, bad)) == 6
    assert broken_promises(TYPES, replace(GOOD, adjusted_rand=0.74)) == ["unlike the types"]
    assert broken_promises(NO_TYPES, GOOD) == ["natural without types"]


def test_nothing_is_promised_of_small_or_blurred_stores() -> None:
    bad = replace(GOOD, verdict="constructive", adjusted_rand=0.1)
    assert broken_promises(Case("small", 5_000), bad) == []
    assert broken_promises(Case("blurred", options=(("overlap", 0.5),)), bad) == []
    # A store of middling size need not agree with the types as well as a large one.
    assert broken_promises(Case("types"), replace(GOOD, adjusted_rand=0.7)) == []
