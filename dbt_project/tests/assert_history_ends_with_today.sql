-- As of today, the history of a sampled user is what `user_features` and
-- `user_segments` say. Scores compare with other users, so they agree only
-- where the sample is everybody. A warning and no error: `model` may score
-- features that are older than what was loaded since.
{{ config(severity='warn') }}
{%- set scores = ['recency_score', 'frequency_score', 'monetary_score'] %}

with

in_history as (

    select
        {{ all_but(['snapshot_date'] + scores, of='features') }},
        {{ all_but(['user_id', 'snapshot_date'], of='segments') }}

    from {{ ref('int_history_features') }} as features
    inner join {{ ref('int_history_segments') }} as segments
        on
            features.user_id = segments.user_id
            and features.snapshot_date = segments.snapshot_date
    inner join {{ ref('int_snapshots') }} as snapshots
        on
            features.snapshot_date = snapshots.snapshot_date
            and snapshots.is_current

),

expected as (

    select
        {{ all_but(scores, of='features') }},
        {{ all_but(['user_id', 'lifecycle_state'], of='segments') }}

    from {{ ref('user_features') }} as features
    inner join {{ ref('user_segments') }} as segments
        on features.user_id = segments.user_id
    inner join {{ ref('int_sampled_users') }} as sampled_users
        on features.user_id = sampled_users.user_id

),

different as (

    (
        select * from in_history
        except
        select * from expected
    )

    union all

    (
        select * from expected
        except
        select * from in_history
    )

)

select count(*) as difference_count
from different
having count(*) > 0
