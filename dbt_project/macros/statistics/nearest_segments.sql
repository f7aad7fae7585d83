{# The two nearest segments of each row of `scaled`, nearest first; of two that
   are equally near, the one with the lower id. `keys` is what a row stands for;
   beside it stand the scaled `features` and the `model_version`, `components`
   and `segments` to apply. #}
{% macro nearest_segments(scaled, keys) %}
    with

    projected as (

        select
            {{ keys | join(', ') }},
            model_version,
            segments,
            {{ project('features', 'components') }} as coordinates

        from {{ scaled }}

    ),

    ranked as (

        select
            {{ keys | join(', ') }},
            model_version,
            {{ lowest_two(each_of('segments', 'segment', record({
                'distance': distance('coordinates', 'segment.centroid'),
                'segment_id': 'segment.segment_id',
                'segment_name': 'segment.segment_name',
            }))) }} as nearest

        from projected

    )

    select * from ranked
{% endmacro %}

{# The segment of each row of `inputs`, or why there is none; `nearest` comes
   from `nearest_segments`. `kept` are further columns of `inputs`. #}
{% macro segment_labels(inputs, nearest, keys, kept=[]) %}
    {%- set first = item_of('ranked.nearest', 1) %}
    {%- set second = item_of('ranked.nearest', 2) %}
    select
        {{ keys | join(', ') }},
        {%- for column in kept %}
        inputs.{{ column }},
        {%- endfor %}

        {{ first }}.segment_id::integer as segment_id,
        {{ first }}.segment_name::string as segment_name,
        case
            when ranked.nearest is not null then null
            when {{ is_objecting('inputs.user_id') }} then 'objected'
            when inputs.is_automatic then 'automatic_traffic'
            -- Without a model, as where there are too few to train one.
            when ranked.{{ keys[0] }} is not null then 'too_few_users'
            else 'too_few_events'
        end as unsegmented_reason,

        {{ first }}.distance as distance,
        -- 1 on the centroid, 0 halfway to the next one.
        1 - {{ first }}.distance / nullif({{ second }}.distance, 0)
            as confidence,
        {{ second }}.segment_id::integer as next_segment_id,
        {{ second }}.distance as next_distance,
        ranked.model_version::integer as model_version

    from {{ inputs }} as inputs
    left join {{ nearest }} as ranked using ({{ keys | join(', ') }})
{% endmacro %}

{# What such rows say of sampled users, without the model that said it. #}
{% macro labels_of(segments) -%}
    {{ segments }}.user_id,
        {{ segments }}.snapshot_date,
        {{ segments }}.segment_id,
        {{ segments }}.segment_name,
        {{ segments }}.unsegmented_reason
{%- endmacro %}
