-- What the model reads is a finite number for every user.
select count(*) as unreadable_count
from {{ ref('segment_inputs') }}
where
    false
    {%- for features in feature_lists() %}
    {%- for feature in features %}
    or not coalesce(abs({{ feature }}::double) < 'infinity'::double, false)
    {%- endfor %}
    {%- endfor %}
having count(*) > 0
