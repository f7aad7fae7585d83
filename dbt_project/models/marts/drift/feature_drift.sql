-- One row per feature the model reads: how far today's eligible users have
-- moved from those who trained the current model. No rows for a model that does
-- not know how its users were distributed.
{%- set observed = 'observed_count / user_count::double' %}

with

learned as (

    select distinct
        model_version,
        feature_names,
        bin_edges,
        bin_shares,
        training_user_count
    from {{ ref('current_segment_model') }}
    where bin_edges is not null

),

segment_inputs as (

    select * from {{ ref('segment_inputs') }}
    where is_eligible

),

feature_values as (

    select
        learned.model_version,
        learned.bin_edges,
        {{ model_feature_values(
            'segment_inputs', reads_purchase_features('learned')
        ) }} as features

    from segment_inputs
    cross join learned

),

counted as (

    select
        model_version,
        {{ counts_of_features('features', 'bin_edges') }} as bin_counts,
        count(*) as user_count

    from feature_values
    group by model_version, bin_edges

),

features as (

    select
        learned.model_version,
        learned.training_user_count,
        counted.user_count,
        {{ rows_of_lists({
            'feature_name': 'feature_names',
            'expected_shares': 'bin_shares',
            'observed_counts': first_of('bin_counts', size_of('feature_names')),
        }) }}

    from counted
    inner join learned using (model_version)

),

bins as (

    select
        model_version,
        training_user_count,
        user_count,
        feature_name,
        {{ rows_of_lists({
            'bin': numbers_to(size_of('expected_shares')),
            'expected': 'expected_shares',
            'observed_count': resized(
                'observed_counts', size_of('expected_shares')
            ),
        }) }}

    from features

),

measured as (

    select
        feature_name,
        {{ psi_of('expected', observed, 'bin') }} as psi,
        {{ psi_noise(
            'count(*) filter (where expected > 0 or observed_count > 0)',
            'training_user_count', 'user_count'
        ) }} as noise,
        training_user_count,
        user_count,
        model_version::integer as model_version

    from bins
    group by feature_name, training_user_count, user_count, model_version

),

drifts as (

    select
        *,
        -- Between a few dozen users chance alone makes a large index.
        psi > greatest({{ var('drift_threshold') }}, noise) as is_drifted

    from measured

)

select * from drifts
