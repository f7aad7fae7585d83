{# The same on Spark, where no transaction holds several statements together.
   Lines are stored once, by file, by the run that read it, and by month: a
   partition of `core.stored_lines` is never written again. Which run's reading
   of a file counts is said by `ops.file_loads`, one small table that each run
   writes anew under the next number: the moment that it is there is the moment
   at which lines, ledger and versions of days change, all at once. Before it,
   readers see the former lines; what a killed run had read is in no list, and
   the next one drops it.

   Repeated events are found month by month, in months of which some file
   changed, and stand in `core.repeated_lines`. `event_lines` is a view of
   both. #}
{% materialization loaded_by_file, adapter='spark' %}

    {%- set target_view = this.incorporate(type='view') -%}
    {%- set files_to_load = source('datasets', 'files_to_load') -%}
    {{ run_hooks(pre_hooks) }}

    {%- set columns = get_columns_in_query(sql)
        | reject('equalto', 'is_duplicate') | list -%}
    {% do create_stored_lines(columns, sql) %}
    {% do drop_readings_that_do_not_count() %}
    {% call statement('main') -%}
        insert into {{ stored_lines() }} ({{ columns | join(', ') }}, file_key,
            load_id, line_month)
        select
            {{ columns | join(', ') }},
            md5(source_file),
            '{{ load_id() }}',
            case
                when rejection_reason is null
                    then date_trunc('month', occurred_at)::date
            end
        from ({{ sql }}) as lines
    {%- endcall %}

    {% do create_arrived_lines() %}
    {% do count_arrived_lines(
        stored_lines(), "load_id = '" ~ load_id() ~ "'"
    ) %}
    {% do check_every_line_arrived(files_to_load) %}
    {% do check_numbers_of_lines(files_to_load) %}
    {% do check_refusals(files_to_load) %}
    {% do keep_texts_of_ids() %}
    {% do note_file_days() %}
    {% do note_file_loads(files_to_load) %}

    {% do mark_repeated_lines() %}
    {% do run_query(
        "create or replace view " ~ target_view ~ " as "
        ~ view_of_lines(columns)
    ) %}
    {% do forget_texts_of_ids(target_view) %}
    {% do drop_readings_that_do_not_count() %}
    {#- What the files say has been kept or refused by now. -#}
    {% do run_query("truncate table " ~ api.Relation.create(
        schema='staging', identifier='stg_lines'
    )) %}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [target_view]}) }}

{% endmaterialization %}
