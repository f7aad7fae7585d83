{# Numbers are kept of refused lines, as on the other engine; of all others they
   tell repeated ones apart. #}
{% macro view_of_lines(columns) -%}
    select
        {%- for column in columns %}
        {%- if column == 'line_number' %}
        case
            when lines.rejection_reason is not null then lines.line_number
        end as line_number,
        {%- else %}
        lines.{{ column }},
        {%- endif %}
        {%- endfor %}
        repeated.line_number is not null as is_duplicate

    from {{ stored_lines() }} as lines
    inner join {{ current_loads() }} as loads
        on lines.file_key = loads.file_key and lines.load_id = loads.load_id
    left join {{ core_relation('repeated_lines') }} as repeated
        on
            lines.line_month = repeated.line_month
            and lines.source_file = repeated.source_file
            and lines.line_number = repeated.line_number
{%- endmacro %}
