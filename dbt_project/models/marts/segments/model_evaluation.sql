-- One row per model version, candidate number of segments and criterion.
with

segment_model as (

    select * from {{ ref('segment_model') }}

),

versions as (

    select
        model_version,
        any_value(evaluation) as evaluation,
        any_value(verdicts) as verdicts,
        any_value(thresholds) as thresholds

    from segment_model
    group by model_version

),

criteria as (

    select
        model_version,
        {{ rows_of_records('evaluation') }}

    from versions

),

verdicts as (

    select
        model_version,
        {{ rows_of_records('verdicts') }}

    from versions

),

thresholds as (

    select
        model_version,
        {{ rows_of_records('thresholds') }}

    from versions

),

judged as (

    select
        criteria.model_version::integer as model_version,
        criteria.k::integer as k,

        criteria.criterion::string as criterion,
        verdicts.verdict::string as verdict,

        criteria.value::double as value,
        thresholds.threshold::double as threshold

    from criteria
    left join verdicts
        on
            criteria.model_version = verdicts.model_version
            and criteria.k = verdicts.k
    left join thresholds
        on
            criteria.model_version = thresholds.model_version
            and criteria.criterion = thresholds.criterion

)

select * from judged
