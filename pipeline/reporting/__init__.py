"""Reports for people: what both are made of (the kit), and each of them."""
