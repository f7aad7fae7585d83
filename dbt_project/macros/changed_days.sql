{# What is computed day by day, and which days are due.

   `core.day_versions` says how often the lines of a day have changed. A table that is computed by day
   notes beside each row what it was built from: the version of the day and the settings that matter.
   A day is due where the two differ. That holds whatever happened in between: a killed run, a file
   that was replaced or forgotten, another setting. #}

{# A relation of the `core` schema that is not reached by `ref`. #}
{% macro core_relation(name) -%}
    {{ return(api.Relation.create(database=target.database, schema='core', identifier=name)) }}
{%- endmacro %}

{# What a day is built from, as a number: `version` is its version, `settings` the values of
   settings that change the outcome. #}
{% macro built_from(version, settings) -%}
    hash({{ version }}, '{{ settings | join("|") }}')
{%- endmacro %}

{# The days that are due in this table, as a query; every day of the data on the first run. #}
{% macro due_days(settings) -%}
    select
        versions.day,
        {{ built_from('versions.version', settings) }} as built_from
    from {{ ref('day_versions') }} as versions
    {% if is_incremental() -%}
    left join (
        select distinct visit_date, built_from from {{ this }}
    ) as built
        on versions.day = built.visit_date
            and {{ built_from('versions.version', settings) }} = built.built_from
    where built.visit_date is null
    {%- endif %}
{%- endmacro %}

{# Makes room for the due days. #}
{% macro drop_due_days(settings) -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where visit_date in (
            select day from ({{ due_days(settings) }}) as due
        )
    {%- endif -%}
{%- endmacro %}
