"""Do the tables hold what is expected of them? Great Expectations on the run's own DuckDB tables, in place.

`suites` (what is expected, by table) → `suite_runner` (table by table, or what is kept of an earlier night) →
`validate_table` (one suite, by way of `gx_duckdb`) → `results` → `page` and the Dagster checks; `draft_audit` holds
the files of a draft against the tables. What is wrong, and not merely bad news, is `kritisk` and blocks its
organisation.
"""
