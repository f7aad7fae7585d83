"""In what the segments differ."""
