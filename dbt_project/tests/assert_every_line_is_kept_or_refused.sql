-- For every file: lines read = kept + duplicates + rejected.
select source_file
from {{ ref('loaded_files') }}
where line_count <> kept_count + duplicate_count + rejected_count
