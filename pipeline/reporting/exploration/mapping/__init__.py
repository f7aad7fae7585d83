"""As what each column is read, and what those that are ignored may be."""
