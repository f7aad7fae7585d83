"""The files, and whether every line was read."""
