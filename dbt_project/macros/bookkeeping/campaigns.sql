{# Who was drawn for which campaign, see `pipeline/campaigns/drawing.py`, which
   fills both tables. A build from the files does not make them again: neither
   `--full-refresh` nor a file that is forgotten takes anything from them. #}
{% macro create_campaigns() -%}
    create table if not exists {{ ops_relation('campaigns') }} (
        campaign text primary key,
        salt text not null,
        control_share decimal(5, 4) not null,
        starts_on date not null,
        day_count integer not null,
        request text not null,
        model_version integer,
        drawn_as_of date not null,
        drawn_at timestamp not null
    );
    create table if not exists {{ ops_relation('campaign_members') }} (
        campaign text not null,
        user_id bigint not null,
        segment_id integer,
        is_control boolean not null
    )
{%- endmacro %}
