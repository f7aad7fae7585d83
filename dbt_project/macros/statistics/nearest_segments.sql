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
            list_sort(list_transform(
                segments,
                lambda segment: {
                    'distance': list_distance(coordinates, segment.centroid),
                    'segment_id': segment.segment_id,
                    'segment_name': segment.segment_name
                }
            ))[1:2] as nearest

        from projected

    )

    select * from ranked
{% endmacro %}

{# The segment of each row of `inputs`, or why there is none; `nearest` comes
   from `nearest_segments`. `kept` are further columns of `inputs`. #}
{% macro segment_labels(inputs, nearest, keys, kept=[]) %}
    select
        {{ keys | join(', ') }},
        {%- for column in kept %}
        inputs.{{ column }},
        {%- endfor %}

        ranked.nearest[1].segment_id::integer as segment_id,
        ranked.nearest[1].segment_name::text as segment_name,
        case
            when ranked.nearest is not null then null
            when {{ is_objecting('inputs.user_id') }} then 'objected'
            when inputs.is_automatic then 'automatic_traffic'
            -- Without a model, as where there are too few to train one.
            when ranked.{{ keys[0] }} is not null then 'too_few_users'
            else 'too_few_events'
        end as unsegmented_reason,

        ranked.nearest[1].distance as distance,
        -- 1 on the centroid, 0 halfway to the next one.
        1 - ranked.nearest[1].distance / nullif(ranked.nearest[2].distance, 0)
            as confidence,
        ranked.nearest[2].segment_id::integer as next_segment_id,
        ranked.nearest[2].distance as next_distance,
        ranked.model_version::integer as model_version

    from {{ inputs }} as inputs
    left join {{ nearest }} as ranked using ({{ keys | join(', ') }})
{% endmacro %}
