"""What customers did afterwards, and what a test on them needs."""
