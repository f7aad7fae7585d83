{# What the ledger says of these files, and of those to forget, holds no longer
   once their lines are exchanged. If the run dies before the ledger is made
   again, the next one reads the files anew: the ledger knows none of this
   content. Where a file is gone by then, the lines that were read of it stay,
   and their number is right. #}
{% macro void_ledger_of(files_to_load, is_loaded) -%}
    {%- set ledger = load_relation(core_relation('loaded_files')) -%}
    {%- if ledger is not none -%}
        {%- set void_query -%}
            update {{ ledger }} as ledger
            set
                fingerprint = '',
                modified_at_ns = -1,
                size_bytes = files.size_bytes,
                line_count = files.line_count
            from {{ files_to_load }} as files
            where
                ledger.source_file = files.source_file
                and ledger.{{ is_loaded }}
        {%- endset -%}
        {% do adapter.execute(void_query) %}
        {%- for name in var('forget_files') %}
            {% do adapter.execute(
                "delete from " ~ ledger
                ~ " where source_file = " ~ quoted_text(name)
            ) %}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
