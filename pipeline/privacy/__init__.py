"""Whose data it is: erasure, objection, access, pseudonyms, and the log of all of it."""
