{# Every value of these columns that is not null lies between the two bounds,
   both included; all are read in one pass. #}
{% test between(model, columns, lowest, highest) %}

select count(*) as outside_count
from {{ model }}
where
    {%- for column in columns %}
    {{ 'or ' if not loop.first -}}
    {{ column }} not between {{ lowest }} and {{ highest }}
    {%- endfor %}
having count(*) > 0

{% endtest %}
