"""What is said to people about themselves, and to officers about the processing."""
