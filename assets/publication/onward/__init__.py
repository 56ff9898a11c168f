"""The figures and lists for other programs: Parquet with a data dictionary, open data, tables in PostgreSQL."""
