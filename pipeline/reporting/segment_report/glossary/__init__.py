"""What the features mean."""
