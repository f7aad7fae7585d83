{# How far a distribution has moved: the formulas of `ml/features/drift.py`, for
   users who stay in the warehouse. A feature is cut at `edges`, in ascending
   order; the first bin holds what lies at or below the first edge, and so
   on. #}

{# What one bin adds to the population stability index. A share of 0 has no
   logarithm: one below one in ten thousand counts as that. #}
{% macro psi_of_bin(expected, observed) -%}
    (greatest({{ observed }}, 0.0001) - greatest({{ expected }}, 0.0001))
    * ln(greatest({{ observed }}, 0.0001) / greatest({{ expected }}, 0.0001))
{%- endmacro %}

{# The index itself. A list adds up in its order; a sum of doubles would depend
   on the threads. #}
{% macro psi_of(expected, observed, bin) -%}
    {{ sum_of(in_order(psi_of_bin(expected, observed), bin)) }}
{%- endmacro %}

{# What chance alone exceeds once in twenty times between two samples of one
   population: the 95 % quantile of a chi-square distribution with one degree of
   freedom less than bins that somebody is in, over the sizes of the samples.
   Ten quantiles never make more than 16 bins. #}
{% macro psi_noise(bin_count, expected_count, observed_count) -%}
    {{ item_of(
        list_of(chi_square_quantiles()),
        'greatest(least(' ~ bin_count ~ ' - 1, 16), 1)'
    ) }}
    * (1 / {{ expected_count }}::double + 1 / {{ observed_count }}::double)
{%- endmacro %}

{# Of 1 to 16 degrees of freedom. #}
{% macro chi_square_quantiles() -%}
    {{ return([
        '3.841458820694124', '5.991464547107979',
        '7.814727903251179', '9.487729036781154',
        '11.070497693516351', '12.591587243743977',
        '14.067140449340169', '15.507313055865453',
        '16.918977604620448', '18.307038053275146',
        '19.67513757268249', '21.02606981748307',
        '22.362032494826934', '23.684791304840576',
        '24.995790139728616', '26.29622760486423',
    ]) }}
{%- endmacro %}

{# Of each place in the lists of features, how many users lie in each bin. #}
{% macro counts_of_features(features, edges) -%}
    {%- set counts = [] -%}
    {%- for place in range(1, (feature_lists() | map('length') | max) + 1) -%}
        {%- do counts.append(
            counts_in_bins(item_of(features, place), item_of(edges, place))
        ) -%}
    {%- endfor -%}
    {{ list_of(counts) }}
{%- endmacro %}
