"""The model itself: its settings, from features to labels, and as plain data."""
