{# Every value that is not null lies between the two bounds, both included: of one column, or of several
   that are read in one pass. #}
{% test between(model, lowest, highest, column_name=none, columns=[]) %}

select count(*) as outside_count
from {{ model }}
where
    {%- for column in columns or [column_name] %}
    {{ 'or ' if not loop.first }}{{ column }} not between {{ lowest }} and {{ highest }}
    {%- endfor %}
having count(*) > 0

{% endtest %}
