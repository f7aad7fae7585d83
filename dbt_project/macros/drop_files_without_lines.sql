{# Forgotten files leave the ledger when their lines are gone. Not with `--empty`, where no file seems to
   have any. #}
{% macro drop_files_without_lines() -%}
    {%- if is_incremental() and not flags.EMPTY -%}
        delete from {{ this }}
        where source_file not in (select distinct source_file from {{ ref('event_lines') }})
    {%- endif -%}
{%- endmacro %}
