"""The segments in plain rules, and what sets each apart."""
