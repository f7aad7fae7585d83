"""What a fair test of a campaign needs."""
