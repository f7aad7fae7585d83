"""The section on the data: what was loaded and refused."""
