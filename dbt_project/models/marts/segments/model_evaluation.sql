-- One row per model version, candidate number of segments and criterion.
with

segment_model as (

    select * from {{ ref('segment_model') }}

),

evaluations as (

    select
        model_version,
        unnest(any_value(evaluation)) as entry

    from segment_model
    group by model_version

),

criteria as (

    select
        model_version::integer as model_version,
        entry.k::integer as k,
        entry.criterion::text as criterion,
        entry.value::double as value

    from evaluations

)

select * from criteria
