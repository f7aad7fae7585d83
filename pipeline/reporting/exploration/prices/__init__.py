"""Prices as they stand in the files."""
