{# Rates of few events are mostly chance: one cart among two events is no cart
   rate of one half. A smoothed rate adds `prior_count` events at a customary
   rate, so that it moves away from that as evidence comes: the mean of a beta
   distribution. The customary rate is a constant: that of the store would move
   with every file, and everybody without evidence with it. What is lost on the
   way (a cart that is not bought, a piece that is taken out again) is
   customarily nothing, so that a store that does not log it has a constant
   column, which the model leaves out. #}
{% macro smoothed_rate(numerator, denominator, prior_rate, prior_count) -%}
    ({{ numerator }} + {{ prior_count }} * {{ prior_rate }})
    / ({{ denominator }} + {{ prior_count }})::double
{%- endmacro %}

{# How often somebody put something into the cart, or bought it without the cart
   being logged. #}
{% macro intent_count() -%}
    greatest(cart_count, purchase_count)
{%- endmacro %}

{# Orders to expect in 90 days: repeat orders a day since the first event,
   smoothed, which fade with the absence measured in rhythms. 0 without an
   order. #}
{% macro expected_orders(users, store_rhythm) -%}
    case
        when {{ users }}.order_count = 0 then 0
        else
            90 * ({{ users }}.order_count - 0.7)
            / ({{ users }}.tenure_days + 60)::double
            * exp(
                -{{ users }}.purchase_recency_days
                / (2 * {{ rhythm_days(users, store_rhythm) }})
            )
    end
{%- endmacro %}
