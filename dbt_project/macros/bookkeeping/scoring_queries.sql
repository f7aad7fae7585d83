{# The queries that made the labels, for whoever labels one customer by the
   events alone: `serve` runs them on a few rows, so that there is no second
   copy of any formula. Noted at the end of every command that builds; those of
   models that were not built stay what they were. #}

{% macro create_scoring_queries() -%}
    create table if not exists {{ ops_relation('scoring_queries') }} (
        name text,
        query text
    )
{%- endmacro %}

{# From the lines to the label, without what is the same for everybody. #}
{% macro models_to_score() -%}
    {{ return([
        'stg_events', 'event_lines', 'events', 'int_sessions', 'sessions',
        'int_user_products', 'int_cart_steps', 'int_user_months',
        'int_user_orders', 'int_user_carts', 'int_user_totals',
        'user_features', 'segment_inputs', 'user_segments',
    ]) }}
{%- endmacro %}

{% macro note_scoring_queries(results) -%}
    {{ return(adapter.dispatch('note_scoring_queries')(results)) }}
{%- endmacro %}

{% macro duckdb__note_scoring_queries(results) -%}
    {%- if not execute or flags.WHICH not in ['build', 'run'] or flags.EMPTY -%}
        {{ return('select 1') }}
    {%- endif -%}
    {%- set queries = {
        'columns': tojson(names_in_posted_events()),
        'user_key': 'select ' ~ key_of_customer()
            ~ ' as user_id from (select $1::text as id) as given',
        'stg_lines': posted_lines(),
        'mark_repeated_events': mark_duplicates_between(
            core_relation('event_lines'), '0001-01-01', '9999-12-30'
        ),
    } -%}
    {%- for result in results
        if result.node.resource_type == 'model'
        and result.node.name in models_to_score()
        and result.node.compiled_code -%}
        {#- Totals that a month was added to were read from their own table. -#}
        {%- set itself = '"' ~ result.node.schema ~ '"."'
            ~ result.node.name ~ '"' -%}
        {%- if itself not in result.node.compiled_code -%}
            {%- do queries.update({
                result.node.name: result.node.compiled_code
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set database = '"' ~ target.database ~ '".' %}
    delete from {{ ops_relation('scoring_queries') }}
    where name in {{ quoted_list(queries.keys() | list) }};
    insert into {{ ops_relation('scoring_queries') }} values
    {%- for name, query in queries.items() %}
    (
        {{ quoted_text(name) }},
        {{ quoted_text(query | replace(database, '')) }}
    ){{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The key of a customer by the id as the files have it, or by the pseudonym
   that lists of customers have. #}
{% macro key_of_customer() -%}
    {%- if not has_pseudonyms() -%}
        {{ return(id_key('id')) }}
    {%- endif -%}
    {%- set key = id_key('id') -%}
    case
        when
            try_cast(id as bigint) >> 56 = {{ first_text_key() }} >> 56
            then id::bigint
        else pseudonym({{ key }}, {{ text_beside_key(key, 'id') }})
    end
{%- endmacro %}

{# The service scores by DuckDB. #}
{% macro spark__note_scoring_queries(results) -%}
    {{ return('select 1') }}
{%- endmacro %}

{# What each column may be called in events that are sent. #}
{% macro names_in_posted_events() -%}
    {%- set names = {} -%}
    {%- for column in [
        'event_time', 'event_type', 'product_id', 'category_id',
        'category_code', 'brand', 'price', 'user_id', 'user_session', 'quantity'
    ] -%}
        {%- do names.update({column: names_of_column(column)}) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# Events that were sent as what `stg_lines` makes of the lines of a file:
   fields as text, from a table that has a column of each. #}
{% macro posted_lines() -%}
    select
        'posted' as source_file,
        line_number,
        '' as line_text,
        future_from,
        {%- for column in names_in_posted_events() %}
        {%- set field = text_or_null("trim(" ~ column ~ ", ' ')", column) %}
        {%- if column == 'event_type' and var('every_event_is') %}
        coalesce({{ field }}, {{ quoted_text(var('every_event_is')) }})
        {%- else %}
        {{ field }}
        {%- endif %} as {{ column }}_text,
        {%- endfor %}
        {{ text_or_null("trim(price, ' ')", 'price') }} as price_number_text,
        true as is_valid_text,
        true as has_closed_quotes,
        true as has_known_columns,
        true as is_whole

    from datasets.posted_events
{%- endmacro %}
