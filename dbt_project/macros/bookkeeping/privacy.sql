{# What the commands `privacy` note, which fill these tables; the models read
   who was erased and who objects. #}
{% macro create_privacy_tables() -%}
    {%- if is_table('ops', 'suppressed', column='person_hash') %}
    -- Of an earlier version, and empty: a list of such hashes is refused.
    alter table {{ ops_relation('suppressed') }}
    rename person_hash to person_code;
    {%- endif %}
    create table if not exists {{ ops_relation('suppressed') }} (
        person_code ubigint,
        suppressed_at timestamp
    );
    create table if not exists {{ ops_relation('erasures_under_way') }} (
        id_text text,
        user_id bigint,
        rewrites_raw_files boolean
    );
    create table if not exists {{ ops_relation('key_marks') }} (
        marks text
    );
    create table if not exists {{ ops_relation('retention') }} (
        kept_from timestamp
    );
    {#- Earlier versions noted nothing: their lines have ids of visits. -#}
    create table if not exists {{ ops_relation('kept_session_ids') }} as
    select now()::timestamp as noted_at
    {%- if is_table('core', 'event_lines') %}
    where exists (
        select 1 from core.event_lines where session_id is not null
    )
    {%- else %}
    where false
    {%- endif %};
    create table if not exists {{ ops_relation('objections') }} (
        user_id bigint,
        objected_at timestamp
    );
    create table if not exists {{ ops_relation('privacy_log') }} (
        logged_at timestamp,
        command text,
        people_count bigint,
        system_user text,
        outcome text
    )
{%- endmacro %}

{# Notes that lines have ids of visits, which is for the run to know that has to
   remove them: marks of visits look like pseudonyms. To be run in the
   transaction that loads lines. #}
{% macro note_kept_session_ids() -%}
    {%- if var('keep_session_ids') -%}
        {% do adapter.execute(
            "insert into " ~ ops_relation('kept_session_ids')
            ~ " select now()::timestamp where not exists (from "
            ~ ops_relation('kept_session_ids') ~ ")"
        ) %}
    {%- endif -%}
{%- endmacro %}

{# Whether a unit test runs, which knows nothing of keys and of the people in a
   warehouse. #}
{% macro is_unit_test() -%}
    {{ return(model is defined and model.resource_type == 'unit_test') }}
{%- endmacro %}

{# Such a table where it is there. #}
{% macro privacy_table(name) -%}
    {%- if execute and not is_unit_test() and is_table('ops', name) -%}
        {{ return(api.Relation.create(
            database=target.database or none, schema='ops', identifier=name
        )) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# Whether a user objects to being profiled. #}
{% macro is_objecting(user_id) -%}
    {%- set objections = privacy_table('objections') -%}
    {%- if objections -%}
        {{ user_id }} in (select user_id from {{ objections }})
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
