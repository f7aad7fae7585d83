"""What campaigns changed."""
