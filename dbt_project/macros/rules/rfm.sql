{# Recency, frequency, money: the customary segmentation, to compare with. The
   scores from 1 to 5 are those of `user_features`; who never bought has
   none. #}

{# One of 125 cells, such as '543', or 'non_buyer'. #}
{% macro rfm_cell(users) -%}
    coalesce(
        {{ users }}.recency_score::string
        || {{ users }}.frequency_score::string
        || {{ users }}.monetary_score::string,
        'non_buyer'
    )
{%- endmacro %}

{# One of the eleven usual groups, or 'non_buyer'. Recency stands against the
   mean of frequency and money, halves rounded up, on a grid of 5 x 5. The
   published tables overlap; where they do, the narrower group wins, so that
   every buyer is in exactly one. `docs/value.md` shows the grid. #}
{% macro rfm_group(users) -%}
    {%- set recency = users ~ '.recency_score' -%}
    {%- set value_score -%}
        ({{ whole_division(
            '(' ~ users ~ '.frequency_score + '
            ~ users ~ '.monetary_score + 1)', 2
        ) }})
    {%- endset -%}
    case
        when {{ recency }} is null then 'non_buyer'
        when {{ recency }} = 5 and {{ value_score }} >= 4 then 'champions'
        when {{ recency }} >= 3 and {{ value_score }} >= 4 then 'loyal'
        when {{ recency }} >= 4 and {{ value_score }} >= 2
            then 'potential_loyalist'
        when {{ recency }} = 5 then 'new'
        when {{ recency }} = 4 then 'promising'
        when {{ recency }} = 3 and {{ value_score }} = 3 then 'need_attention'
        when {{ recency }} = 3 then 'about_to_sleep'
        when {{ value_score }} = 5 then 'cannot_lose'
        when {{ value_score }} >= 3 then 'at_risk'
        when {{ recency }} = 2 then 'hibernating'
        else 'lost'
    end
{%- endmacro %}
