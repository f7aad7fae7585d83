"""What `campaign result` shows on the screen."""
