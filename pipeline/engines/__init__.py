"""What differs between the engines on which the models run, for Python."""
