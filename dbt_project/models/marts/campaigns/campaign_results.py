"""What each campaign changed: the treated beside the control, before it and after its start."""

from ml.outcomes.campaign_results import results_of_campaigns
from pipeline.engines.relations import result, table_of


def model(dbt, session):
    """Compare buyers and revenue per campaign, period and segment, with intervals."""
    results = results_of_campaigns(
        table_of(dbt.ref("campaigns"), "campaign"),
        table_of(dbt.ref("int_campaign_groups"), "campaign", "segment_id", "is_control"),
        table_of(dbt.ref("campaign_purchases"), "campaign", "user_id", "day_number"),
    )
    return result(results, session)
