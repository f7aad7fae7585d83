{# What runs note on Spark, where a table grows or is written anew, and no row
   changes. #}

{% macro spark__make_bookkeeping() -%}
    {%- if not execute -%}
        {{ return('select 1') }}
    {%- endif -%}
    {%- if flags.WHICH in ['build', 'run'] -%}
        {% do adapter.mend_folders() %}
    {%- endif -%}
    {% do run_query("create schema if not exists ops") %}
    {% do run_query("create schema if not exists core") %}
    {% do run_query(
        "create table if not exists " ~ ops_relation('months_built')
        ~ " (built_from bigint, table_name string, visit_month date)"
        ~ " using parquet partitioned by (table_name, visit_month)"
    ) %}
    {% do run_query(
        "create table if not exists " ~ ops_relation('features_state')
        ~ " (is_whole boolean, state string, settings string)"
    ) %}
    {% do run_query(
        "create table if not exists " ~ file_loads() ~ " (source_file string,"
        ~ " fingerprint string, lookups_fingerprint string,"
        ~ " decimal_mark string, thousands_mark string, size_bytes bigint,"
        ~ " line_count bigint, modified_at_ns bigint, future_from date,"
        ~ " first_loaded_at timestamp, loaded_at timestamp,"
        ~ " has_lines_in_future boolean, file_key string, load_id string,"
        ~ " version bigint) using parquet partitioned by (version)"
    ) %}
    {% do run_query(
        "create table if not exists " ~ file_days() ~ " (day date,"
        ~ " line_count bigint, file_key string, load_id string)"
        ~ " using parquet partitioned by (file_key, load_id)"
    ) %}
    {% do run_query(
        "create or replace view " ~ ops_relation('event_lines_by_day') ~ " as "
        ~ versions_of_days()
    ) %}
    {#- Campaigns are drawn from what is published. -#}
    {% do run_query(
        "create table if not exists " ~ ops_relation('campaigns')
        ~ " (campaign string, salt string, control_share decimal(5, 4),"
        ~ " starts_on date, day_count int, request string, model_version int,"
        ~ " drawn_as_of date, drawn_at timestamp)"
    ) %}
    {% do run_query(
        "create table if not exists " ~ ops_relation('campaign_members')
        ~ " (campaign string, user_id bigint, segment_id int,"
        ~ " is_control boolean)"
    ) %}
    {%- if flags.WHICH in ['build', 'run'] -%}
        {% do adapter.list_files_to_load() %}
    {%- endif -%}
    {{ return('select 1') }}
{%- endmacro %}

{% macro spark__files_to_count(event_lines) -%}
    (select source_file from file_facts)
{%- endmacro %}

{# Every file is counted anew, so the ledger holds no others. #}
{% macro spark__drop_files_without_lines() -%}
    {%- if execute and is_incremental() -%}
        {% do exchange_rows(
            this.incorporate(type='table'),
            "select ledger.* from " ~ this ~ " as ledger left semi join "
            ~ current_loads() ~ " as loads"
            ~ " on ledger.source_file = loads.source_file"
        ) %}
    {%- endif -%}
{%- endmacro %}
