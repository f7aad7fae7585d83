{# Days, in their order, as pairs of the first and the last of a batch with
   about a million lines: the hashes of so many keys fit into the cache of a
   processor, where they are counted twice as fast as those of a month.
   `line_counts`: by day; one that is not in it counts for nothing. #}
{% macro batches_of_days(days, line_counts) -%}
    {%- set batches = [] -%}
    {%- set batch = namespace(first_day=none, line_count=0) -%}
    {%- for day in days -%}
        {%- set batch.first_day = batch.first_day or day -%}
        {%- set batch.line_count
            = batch.line_count + line_counts.get(day, 0) -%}
        {%- if loop.last or batch.line_count > 1000000 -%}
            {%- do batches.append((batch.first_day, day)) -%}
            {%- set batch.first_day = none -%}
            {%- set batch.line_count = 0 -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(batches) }}
{%- endmacro %}

{# Days with lines that are not refused, of those that meet a condition, as ISO
   dates with their number of lines. #}
{% macro line_counts_by_day(target, condition) -%}
    {%- set query -%}
        select day::string as day, line_count
        from (
            select occurred_at::date as day, count(*) as line_count
            from {{ target }}
            where rejection_reason is null and ({{ condition }})
            group by day
        )
        order by day
    {%- endset -%}
    {{ return(days_with_counts(query)) }}
{%- endmacro %}

{# The same of the lines that just arrived. #}
{% macro arrived_by_day() -%}
    {{ return(days_with_counts(
        "select day::string, sum(line_count)::bigint from " ~ arrived_lines()
        ~ " where rejection_reason is null group by day order by day"
    )) }}
{%- endmacro %}

{% macro days_with_counts(query) -%}
    {%- set days = {} -%}
    {%- for row in run_query(query).rows -%}
        {%- do days.update({row[0] | string: row[1]}) -%}
    {%- endfor -%}
    {{ return(days) }}
{%- endmacro %}
