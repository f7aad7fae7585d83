"""Whether features still are what they were, and which of them say the same."""
