{# No value of these columns is null; all are read in one pass. For tables that
   a contract cannot guard, such as those of Python models. #}
{% test never_null(model, columns) %}

select count(*) as null_count
from {{ model }}
where {{ columns | join(' is null or ') }} is null
having count(*) > 0

{% endtest %}
