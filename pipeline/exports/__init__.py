"""Customers out of the published file: who, which columns, in which format, whole or not at all."""
