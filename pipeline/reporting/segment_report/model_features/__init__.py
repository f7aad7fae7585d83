"""Why the model reads the features that it reads."""
