"""Everything around dbt: the command line, input files, reports, the synthetic store."""
