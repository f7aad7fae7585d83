{# Which reports were made from this warehouse, see `note_report` in Python,
   which fills it. #}
{% macro create_reports_written() -%}
    create table if not exists {{ ops_relation('reports_written') }} (
        report text,
        size_bytes bigint,
        modified_at_ns bigint,
        written_by text
    );
    -- Of an earlier version.
    alter table {{ ops_relation('reports_written') }}
    add column if not exists written_by text
{%- endmacro %}
