"""Whether the customers have moved since the training."""
