{# The three most frequent reasons of `reasons`, with their numbers, as one
   text. #}
{% macro most_frequent_reasons() -%}
    {{ return(adapter.dispatch('most_frequent_reasons')()) }}
{%- endmacro %}

{% macro duckdb__most_frequent_reasons() -%}
    array_to_string(list(
        reasons.line_count || ' ' || rejection_reason
        order by reasons.line_count desc, rejection_reason
    ) filter (
        where rejection_reason is not null
    )[1:3], ', ')
{%- endmacro %}

{% macro spark__most_frequent_reasons() -%}
    array_join(transform(
        slice(array_sort(
            array_agg(struct(-reasons.line_count as place, rejection_reason))
                filter (where rejection_reason is not null)
        ), 1, 3),
        entry -> concat(-entry.place, ' ', entry.rejection_reason)
    ), ', ')
{%- endmacro %}

{# More than `max_rejected_share` of the lines of a file, or of those of one of
   its event types. #}
{% macro check_rejected_share(judged, event_type, files_to_load) -%}
    {%- set query -%}
        with reasons as (

            select
                source_file,
                {{ event_type }}::string as event_type,
                rejection_reason,
                sum(line_count) as line_count
            from {{ judged }}
            {%- if event_type != "null" %}
            where {{ is_one_of("event_type", known_event_types()) }}
            {%- endif %}
            group by source_file, 2, rejection_reason

        )

        select
            reasons.source_file,
            reasons.event_type,
            sum(reasons.line_count) as line_count,
            coalesce(sum(reasons.line_count) filter (
                where rejection_reason is not null
            ), 0) as rejected_count,
            {{ most_frequent_reasons() }} as most_frequent,
            case
                when bool_or(rejection_reason = 'time_too_early')
                    then '; events before min_event_time in dbt_project.yml'
                        || ' are too early'
                else ''
            end
            || case
                when bool_or(rejection_reason = 'price_above_maximum')
                    then '; prices above max_price in dbt_project.yml are too'
                        || ' high'
                else ''
            end
            || case
                when bool_or(rejection_reason = 'time_in_future')
                    then any_value(
                        '; the file says that it is of '
                        || ({{ moment_of_epoch(
                            '(files.modified_at_ns / 1000)::bigint'
                        ) }})::date::string
                        || ' and was first loaded on '
                        || files.first_loaded_at::date::string
                        || ', so events from ' || files.future_from::string
                        || ' on are in the future'
                    )
                else ''
            end as remark
        from reasons
        inner join {{ files_to_load }} as files
            on reasons.source_file = files.source_file
        group by reasons.source_file, reasons.event_type
        having
            coalesce(sum(reasons.line_count) filter (
                where rejection_reason is not null
            ), 0)
            > {{ var('max_rejected_share') }} * sum(reasons.line_count)
        order by reasons.source_file, reasons.event_type
    {%- endset -%}
    {%- for source_file, type, line_count, rejected_count, reasons, remark
        in run_query(query).rows -%}
        {%- do exceptions.raise_compiler_error(
            source_file ~ " was not loaded: " ~ rejected_count ~ " of its "
            ~ line_count ~ (" " ~ type if type else "")
            ~ " lines are refused (" ~ reasons ~ remark
            ~ "): look at them, or raise max_rejected_share in dbt_project.yml."
        ) -%}
    {%- endfor -%}
{%- endmacro %}
