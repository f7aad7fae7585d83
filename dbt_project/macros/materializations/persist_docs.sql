{# Writes the descriptions of a relation and of its columns into the warehouse,
   in one statement. dbt's own macro asks twice for the columns, each time in a
   new macro context: a sixth of its time on a small store. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = comments_on(
        relation,
        model,
        for_relation and config.persist_relation_docs(),
        for_columns and config.persist_column_docs()
    ) -%}
    {%- if comments -%}
        {%- do adapter.execute(comments | join("\n")) -%}
    {%- endif -%}
{%- endmacro %}

{% macro comments_on(relation, model, of_relation=true, of_columns=true) -%}
    {%- set comments = [] -%}
    {%- if of_relation and model.description -%}
        {%- do comments.append(
            duckdb__alter_relation_comment(relation, model.description)
        ) -%}
    {%- endif -%}
    {%- if of_columns and model.columns -%}
        {%- for name in names_of_columns(relation) if name in model.columns -%}
            {%- do comments.append(
                "comment on column " ~ relation ~ "." ~ adapter.quote(name)
                ~ " is "
                ~ duckdb_escape_comment(model.columns[name].description) ~ ";"
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(comments) }}
{%- endmacro %}

{# What reads files is not described: of files that have 44 layouts that takes
   half a second, and which columns a view has is noted beside it. #}
{% macro names_of_columns(relation) -%}
    {%- if relation.schema != 'staging' -%}
        {{ return(columns_of(relation) | map('first') | list) }}
    {%- endif -%}
    {%- set columns = run_query(
        "select column_name from duckdb_columns()"
        ~ " where database_name = '" ~ relation.database
        ~ "' and schema_name = '" ~ relation.schema
        ~ "' and table_name = '" ~ relation.identifier ~ "'"
    ) -%}
    {{ return(columns.columns[0].values() | list) }}
{%- endmacro %}

{# The same for every relation that is there, as an operation: those that came
   from a lake have none. #}
{% macro describe_relations() -%}
    {%- set comments = [] -%}
    {%- for model in graph.nodes.values()
        if model.resource_type in ('model', 'seed') -%}
        {%- set relation = adapter.get_relation(
            model.database, model.schema, model.alias
        ) -%}
        {%- if relation is not none -%}
            {%- do comments.extend(comments_on(relation, model)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do adapter.execute(comments | join("\n") ~ "commit;") -%}
{%- endmacro %}
