"""Who came back, of those who first bought in the same month."""
