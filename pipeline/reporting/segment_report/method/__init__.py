"""The section on the method: on whom and how the model was trained."""
