-- For every file, in lines and to the cent: read = kept + duplicates + refused.
select source_file
from {{ ref('loaded_files') }}
where
    line_count <> kept_count + duplicate_count + rejected_count
    or read_revenue <> kept_revenue + duplicate_revenue + refused_revenue
