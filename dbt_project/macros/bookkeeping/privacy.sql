{# What the commands `privacy` note, which fill these tables; the models read
   who was erased and who objects. #}
{% macro create_privacy_tables() -%}
    create table if not exists {{ ops_relation('suppressed') }} (
        person_hash ubigint,
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

{# Whether a user objects to being profiled. #}
{% macro is_objecting(user_id) -%}
    {%- if execute and is_table('ops', 'objections') -%}
        {{ user_id }} in (select user_id from {{ ops_relation('objections') }})
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}
