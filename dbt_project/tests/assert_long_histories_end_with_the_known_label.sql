-- From all events, `int_early_features` is what `user_features` says, but for
-- what depends on the day they are seen from; where that day is `as_of`, the
-- label is that of `user_segments`. A warning and no error: `model` may score
-- features that are older than what was loaded since.
{{ config(severity='warn') }}
{%- set left_out = [
    'recency_days', 'tenure_days', 'purchase_recency_days',
    'previous_order_count',
] + window_columns() %}
{%- set scores = ['recency_score', 'frequency_score', 'monetary_score'] %}

with

long_histories as (

    select * from {{ ref('int_long_histories') }}

),

described as (

    select
        {{ all_but(
            ['seen_event_count', 'snapshot_date'] + left_out,
            of='early_features'
        ) }}

    from {{ ref('int_early_features') }} as early_features
    inner join long_histories
        on
            early_features.user_id = long_histories.user_id
            and early_features.seen_event_count = long_histories.event_count

    except

    select {{ all_but(scores + left_out) }}
    from {{ ref('user_features') }}

),

labels as (

    select {{ all_but(
        ['seen_event_count', 'snapshot_date'], of='early_segments'
    ) }}

    from {{ ref('int_early_segments') }} as early_segments
    inner join long_histories
        on
            early_segments.user_id = long_histories.user_id
            and early_segments.seen_event_count = long_histories.event_count
    where early_segments.snapshot_date = {{ as_of() }}

    except

    select {{ all_but(['lifecycle_state']) }} from {{ ref('user_segments') }}

),

counts as (

    select
        (select count(*) from described) as feature_difference_count,
        (select count(*) from labels) as label_difference_count

)

select * from counts
where feature_difference_count > 0 or label_difference_count > 0
