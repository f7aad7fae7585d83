{# Lines of which nothing is kept but that they were there, so that the lines of
   a file still add up: those of people who were erased, who stay away when
   their files are read again, and those beyond `retention_months`. Who was
   erased is a list of keyed hashes; the plugin registers the functions that
   know its key, see `pipeline/privacy/suppression.py`. Where nobody was erased
   and nothing is beyond, no line is asked. #}
{% macro has_erased_people() -%}
    {%- set suppressed = privacy_table('suppressed') -%}
    {{ return(suppressed and row_count("from " ~ suppressed) > 0) }}
{%- endmacro %}

{# The first instant of which events are kept, as a literal; none where all
   are. #}
{% macro first_instant_kept() -%}
    {%- set retention = privacy_table('retention') -%}
    {%- if retention -%}
        {%- for row in run_query(
            "select kept_from::text from " ~ retention
        ).rows -%}
            {{ return("timestamp '" ~ row[0] ~ "'") }}
        {%- endfor -%}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# An id as it is hashed: a whole number as it is written shortest. #}
{% macro canonical_id(key, text) -%}
    case
        when {{ key }} < {{ first_text_key() }} then {{ key }}::text
        when {{ key }} is not null then {{ seen_text(text) }}
    end
{%- endmacro %}

{# Why nothing of a line is kept; null for most. #}
{% macro reason_to_empty(has_erased, first_instant) -%}
    case
        {%- if has_erased %}
        when is_erased({{ canonical_id('user_id', 'user_id_text') }})
            then 'erased'
        {%- endif %}
        {%- if first_instant %}
        when occurred_at < {{ first_instant }} then 'beyond_retention'
        {%- endif %}
    end
{%- endmacro %}

{# Such lines emptied. A line that is refused and holds the id of an erased
   person in another place keeps its reason and its number. #}
{% macro without_erased_people(judged) -%}
    {%- set has_erased, first_instant
        = has_erased_people(), first_instant_kept() -%}
    {%- if not has_erased and not first_instant -%}
        {{ return("select * from " ~ judged) }}
    {%- endif -%}
    {%- set told = [
        'user_id', 'session_id', 'product_id', 'category_id', 'event_type',
        'category_code', 'brand', 'price', 'occurred_at', 'line_text',
        'category_id_text', 'user_id_text',
    ] -%}
    select
        * exclude (reason_to_empty, has_erased_text)
        replace (
            {%- for column in told %}
            case
                when reason_to_empty is null and not has_erased_text
                    then {{ column }}
            end as {{ column }},
            {%- endfor %}
            case when reason_to_empty is null then line_number end
                as line_number,
            coalesce(reason_to_empty, rejection_reason) as rejection_reason
        )
    from (
        select
            *,
            {{ reason_to_empty(has_erased, first_instant) }} as reason_to_empty,
            {% if has_erased -%}
            case
                when rejection_reason is not null and line_text is not null
                    then without_erased(line_text) is null
                else false
            end
            {%- else -%}
            false
            {%- endif %} as has_erased_text
        from {{ judged }}
    ) as told_apart
{%- endmacro %}

{# Whether a line is emptied. #}
{% macro is_emptied(rejection_reason) -%}
    coalesce({{ rejection_reason }}, '') in ('erased', 'beyond_retention')
{%- endmacro %}
