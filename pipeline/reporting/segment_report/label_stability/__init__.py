"""How sure a label is."""
