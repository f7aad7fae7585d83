"""What each campaign changed: the treated beside the control, before it and after its start."""

from ml.outcomes.campaign_results import results_of_campaigns


def model(dbt, session):  # noqa: ARG001 - dbt passes both
    """Compare buyers and revenue per campaign, period and segment, with intervals."""
    return results_of_campaigns(
        dbt.ref("campaigns").order("campaign").to_arrow_table(),
        dbt.ref("int_campaign_groups").order("all").to_arrow_table(),
        dbt.ref("campaign_purchases").order("campaign, user_id, day_number").to_arrow_table(),
    )
