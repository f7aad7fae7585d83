-- One row per feature the model reads: how far today's eligible users have
-- moved from those who trained the current model. No rows for a model that does
-- not know how its users were distributed.
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
        [
            {%- for place in range(feature_lists() | map('length') | max) %}
            {%- set at = '[' ~ (place + 1) ~ ']' %}
            {{ counts_in_bins('features' ~ at, 'bin_edges' ~ at) }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        ] as bin_counts,
        count(*) as user_count

    from feature_values
    group by model_version, bin_edges

),

features as (

    select
        learned.model_version,
        learned.training_user_count,
        counted.user_count,
        unnest(feature_names) as feature_name,
        unnest(bin_shares) as expected_shares,
        unnest(list_slice(bin_counts, 1, len(feature_names)))
            as observed_counts

    from counted
    inner join learned using (model_version)

),

bins as (

    select
        model_version,
        training_user_count,
        user_count,
        feature_name,
        generate_subscripts(expected_shares, 1) as bin,
        unnest(expected_shares) as expected,
        unnest(list_resize(observed_counts, len(expected_shares), 0))
        / user_count::double as observed

    from features

),

measured as (

    select
        feature_name,
        {{ psi_of('expected', 'observed', 'bin') }} as psi,
        {{ psi_noise(
            'count(*) filter (where expected > 0 or observed > 0)',
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
