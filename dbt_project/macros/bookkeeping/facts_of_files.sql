{# What is known of each file: of those to load, and of all that the ledger has
   already. #}
{% macro facts_of_files() -%}
    {{ return(adapter.dispatch('facts_of_files')()) }}
{%- endmacro %}

{# The facts that stay as they were when the file was read. #}
{% macro read_facts() -%}
    source_file,
        fingerprint,
        lookups_fingerprint,
        decimal_mark,
        thousands_mark,
        size_bytes,
        line_count,
        modified_at_ns,
        future_from
{%- endmacro %}

{% macro duckdb__facts_of_files() -%}
    select
        {{ read_facts() }},
        first_loaded_at,
        {{ run_start() }} as loaded_at

    from files_to_load

    {% if is_incremental() -%}
    union all

    select
        {{ read_facts() }},
        coalesce(first_loaded_at, loaded_at) as first_loaded_at,
        loaded_at

    from {{ this }}
    where source_file not in (select source_file from files_to_load)
    {%- endif %}
{%- endmacro %}

{# In a lake, the list of readings has them all. #}
{% macro spark__facts_of_files() -%}
    select
        {{ read_facts() }},
        first_loaded_at,
        loaded_at
    from {{ current_loads() }} as loads
{%- endmacro %}
