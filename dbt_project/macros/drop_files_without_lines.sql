{# Forgotten files leave the ledger when their lines are gone. Not with `--empty`, where no file seems to
   have any. #}
{% macro drop_files_without_lines() -%}
    {%- if is_incremental() and not flags.EMPTY -%}
        delete from {{ this }}
        where source_file not in (select distinct source_file from {{ ref('event_lines') }})
    {%- endif -%}
{%- endmacro %}

{# A ledger of a warehouse that an earlier version made lacks what is newer; of files that were loaded
   then, it is not known. #}
{% macro add_columns_of_ledger() -%}
    {%- if is_incremental() -%}
        alter table {{ this }} add column if not exists decimal_mark text;
        alter table {{ this }} add column if not exists thousands_mark text;
        alter table {{ this }} add column if not exists end_of_belief date;
        alter table {{ this }} add column if not exists first_loaded_at timestamp;
    {%- endif -%}
{%- endmacro %}
