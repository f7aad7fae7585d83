{# Texts of ids on Spark, where tables are written anew. #}

{# What a killed run kept of files that do not count yet does no harm. #}
{% macro spark__keep_texts_of_ids() -%}
    {%- set has_texts -%}
        select 1 from {{ arrived_lines() }}
        where has_texts_of_ids and rejection_reason is null
        limit 1
    {%- endset -%}
    {%- if run_query(has_texts).rows | length -%}
        {%- set new_texts -%}
            insert into {{ core_relation('texts_of_ids') }}
            {% for kind in kinds_of_ids() -%}
            {{ 'union' if not loop.first }}
            select
                '{{ kind }}' as kind,
                {{ kind }}_id as id,
                {{ seen_text(kind ~ '_id_text') }} as id_text
            from {{ ref('stg_events') }}
            where
                rejection_reason is null
                and {{ kind }}_id >= {{ first_text_key() }}
            {% endfor -%}
            except
            select * from {{ core_relation('texts_of_ids') }}
        {%- endset -%}
        {% do run_query(new_texts) %}
    {%- endif -%}
{%- endmacro %}

{# Only where files were replaced or forgotten can a text have lost its lines;
   where there are no texts, nothing is looked at. #}
{% macro spark__forget_texts_of_ids(target) -%}
    {%- set texts = core_relation('texts_of_ids') -%}
    {%- if row_count("from " ~ texts) -%}
        {%- set kept -%}
            {% for kind in kinds_of_ids() -%}
            {{ 'union all' if not loop.first }}
            select texts.* from {{ texts }} as texts
            left semi join {{ target }} as lines
                on
                    texts.id = try_cast(lines.{{ kind }}_id as bigint)
                    and lines.rejection_reason is null
            where texts.kind = '{{ kind }}'
            {% endfor -%}
        {%- endset -%}
        {% do exchange_rows(texts, kept) %}
    {%- endif -%}
{%- endmacro %}
