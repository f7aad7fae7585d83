"""A page of its own for each segment."""
