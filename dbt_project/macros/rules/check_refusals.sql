{# What is refused of a file may show that it is not what it was taken for: that it is no file of
   events, or that its purchases are called otherwise. Then the run stops, and nothing is changed.
   Ignored event types are refused on purpose. With `max_rejected_share: 1` anything goes. #}
{% macro check_refusals(files_to_load) -%}
    {%- if var('max_rejected_share') < 1 -%}
        {%- set judged -%}
            (
                select * from {{ arrived_lines() }}
                where coalesce(rejection_reason, '') <> 'ignored_event_type'
            ) as judged
        {%- endset -%}
        {%- do check_names_of_types(judged) -%}
        {%- do check_rejected_share(judged, "null", files_to_load) -%}
        {%- do check_rejected_share(judged, "event_type", files_to_load) -%}
    {%- endif -%}
{%- endmacro %}


{# A text that means a known type, or that recurs: a torn line leaves a text of its own. #}
{% macro check_names_of_types(judged) -%}
    {%- set query -%}
        with texts as (

            select
                source_file,
                event_type,
                sum(line_count) as line_count
            from {{ judged }}
            where rejection_reason = 'unknown_event_type'
            group by source_file, event_type

        ),

        judged_files as (

            select
                source_file,
                sum(line_count) as line_count
            from {{ judged }}
            group by source_file

        )

        select
            texts.source_file,
            texts.event_type,
            texts.line_count,
            {{ likely_event_type('texts.event_type') }} as likely_type
        from texts
        inner join judged_files on texts.source_file = judged_files.source_file
        where likely_type is not null
            or (
                texts.line_count > 1
                and texts.line_count >= 0.01 * judged_files.line_count
                -- What may be an id is not shown.
                and regexp_full_match(texts.event_type, '[[:alpha:]][[:alpha:] _.:-]{0,39}')
            )
        order by likely_type is null, texts.source_file, texts.event_type
    {%- endset -%}
    {%- for source_file, text, line_count, likely_type in run_query(query).rows -%}
        {%- do exceptions.raise_compiler_error(
            source_file ~ " was not loaded: its event type '" ~ text ~ "' (lines: " ~ line_count ~ ") "
            ~ ("looks like " ~ likely_type if likely_type else "is none of " ~ known_event_types() | join(', '))
            ~ ": say what it means with event_type_names in dbt_project.yml ({" ~ text ~ ": "
            ~ (likely_type or "purchase") ~ "}, for instance), or put it into ignored_event_types."
        ) -%}
    {%- endfor -%}
{%- endmacro %}


{# More than `max_rejected_share` of the lines of a file, or of those of one of its event types. #}
{% macro check_rejected_share(judged, event_type, files_to_load) -%}
    {%- set query -%}
        with reasons as (

            select
                source_file,
                {{ event_type }}::text as event_type,
                rejection_reason,
                sum(line_count) as line_count
            from {{ judged }}
            where {{ "true" if event_type == "null" else is_one_of("event_type", known_event_types()) }}
            group by source_file, 2, rejection_reason

        )

        select
            reasons.source_file,
            reasons.event_type,
            sum(reasons.line_count) as line_count,
            coalesce(
                sum(reasons.line_count) filter (where rejection_reason is not null), 0
            ) as rejected_count,
            array_to_string(list(
                reasons.line_count || ' ' || rejection_reason
                order by reasons.line_count desc, rejection_reason
            ) filter (where rejection_reason is not null)[1:3], ', ') as most_frequent,
            case
                when bool_or(rejection_reason = 'time_too_early')
                    then '; events before min_event_time in dbt_project.yml are too early'
                else ''
            end
            || case
                when bool_or(rejection_reason = 'time_in_future')
                    then any_value(
                        '; the file says that it is of '
                        || make_timestamp(files.modified_at_ns // 1000)::date
                        || ' and was first loaded on ' || files.first_loaded_at::date
                        || ', so events from ' || files.end_of_belief || ' on are in the future'
                    )
                else ''
            end as remark
        from reasons
        inner join {{ files_to_load }} as files on reasons.source_file = files.source_file
        group by reasons.source_file, reasons.event_type
        having rejected_count > {{ var('max_rejected_share') }} * sum(reasons.line_count)
        order by reasons.source_file, reasons.event_type
    {%- endset -%}
    {%- for source_file, type, line_count, rejected_count, reasons, remark in run_query(query).rows -%}
        {%- do exceptions.raise_compiler_error(
            source_file ~ " was not loaded: " ~ rejected_count ~ " of its " ~ line_count
            ~ (" " ~ type if type else "") ~ " lines are refused (" ~ reasons ~ remark
            ~ "): look at them, or raise max_rejected_share in dbt_project.yml."
        ) -%}
    {%- endfor -%}
{%- endmacro %}
