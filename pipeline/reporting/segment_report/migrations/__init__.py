"""Who moved between segments, from month to month and from model to model."""
