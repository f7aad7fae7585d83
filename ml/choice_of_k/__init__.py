"""Every figure that argues for or against a number of segments, and the rule that chooses."""
