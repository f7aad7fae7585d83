{# The features of users whose histories end at `as_of`, from what they did
   until then. `keys` as in `user_totals`. Today's features go the same way, but
   in two steps: see `int_user_totals`. #}
{% macro features_as_of(user_months, sessions, cart_steps, keys, as_of) %}
    with

    totals as ({{ user_totals(user_months, sessions, keys) }}),

    orders as ({{ user_orders(sessions, keys, as_of) }}),

    carts as ({{ user_carts(cart_steps, keys) }}),

    activity as ({{ daily_activity(sessions, keys) }}),

    windows as ({{ user_windows('activity', keys, as_of) }}),

    feature_inputs as (
        {{ feature_inputs(
            'totals', 'orders', 'carts', 'windows', keys, as_of
        ) }}
    )

    {{ feature_columns('feature_inputs', keys) }}
{% endmacro %}
