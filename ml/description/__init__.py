"""What segments are: names, rules and what sets them apart, in words."""
