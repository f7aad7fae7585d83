{# The files that the ledger counts in this run, written out as `names_of_files` does: those to load,
   and those with a line on a day that changed since files were counted. All of them, where the ledger
   was made before it counted money. #}
{% macro files_to_count(event_lines) -%}
    {%- if not execute or flags.WHICH != 'build' -%}
        {{ return("(select source_file from file_facts)") }}
    {%- endif -%}
    {%- set files -%}
        (
            select source_file from {{ source('datasets', 'files_to_load') }}
            {% if is_incremental() -%}
            union
            select source_file from {{ event_lines }}
            {% if counts_money(this) -%}
            where {{ is_uncounted('occurred_at') }}
            {%- endif %}
            {%- endif %}
        ) as files
    {%- endset -%}
    {{ return(names_of_files(files)) }}
{%- endmacro %}

{% macro counts_money(ledger) -%}
    {%- set names = adapter.get_columns_in_relation(ledger) | map(attribute='name') | list -%}
    {{ return('read_revenue' in names) }}
{%- endmacro %}
