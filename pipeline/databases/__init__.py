"""Labels and what explains them, for other databases: as tables there, or as files to load."""
