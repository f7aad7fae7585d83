"""The most frequent categories and brands."""
