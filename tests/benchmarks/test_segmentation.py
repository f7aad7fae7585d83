"""What the benchmark of the segments calls a broken promise, and how it comes by its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from benchmarks import segmentation
from benchmarks.jury.judge import SETTINGS, Case, Judged, project_with_outcome
from benchmarks.jury.stores import store_by_key
from benchmarks.segmentation import broken_promises, main

SHARES = {
    "segments": 0.40,
    "nine groups": 0.35,
    "eleven groups": 0.36,
    "125 cells": 0.39,
    "regression": 0.41,
    "boosting on the model's": 0.42,
    "boosting on RFM": 0.42,
}
USERS = pd.DataFrame(
    {
        "segment_id": 1,
        "segment_name": "Buyers",
        "order_count": 2,
        "order_span_days": 20,
        "recency_days": 10,
        "event_count": 30,
        "cart_count": 2,
        "revenue": 10.0,
    },
    index=range(30_000),
)


def judged(key: str, **flaws: object) -> Judged:
    good = Judged(
        case=Case(key, 1, date(2020, 1, 1)),
        k=7,
        verdict="reproducible",
        least_jaccard=0.8,
        smallest_share=0.05,
        labelled=0.4,
        labelled_buyers=0.96,
        labelled_revenue=0.99,
        adjusted_rand=0.81 if store_by_key(key).has_planted_types else float("nan"),
        explained={"all": SHARES, "labelled": SHARES},
        users=USERS,
    )
    return replace(good, **flaws)


@pytest.mark.parametrize("key", ["a", "c", "e", "f", "h", "i", "j"])
def test_a_store_that_shows_everything_breaks_nothing(key: str) -> None:
    assert broken_promises(judged(key)) == []


@pytest.mark.parametrize(
    ("key", "flaw", "expected"),
    [
        ("a", {"k": 9}, "9 segments"),
        ("a", {"adjusted_rand": 0.79}, "unlike the types: 0.790"),
        ("h", {"labelled_buyers": 0.94}, "only 94.0% of buyers"),
        ("b", {"least_jaccard": 0.55}, "a segment comes back with 0.55"),
        ("f", {"verdict": "natural"}, "natural without types"),
        ("c", {"verdict": "natural"}, "natural without types"),
    ],
)
def test_each_promise_can_be_broken(key: str, flaw: dict, expected: str) -> None:
    assert broken_promises(judged(key, **flaw)) == [expected]


def test_more_is_demanded_where_only_purchases_are_recorded() -> None:
    close = {"all": SHARES | {"segments": 0.98 * 0.39}}
    assert broken_promises(judged("a", explained=close)) == []
    (told,) = broken_promises(judged("c", explained=close))
    assert "0.980 of what the cells explain, not 1.0" in told
    far = {"all": SHARES | {"segments": 0.34}}
    assert len(broken_promises(judged("a", explained=far))) == 2


def test_a_name_that_is_untrue_is_a_broken_promise() -> None:
    users = USERS.assign(segment_name="Lapsed buyers")
    assert broken_promises(judged("i", users=users)) == [
        "Lapsed buyers: the last order is not late"
    ]


def test_a_small_store_need_not_show_its_types() -> None:
    assert broken_promises(judged("a", users=USERS[:20_000], adjusted_rand=0.5)) == []


@pytest.mark.slow
@pytest.mark.long
def test_a_store_goes_the_whole_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is not judged twice where the judgement was kept."""
    monkeypatch.setattr("benchmarks.results.RESULTS", tmp_path)
    arguments = ["--stores", "j", "--users", "1000", "--one-seed", "--keep", str(tmp_path / "kept")]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code in (0, 1), first.output
    table = (tmp_path / "segmentation.md").read_text().splitlines()
    header, all_of_them, labelled = (
        line.strip("| ").split(" | ")
        for line in table
        if line.startswith("| ") and "---" not in line
    )
    found = dict(zip(header, all_of_them, strict=True))
    assert found["population"] == "all"
    assert 0 < float(found["segments"]) < float(found["boosting on the model's"]) + 0.2
    assert 0.3 < float(found["ARI"]) <= 1
    assert dict(zip(header, labelled, strict=True))["population"] == "labelled"
    assert (tmp_path / "segment_names.md").read_text().count("| j, seed 1 |") >= 2
    monkeypatch.setattr(segmentation, "judge", None)
    second = CliRunner().invoke(main, arguments)
    assert (second.exit_code, len(second.output)) == (first.exit_code, len(first.output))


def test_a_store_that_is_not_there_is_left_out_with_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.results.RESULTS", tmp_path)
    monkeypatch.setattr("benchmarks.jury.real_stores.REAL_ROWS", tmp_path / "nowhere")
    finished = CliRunner().invoke(main, ["--stores", "i"])
    assert finished.exit_code == 0, finished.output
    assert "is left out: the real rows are not beside" in finished.output


def test_the_length_of_the_outcome_is_set_as_a_user_sets_it(tmp_path: Path) -> None:
    project, copy = tmp_path / "project", tmp_path / "copy"
    project.mkdir()
    (project / "run_pipeline.py").touch()
    text = "vars:\n  outcome_days: {} # of what follows\n  min_events: 10\n"
    (project / SETTINGS).write_text(text.format(30))
    assert project_with_outcome(project, 30, copy) == project
    assert project_with_outcome(project, 90, copy) == copy
    assert (copy / SETTINGS).read_text() == text.format(90)
    assert (copy / "run_pipeline.py").exists()
