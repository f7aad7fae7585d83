"""PostgreSQL: new tables take the place of the former ones in one transaction."""
