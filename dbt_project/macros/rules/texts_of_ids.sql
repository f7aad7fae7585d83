{# Whether any key of a stored line stands for a text. #}
{% macro has_text_of_id() -%}
    {{ 'false' if has_pseudonyms() else 'user_id >= ' ~ first_text_key() }}
    or product_id >= {{ first_text_key() }}
    or (length(category_id) = 19 and category_id >= '{{ first_text_key() }}')
{%- endmacro %}

{# Keep the texts behind the keys of the lines that were just loaded. Only where
   a line that was kept has any, the files are read a second time for them. #}
{% macro keep_texts_of_ids() -%}
    {{ return(adapter.dispatch('keep_texts_of_ids')()) }}
{%- endmacro %}

{% macro duckdb__keep_texts_of_ids() -%}
    {%- set has_texts -%}
        select 1 from {{ arrived_lines() }}
        where has_texts_of_ids and rejection_reason is null
        limit 1
    {%- endset -%}
    {%- set new_texts -%}
        insert into {{ core_relation('texts_of_ids') }}
        select distinct
            entry.kind,
            entry.id,
            entry.id_text
        from (
            select
                unnest([
                    {% for kind in kinds_of_ids() -%}
                    {
                        kind: '{{ kind }}',
                        id: {{ kind }}_id,
                        id_text: {{ seen_text(kind ~ '_id_text') }}
                    }{{ ',' if not loop.last }}
                    {% endfor -%}
                ]) as entry
            from {{ ref('stg_events') }}
            where rejection_reason is null
        ) as entries
        where entry.id >= {{ first_text_key() }}
        except
        select
            kind,
            id,
            id_text
        from {{ core_relation('texts_of_ids') }}
    {%- endset -%}
    {%- if run_query(has_texts).rows | length -%}
        {% do adapter.execute(new_texts) %}
    {%- endif -%}
{%- endmacro %}

{# Texts of ids that no line has any more go with the files that had them. #}
{% macro forget_texts_of_ids(target) -%}
    {{ return(adapter.dispatch('forget_texts_of_ids')(target)) }}
{%- endmacro %}

{% macro duckdb__forget_texts_of_ids(target) -%}
    {%- set texts = core_relation('texts_of_ids') -%}
    {%- if row_count("from " ~ texts) -%}
        {%- for kind in kinds_of_ids() -%}
            {%- set gone -%}
                delete from {{ texts }}
                where
                    kind = '{{ kind }}'
                    and id not in (
                        select distinct try_cast({{ kind }}_id as bigint)
                        from {{ target }}
                        where
                            rejection_reason is null
                            and {{ kind }}_id is not null
                    )
            {%- endset -%}
            {% do adapter.execute(gone) %}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{% macro kinds_of_ids() -%}
    {%- set users = [] if has_pseudonyms() else ['user'] -%}
    {{ return(users + ['product', 'category']) }}
{%- endmacro %}
