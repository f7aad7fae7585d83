-- One row per campaign: whom it was asked for, how large its control is, and
-- how many days of it the data show so far.
{{ config(materialized='view') }}

with

drawn as (

    select * from {{ source('ops', 'campaigns') }}

),

campaigns as (

    select
        campaign,

        control_share,
        day_count,
        greatest(0, {{ days_between('starts_on', as_of()) }})::integer
            as observed_day_count,

        request,
        model_version,
        starts_on,
        drawn_as_of,
        drawn_at

    from drawn

)

select * from campaigns
