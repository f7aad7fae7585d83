{# What is refused of a file may show that it is not what it was taken for: that
   it is not a file of events, or that its purchases are called otherwise. Then
   the run stops, and nothing is changed. Ignored event types are refused on
   purpose, and lines of erased people and old ones may well be right. With
   `max_rejected_share: 1` anything goes. #}
{% macro check_refusals(files_to_load) -%}
    {%- if var('max_rejected_share') < 1 -%}
        {%- set judged -%}
            (
                select
                    {{ all_but(['rejection_reason']) }},
                    case
                        when not {{ is_emptied('rejection_reason') }}
                            then rejection_reason
                    end as rejection_reason
                from {{ arrived_lines() }}
                where coalesce(rejection_reason, '') <> 'ignored_event_type'
            ) as judged
        {%- endset -%}
        {%- do check_names_of_types(judged) -%}
        {%- do check_rejected_share(judged, "null", files_to_load) -%}
        {%- do check_rejected_share(judged, "event_type", files_to_load) -%}
    {%- endif -%}
{%- endmacro %}
