"""What both reports call the features."""
