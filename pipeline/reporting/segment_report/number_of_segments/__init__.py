"""How many segments, and what may be claimed of them."""
