{# Every value that is not null lies between the two bounds, both included. #}
{% test between(model, column_name, lowest, highest) %}

select count(*) as outside_count
from {{ model }}
where {{ column_name }} < {{ lowest }} or {{ column_name }} > {{ highest }}
having count(*) > 0

{% endtest %}
