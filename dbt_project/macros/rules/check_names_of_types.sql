{# A text that may be shown where a type stands: letters, above all. #}
{% macro text_of_type() -%}
    {{ return('[A-Za-z][A-Za-z _.:-]{0,39}') }}
{%- endmacro %}

{# A text that means a known type, or that recurs: a torn line leaves a text of
   its own. #}
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
            source_file,
            event_type,
            line_count,
            likely_type
        from (
            select
                texts.*,
                judged_files.line_count as lines_of_file,
                {{ likely_event_type('texts.event_type') }} as likely_type
            from texts
            inner join judged_files
                on texts.source_file = judged_files.source_file
        ) as named
        where likely_type is not null
            or (
                line_count > 1
                and line_count >= 0.01 * lines_of_file
                -- What may be an id is not shown.
                and {{ full_match('event_type', text_of_type()) }}
            )
        order by likely_type is null, source_file, event_type
    {%- endset -%}
    {%- for source_file, text, count, likely_type in run_query(query).rows -%}
        {%- set known = known_event_types() | join(', ') -%}
        {%- do exceptions.raise_compiler_error(
            source_file ~ " was not loaded: its event type '" ~ text
            ~ "' (lines: " ~ count ~ ") "
            ~ ("looks like " ~ likely_type if likely_type
                else "is none of " ~ known)
            ~ ": say what it means with event_type_names in dbt_project.yml ({"
            ~ text ~ ": " ~ (likely_type or "purchase")
            ~ "}, for instance), or put it into ignored_event_types."
        ) -%}
    {%- endfor -%}
{%- endmacro %}
