{# A table that is filled file by file. In one transaction the lines of the
   files to load take the place of what the table held of them, and are checked
   against the independent count of lines: either all of it or nothing. Then
   repeated events are marked, and refused lines get their number.

   Two steps, because lines that are changed in the transaction that inserted
   them are written a second time, into the log: 95 bytes for each of them. Each
   day whose lines changed gets a new version in `ops.event_lines_by_day`, in
   the first step, so that the second one, and whatever is computed from here,
   knows what to do again even if a run dies in between.

   dbt's own incremental materialization would write every new line twice, once
   into a temporary table. `--full-refresh` reads every file that is there
   again; the lines of files that are gone stay, because nothing could bring
   them back. #}
{% materialization loaded_by_file, adapter='duckdb' %}

    {%- set target = this.incorporate(type='table') -%}
    {%- set files_to_load = source('datasets', 'files_to_load') -%}
    {%- set is_leaving
        = "source_file not in (" ~ staying_files(files_to_load) ~ ")" -%}
    {%- set is_loaded = "source_file in " ~ names_of_files(files_to_load) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}

    {#- Before the transaction: DuckDB 2.0.0 does not show a transaction the
        rows that it inserted in parallel into a table that it also created. An
        empty table does no harm. -#}
    {%- if load_cached_relation(this) is none -%}
        {% do create_empty_table(target, sql) %}
    {%- endif -%}
    {% do adapter.execute(
        "create table if not exists " ~ core_relation('texts_of_ids')
        ~ " (kind text, id bigint, id_text text)"
    ) %}
    {% do adapter.execute(
        "create table if not exists " ~ core_relation('pseudonym_checks')
        ~ " (user_id bigint, user_check ubigint)"
    ) %}
    {% do create_arrived_lines() %}

    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {#- Nearly always nothing leaves; asking for the names costs less than
        looking at every line. -#}
    {%- set is_any_leaving = run_query(
        "select source_file from (select distinct source_file from " ~ target
        ~ ") as files where " ~ is_leaving
    ).rows | length > 0 -%}
    {%- set left_days
        = line_counts_by_day(target, is_leaving) if is_any_leaving else {} -%}
    {% call statement('delete', auto_begin=True) -%}
        delete from {{ target }}
        where {{ is_leaving if is_any_leaving else 'false' }}
    {%- endcall %}

    {#- Of this statement alone somebody is told how far it is. -#}
    {% do adapter.execute(
        "set enable_progress_bar_print = false; set progress_bar_time = 0;"
        ~ " set enable_progress_bar = true"
    ) %}
    {% call statement('main') -%}
        insert into {{ target }} by name {{ sql }}
    {%- endcall %}

    {% do count_arrived_lines(target, is_loaded) %}
    {% do check_every_line_arrived(files_to_load) %}
    {% do check_refusals(files_to_load) %}
    {% do keep_texts_of_ids() %}
    {% do keep_checks_of_pseudonyms() %}
    {% do note_kept_session_ids() %}
    {%- if is_any_leaving -%}
        {% do forget_texts_of_ids(target) %}
    {%- endif -%}
    {%- set changed_days = merged_days(left_days, arrived_by_day()) -%}
    {% do raise_day_versions(changed_days) %}
    {% do void_ledger_of(files_to_load, is_loaded) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target, model) %}
    {% do adapter.commit() %}

    {#- From here on each statement stands for itself. -#}
    {% do number_rejected_lines(target, files_to_load, is_loaded) %}
    {% do mark_duplicates(target, changed_days) %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target]}) }}

{% endmaterialization %}
