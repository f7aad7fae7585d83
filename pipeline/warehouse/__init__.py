"""The warehouse file: opening and locking it, what it has read, its state, its publication."""
