"""The model card: what the model is, what it was made from, how good it is, what it is not for."""
