"""Calling dbt in this process, what dbt calls back, and what it says on the way."""
