"""What stands in the columns: missing, unreadable, distinct."""
