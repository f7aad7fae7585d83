"""A jury of stores, none of which may be tuned to alone: each makes customers in its own way."""
