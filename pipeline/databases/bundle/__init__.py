"""Files to load elsewhere: Parquet in parts, manifests, and the SQL of each warehouse."""
