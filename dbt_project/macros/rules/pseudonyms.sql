{# With a secret key (`AMAZING_KEY`), ids of users and sessions are replaced on
   reading by keyed hashes, and no text of theirs is kept. The functions are
   registered by the plugin where there is a key, see
   `pipeline/privacy/functions.py`. A pseudonym takes the place of the key of a
   text, and is one mechanism with it: nothing below knows the difference. #}
{% macro has_pseudonyms() -%}
    {%- if not execute or is_unit_test() -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(adapter.dispatch('has_pseudonyms')()) }}
{%- endmacro %}

{% macro duckdb__has_pseudonyms() -%}
    {%- set told = run_query("select getvariable('has_pseudonyms')") -%}
    {{ return(told.rows[0][0] is true) }}
{%- endmacro %}

{# What stands for the id of a visit: 48 bits of a keyed hash, as text. #}
{% macro session_pseudonym(text) -%}
    {{ return(adapter.dispatch('session_pseudonym')(text)) }}
{%- endmacro %}

{% macro duckdb__session_pseudonym(text) -%}
    hex(session_pseudonym({{ text }}))
{%- endmacro %}

{% macro spark__session_pseudonym(text) -%}
    {{ key_of_text(text) }}::string
{%- endmacro %}

{# The command line refuses a key there. #}
{% macro spark__has_pseudonyms() -%}
    {{ return(false) }}
{%- endmacro %}

{# What a refused line says may stand in the wrong place: of its texts, only
   the type stays, where it looks like one. Of a torn line nothing stays, since
   an id may be any word of it. #}
{% macro with_pseudonyms(judged) -%}
    {%- if not has_pseudonyms() -%}
        {{ return("select * from " ~ judged) }}
    {%- endif -%}
    {%- set kept_if_whole = [
        'product_id', 'category_id', 'category_id_text', 'price',
    ] -%}
    select * exclude (is_told, told) replace (
        told.user_id as user_id,
        hex(told.session) as session_id,
        case
            when rejection_reason is not null and is_told
                then line_without_ids(line_text, user_id_text, session_id)
        end as line_text,
        {%- for column in kept_if_whole %}
        case when is_told then {{ column }} end as {{ column }},
        {%- endfor %}
        case when rejection_reason is null then category_code end
            as category_code,
        case when rejection_reason is null then brand end as brand,
        case
            when
                rejection_reason is null
                or {{ full_match('event_type', text_of_type()) }}
                then event_type
        end as event_type
    )
    from (
        select
            *,
            is_whole and has_known_columns and has_closed_quotes as is_told,
            pseudonyms(
                case when is_told then user_id end,
                {{ text_beside_key('user_id', 'user_id_text') }},
                case when is_told then session_id end
            ) as told
        from {{ judged }}
    ) as told_apart
{%- endmacro %}

{# Two customers of one pseudonym would be one: each has a second hash, so that
   it is known, and the file is not loaded. To be run in the transaction that
   loads lines. #}
{% macro keep_checks_of_pseudonyms() -%}
    {%- if has_pseudonyms() -%}
        {%- set checks = core_relation('pseudonym_checks') -%}
        {%- set new_checks -%}
            insert into {{ checks }}
            select
                unnest(pseudonyms_seen(true))::bigint as user_id,
                unnest(checks_seen(true)) as user_check
            except
            select * from {{ checks }}
        {%- endset -%}
        {% do adapter.execute(new_checks) %}
        {%- if run_query(
            "select user_id from " ~ checks
            ~ " group by user_id having count(*) > 1 limit 1"
        ).rows | length -%}
            {%- do exceptions.raise_compiler_error(
                "Two customers have the same pseudonym, so nothing was loaded: "
                ~ "set another AMAZING_KEY, and name a new warehouse."
            ) -%}
        {%- endif -%}
        {% do adapter.execute(
            "insert into " ~ ops_relation('key_marks')
            ~ " select key_marks(true) where not exists (from "
            ~ ops_relation('key_marks') ~ ")"
        ) %}
    {%- endif -%}
{%- endmacro %}
