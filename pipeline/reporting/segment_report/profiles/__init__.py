"""The sections on the segments: what they are, and how they differ."""
