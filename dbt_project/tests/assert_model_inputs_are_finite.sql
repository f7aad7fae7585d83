-- What the model reads is a finite number for every user.
select count(*) as unreadable_count
from {{ ref('segment_inputs') }}
where {% for feature in var('model_features') -%}
    {{ 'or ' if not loop.first }}not coalesce(isfinite({{ feature }}::double), false)
{% endfor -%}
having count(*) > 0
