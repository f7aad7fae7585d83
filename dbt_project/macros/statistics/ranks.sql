{# Ranks on many machines. A window over all users would be the work of one
   task: instead, equal values are counted first, then how many values lie in
   each range of 1/64, of which there are few, and last the values within each
   range. All of it is exact. #}

{# Of each distinct value of `counted`, whose rows have the columns `keys`,
   `ranked_value` (a double) and `row_count`: how many rows that agree in the
   keys are lower, and how many there are. #}
{% macro ranked_values(counted, keys) %}
    with

    ranges as (

        select
            {{ (keys + ['value_range']) | join(', ') }},
            sum(row_count) over (
                partition by {{ keys | join(', ') }} order by value_range
            ) - row_count as lower_count,
            sum(row_count) over (
                partition by {{ keys | join(', ') }}
            ) as total_count

        from (
            select
                {{ keys | join(', ') }},
                floor(ranked_value * 64) as value_range,
                sum(row_count) as row_count

            from {{ counted }}
            group by {{ keys | join(', ') }}, value_range
        ) as counted_ranges

    )

    select
        {%- for key in keys %}
        counted.{{ key }},
        {%- endfor %}
        counted.ranked_value,
        counted.row_count,
        ranges.lower_count - counted.row_count + sum(counted.row_count) over (
            partition by
                {% for key in keys + ['value_range'] -%}
                ranges.{{ key }}{{ ', ' if not loop.last }}
                {%- endfor %}
            order by counted.ranked_value
        ) as lower_count,
        ranges.total_count

    from {{ counted }} as counted
    inner join ranges
        on
            {%- for key in keys %}
            counted.{{ key }} = ranges.{{ key }} and
            {%- endfor %}
            floor(counted.ranked_value * 64) = ranges.value_range
{% endmacro %}
