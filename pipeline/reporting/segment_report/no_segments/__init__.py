"""The report on a warehouse in which nobody has a segment, because no model could be trained."""
