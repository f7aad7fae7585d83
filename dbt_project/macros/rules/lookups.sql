{# The lines with what files beside them say, see `lookups` in dbt_project.yml:
   what such a file gives counts before what stands in the line. A join keeps no
   order, so the lines are put back into it. #}
{% macro with_lookups(lines, layouts) -%}
    {%- set lookups = var('lookups') or [] -%}
    {%- if not lookups or not layouts -%}
        {{ return("select * from " ~ lines) }}
    {%- endif -%}
    {{ adapter.dispatch('check_lookups')() }}
    select * from (
        {{ looked_up(lines, lookups, layouts[0].lookup_files) }}
    ) as looked_up_lines
    order by source_file, line_number
{%- endmacro %}

{# One join about the other: a later file may be looked up by what an earlier
   one gives. #}
{% macro looked_up(lines, lookups, files) -%}
    {%- set lookup = lookups[-1] -%}
    select
        lines.* replace (
            {%- for ours in lookup.gives %}
            coalesce(given.{{ ours }}, lines.{{ ours }}_text) as {{ ours }}_text
            {%- if ours == 'price' %},
            coalesce(given.price, lines.price_number_text) as price_number_text
            {%- endif %}
            {{- ',' if not loop.last }}
            {%- endfor %}
        )

    from {% if lookups | length > 1 -%}
        ({{ looked_up(lines, lookups[:-1], files) }}) as lines
    {%- else -%}
        {{ lines }} as lines
    {%- endif %}
    left join (
        {{ given_values(lookup, files[lookup.files]) }}
    ) as given on lines.{{ lookup.key }}_text = given.looked_up_by
{%- endmacro %}

{# One row per key of a lookup file. #}
{% macro given_values(lookup, paths) -%}
    select
        trim("{{ lookup.column }}") as looked_up_by,
        {%- for ours, theirs in lookup.gives.items() %}
        {%- set stripped = quoted_text(" " ~ (lookup.strip or "")) %}
        {%- set value
            = 'nullif(trim("' ~ theirs ~ '", ' ~ stripped ~ "), '')" %}
        {%- if lookup.latest_by %}
        arg_max({{ value }}, "{{ lookup.latest_by }}") as {{ ours }},
        {%- else %}
        max({{ value }}) as {{ ours }},
        {%- endif %}
        {%- endfor %}

    from read_csv(
        [
            {%- for path in paths %}
            {{ quoted_text(path) }}{{ ',' if not loop.last }}
            {%- endfor %}
        ],
        all_varchar = true,
        header = true,
        union_by_name = true,
        hive_partitioning = false
    )
    where
        "{{ lookup.column }}" is not null
        {%- for name, value in (lookup.where or {}).items() %}
        and "{{ name }}" = {{ quoted_text(value | string) }}
        {%- endfor %}
    group by looked_up_by
{%- endmacro %}

{% macro duckdb__check_lookups() -%}
{%- endmacro %}

{# Said here for plain dbt, too. #}
{% macro spark__check_lookups() -%}
    {%- do exceptions.raise_compiler_error(
        "The setting lookups is not known on Spark: join such files before,"
        ~ " or run without --engine spark."
    ) -%}
{%- endmacro %}
