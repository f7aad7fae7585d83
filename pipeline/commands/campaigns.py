"""`export --campaign`: draw a campaign with its control, remember it, and write who gets it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.campaigns.advice import EFFECT, Advice, advice_on
from pipeline.campaigns.drawing import draw
from pipeline.campaigns.members import members_of
from pipeline.campaigns.plan import (
    CampaignPlan,
    KnownCampaign,
    check_name,
    known_campaign,
    require_campaign,
    require_same,
)
from pipeline.dbt_runner.invocation import run_dbt
from pipeline.exports.audience import condition_of, published_columns
from pipeline.exports.customers import published, write_selection
from pipeline.exports.placing import check_target
from pipeline.exports.request import Filters, Target
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.connection import check_warehouse
from pipeline.warehouse.lock import run_lock_in_turn
from pipeline.warehouse.publication import (
    CAMPAIGN_TABLES,
    published_path,
    published_state,
    replace_published,
)
from pipeline.warehouse.state import state_of_features

_BUILD_CAMPAIGNS = (
    "build",
    "--exclude-resource-type",
    "unit_test",
    "--select",
    "path:dbt_project/models/marts/campaigns",
    "--indirect-selection",
    "buildable",
)


def export_campaign(
    warehouse: Path,
    filters: Filters,
    column_names: Sequence[str],
    target: Target,
    reporter: Reporter,
    plan: CampaignPlan,
    group: str,
) -> None:
    """Write one group of a campaign, after drawing it if it is new.

    Raises
    ------
    InputError
        When something is wrong with what is asked.
    PipelineError
        When the warehouse cannot be built or the file not be written.
    """
    check_name(plan.name)
    check_target(target, warehouse, published_path(warehouse))
    with published(warehouse) as connection:
        published_columns(connection)
        known = known_campaign(connection, plan.name)
        condition = condition_of(connection, filters)
    if known is None:
        _draw(warehouse, plan, filters, condition, reporter)
    with published(warehouse) as connection:
        known = require_campaign(connection, plan.name)
        require_same(known, plan, filters)
        selection = members_of(connection, known, column_names, group)
        count = write_selection(connection, selection, filters, target)
        advice = advice_on(connection, plan.name)
    reporter.say(f"{count:,} customers ({group}) written to {target.path}, with a manifest.")
    for line in _told(known, advice):
        reporter.say(line)


def _draw(
    warehouse: Path, plan: CampaignPlan, filters: Filters, condition: str, reporter: Reporter
) -> None:
    if plan.control is None:
        raise InputError(
            f"There is no campaign {plan.name} yet: say how large its control is, such as"
            " --control 10%."
        )
    # A draw is noted in the warehouse itself, which a run holds from its first file to its report.
    with run_lock_in_turn(
        warehouse, lambda: reporter.say("A run is under way: the draw waits until it has ended.")
    ):
        check_warehouse(warehouse)
        _require_whole(warehouse)
        draw(warehouse, plan, filters, condition)
        publish_campaigns(warehouse, reporter)


def publish_campaigns(warehouse: Path, reporter: Reporter) -> None:
    """Build the relations of campaigns and put them into the published file, and nothing else.

    For a caller who holds the lock of the warehouse.
    """
    settings = RunSettings(warehouse=warehouse, as_of=_as_of(warehouse))
    result = run_dbt(_BUILD_CAMPAIGNS, settings, reporter=reporter, title="Noting the campaign")
    if result.error or result.failed_tests:
        raise PipelineError(result.error or f"Data tests failed: {', '.join(result.failed_tests)}.")
    replace_published(warehouse, CAMPAIGN_TABLES)


def _require_whole(warehouse: Path) -> None:
    """Make sure that warehouse and publication are of one run: else the draw would mix two."""
    features, state = state_of_features(warehouse), published_state(warehouse)
    if state not in ("", features):
        raise InputError(
            f"The last run on {warehouse} ended before it published:"
            " run `python run_pipeline.py` first."
        )


def _as_of(warehouse: Path) -> date | None:
    with published(warehouse) as connection:
        rows = connection.execute("select as_of from marts.customers limit 1").fetchall()
    return rows[0][0] if rows else None


def _told(known: KnownCampaign, advice: Advice) -> list[str]:
    """Say what the campaign is, and what it can show."""
    lines = [
        f"Campaign {known.name}: {advice.treated_count:,} customers get it,"
        f" {advice.control_count:,} are the control and must not. It counts from"
        f" {known.starts_on}, for {known.day_count} days."
    ]
    if advice.base_rate is None or advice.needed_count is None:
        return [*lines, "What it can show is not known: no month of such customers was watched."]
    shows = "no rise at all"
    if advice.detectable_rate is not None:
        shows = f"a rise to {advice.detectable_rate:.1%} or more"
    return [
        *lines,
        f"Of such customers {advice.base_rate:.1%} bought in a month: these groups show {shows}, 8"
        f" times in 10; a rise by {EFFECT:.0%} takes {advice.needed_count:,} customers.",
    ]
