"""What the page of the service says."""
