-- What the model reads is a finite number for every user.
select count(*) as unreadable_count
from {{ ref('segment_inputs') }}
where
    false
    {%- for feature in var('model_features') %}
    or not coalesce(isfinite({{ feature }}::double), false)
    {%- endfor %}
having count(*) > 0
