"""Where every customer stands, with a segment or without."""
