"""Campaigns as a user runs them: drawn, remembered through runs, measured."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.campaigns.drawing import draw
from pipeline.campaigns.plan import CampaignPlan
from pipeline.exports.request import Filters
from pipeline.warehouse.lock import run_lock
from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Finished, Store, run_pipeline

pytestmark = pytest.mark.slow

_MEMBERS = "select * from marts.campaign_members where campaign = 'spring' order by all"
_SIZES = """
    select segment_id, count(*), count(*) filter (where is_control)
    from marts.campaign_members
    where campaign = 'spring'
    group by segment_id
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, demo_store: Store) -> Store:
    """A copy of the synthetic store with a campaign that began a month before its data end."""
    folder = tmp_path_factory.mktemp("campaigns")
    shutil.copytree(demo_store.datasets, folder / "datasets")
    shutil.copytree(demo_store.reports, folder / "reports")
    shutil.copytree(demo_store.warehouse.parent, folder / "w")
    store = Store(folder / "datasets", folder / "w" / demo_store.warehouse.name, folder / "reports")
    finished = _export(
        store, "treated.csv", "--campaign", "spring", "--control", "20%", "--starts", "2019-12-01"
    )
    assert finished.code == 0, finished.errors
    return store


def _export(store: Store, name: str, *options: str) -> Finished:
    path = store.reports.parent / name
    return run_pipeline("export", "--warehouse", store.warehouse, "--output", path, *options)


def _ids(store: Store, name: str) -> set[str]:
    with (store.reports.parent / name).open(newline="") as file:
        return {row["customer_id"] for row in csv.DictReader(file)}


def _published(store: Store, sql: str) -> list[tuple]:
    with duckdb.connect(str(published_path(store.warehouse)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_the_treated_are_written_and_both_groups_remembered(store: Store) -> None:
    members = _published(store, _MEMBERS)
    assert members == store.query(_MEMBERS)
    assert _ids(store, "treated.csv") == {
        str(user) for _, user, _, control in members if not control
    }
    for _, count, control in _published(store, _SIZES):
        assert abs(control - count / 5) < 1
    automatic = "select user_id from marts.user_features where is_automatic"
    assert not {user for _, user, *_ in members} & {
        user for (user,) in _published(store, automatic)
    }


def test_asked_again_it_is_the_same_while_a_run_is_under_way(store: Store) -> None:
    with run_lock(store.warehouse):
        assert _export(store, "again.csv", "--campaign", "spring").code == 0
        control = _export(store, "control.csv", "--campaign", "spring", "--group", "control")
        assert control.code == 0
    # No order of the lines is promised.
    again, treated = (
        sorted((store.reports.parent / name).read_bytes().splitlines())
        for name in ("again.csv", "treated.csv")
    )
    assert again == treated
    assert not _ids(store, "control.csv") & _ids(store, "treated.csv")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--campaign", "spring", "--control", "30%"), "another answer to: --control"),
        (("--campaign", "spring", "--segment", "0"), "another answer to: who is meant"),
        (("--campaign", "autumn"), "There is no campaign autumn yet"),
        (("--campaign", "a/b", "--control", "10%"), "A campaign cannot be called 'a/b'"),
        (("--campaign", "x", "--control", "100%"), "is no share between 0 and 100 %"),
        (("--control", "10%"), "--control is about a campaign"),
        (
            ("--campaign", "x", "--control", "10%", "--where", "order_count > 99999"),
            "No customer is meant by these filters: nothing was drawn",
        ),
        (
            ("--campaign", "x", "--control", "1%", "--where", "user_id % 100 = 0"),
            "each has to be at least 10",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_remembered(
    store: Store, options: tuple[str, ...], message: str
) -> None:
    finished = _export(store, "refused.csv", *options)
    assert finished.code == 2, finished.errors
    assert message in finished.errors
    assert finished.errors.count("\n") == 1
    assert not (store.reports.parent / "refused.csv").exists()
    assert store.query("select campaign from ops.campaigns") == [("spring",)]


def test_a_result_is_shown_by_segment_and_in_all(store: Store) -> None:
    finished = run_pipeline("campaign", "result", "spring", "--warehouse", store.warehouse)
    assert finished.code == 0, finished.errors
    assert "Campaign spring: 30 days, from 2019-12-01 on." in finished.output
    treated, control, buyers = _published(
        store,
        "select treated_count, control_count, treated_buyer_rate from marts.campaign_results"
        " where period = 'after' and group_id = 'all'",
    )[0]
    assert f"{treated:,}" in finished.output
    assert f"{control:,}" in finished.output
    assert f"{buyers:.2%}" in finished.output
    assert "The groups were" in finished.output
    # What the warehouse has of them: their visits of December.
    assert buyers == pytest.approx(
        store.query(
            "select count(distinct sessions.user_id) from core.sessions as sessions"
            " inner join marts.campaign_members as members using (user_id)"
            " where not is_control and purchase_count > 0"
            " and visit_date between '2019-12-01' and '2019-12-30'"
        )[0][0]
        / treated
    )
    fewer = run_pipeline(
        "campaign", "result", "spring", "--days", "5", "--warehouse", store.warehouse
    )
    assert "Campaign spring: 5 days, from 2019-12-01 on." in fewer.output
    unknown = run_pipeline("campaign", "result", "fall", "--warehouse", store.warehouse)
    assert (unknown.code, unknown.errors) == (
        2, "Error: There is no campaign fall: there are spring.\n",
    )  # fmt: skip


@pytest.mark.long
def test_a_campaign_outlives_what_is_built_again_and_killed_commands(
    store: Store, tmp_path: Path
) -> None:
    copy = Store(tmp_path / "datasets", tmp_path / "w" / store.warehouse.name, tmp_path / "reports")
    shutil.copytree(store.datasets, copy.datasets)
    shutil.copytree(store.warehouse.parent, copy.warehouse.parent)
    # Noted, but the command died before it was published.
    with run_lock(copy.warehouse):
        draw(copy.warehouse, CampaignPlan("winter", 1_000), Filters(), "true")
    drawn = "select user_id from ops.campaign_members where campaign = 'winter' and not is_control"
    treated = {str(user) for (user,) in copy.query(drawn)}
    last = max(path.name for path in copy.datasets.iterdir())
    (copy.datasets / last).unlink()
    finished = copy.run("run", "--quiet", "--full-refresh", "--forget-file", last)
    assert finished.code == 0, finished.errors
    assert _published(copy, _MEMBERS) == store.query(_MEMBERS)
    # Without the days after the start there is nothing to measure any more.
    ahead = run_pipeline("campaign", "result", "spring", "--warehouse", copy.warehouse)
    assert ahead.code == 2
    assert "the data end before that" in ahead.errors
    again = _export(copy, "winter.csv", "--campaign", "winter", "--control", "10%")
    assert again.code == 0, again.errors
    there = {user for (user,) in _published(copy, "select customer_id from marts.customers")}
    assert _ids(copy, "winter.csv") == treated & there


def test_controls_of_running_campaigns_are_spared_when_asked_and_a_draw_waits_for_a_run(
    store: Store,
) -> None:
    options = ("--campaign", "a", "--control", "30%", "--segment", "0")
    path = store.reports.parent / "a.csv"
    command = [
        sys.executable, str(ROOT / "run_pipeline.py"), "export", "--warehouse",
        str(store.warehouse), "--output", str(path), *options,
    ]  # fmt: skip
    with run_lock(store.warehouse):
        # A draw is noted in the warehouse, which the run holds.
        first = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert "the draw waits until it has ended" in first.stderr.readline()
    errors = first.communicate()[1]
    assert first.returncode == 0, errors
    assert "waits" not in errors
    assert path.exists()
    second = _export(
        store, "b.csv", "--campaign", "b", "--control", "10%", "--spare-controls"
    )  # fmt: skip
    assert second.code == 0, second.errors
    assert _export(store, "both.csv", "--campaign", "b", "--group", "both").code == 0
    assert _export(store, "left.csv", "--campaign", "a", "--group", "control").code == 0
    drawn, spared = _ids(store, "both.csv"), _ids(store, "left.csv")
    assert drawn > _ids(store, "a.csv")
    assert not drawn & spared
    # That of the campaign that has ended is not: its 30 days are over.
    assert drawn & _ids(store, "control.csv")
