{# A ledger of a warehouse that an earlier version made lacks what is newer; of
   files that were loaded then, it is not known. #}
{% macro add_columns_of_ledger() -%}
    {{ return(adapter.dispatch('add_columns_of_ledger')()) }}
{%- endmacro %}

{% macro duckdb__add_columns_of_ledger() -%}
    {%- if is_incremental() -%}
        {%- if is_table('core', 'loaded_files', column='end_of_belief') %}
        alter table {{ this }} rename column end_of_belief to future_from;
        {%- endif -%}
        {%- for column in [
            'decimal_mark text', 'thousands_mark text', 'future_from date',
            'first_loaded_at timestamp', 'lookups_fingerprint text',
        ] %}
        alter table {{ this }} add column if not exists {{ column }};
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}

{# Forgotten files leave the ledger when their lines are gone. Not with
   `--empty`, where no file seems to have any. #}
{% macro drop_files_without_lines() -%}
    {{ return(adapter.dispatch('drop_files_without_lines')()) }}
{%- endmacro %}

{% macro duckdb__drop_files_without_lines() -%}
    {%- if is_incremental() and not flags.EMPTY -%}
        delete from {{ this }}
        where
            source_file not in (
                select distinct source_file from {{ ref('event_lines') }}
            )
    {%- endif -%}
{%- endmacro %}

{# The files that the ledger counts in this run, written out as `names_of_files`
   does: those to load, and those with a line on a day that changed since files
   were counted. All of them, where the ledger was made before it counted
   money. #}
{% macro files_to_count(event_lines) -%}
    {{ return(adapter.dispatch('files_to_count')(event_lines)) }}
{%- endmacro %}

{% macro duckdb__files_to_count(event_lines) -%}
    {%- if not execute or flags.WHICH != 'build' -%}
        {{ return("(select source_file from file_facts)") }}
    {%- endif -%}
    {%- set files -%}
        (
            select source_file from {{ source('datasets', 'files_to_load') }}
            {% if is_incremental() -%}
            union
            -- Of which somebody was erased.
            select source_file from {{ this }}
            where kept_count is null
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
    {%- set columns = adapter.get_columns_in_relation(ledger) -%}
    {{ return('read_revenue' in columns | map(attribute='name') | list) }}
{%- endmacro %}

{# The names of files, written out: where they are found by a query, the
   database looks at every line that is there, and not only at the blocks that
   hold these files. #}
{% macro names_of_files(files) -%}
    {%- set found = run_query(
        "select source_file from " ~ files ~ " order by source_file"
    ) -%}
    {%- set names = [] -%}
    {%- for row in found.rows -%}
        {%- do names.append(quoted_text(row[0])) -%}
    {%- endfor -%}
    {{ return("(" ~ (names or ["null"]) | join(", ") ~ ")") }}
{%- endmacro %}

{# The files whose lines stay: those of the ledger that are neither loaded again
   nor forgotten (`--forget-file`). What a killed run left behind is in no
   ledger, so it goes. #}
{% macro staying_files(files_to_load) -%}
    {#- Not by `ref`: the ledger is made after this table, and this is the
        ledger of the last run. -#}
    {%- set ledger = load_relation(core_relation('loaded_files')) -%}
    {%- if ledger is none -%}
        select null where false
    {%- else -%}
        select source_file from {{ ledger }}
        where source_file not in (select source_file from {{ files_to_load }})
        {%- for name in var('forget_files') %}
            and source_file <> {{ quoted_text(name) }}
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
