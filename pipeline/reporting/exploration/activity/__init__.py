"""How many events and days users have."""
