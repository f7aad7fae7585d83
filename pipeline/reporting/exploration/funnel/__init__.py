"""How many users come from a view to a purchase."""
