"""Do the tables hold what is expected of them? Great Expectations on the run's own DuckDB tables, in place.

`suites` (what is expected, by table) → `judge` (one suite, by way of `gx_duckdb`) → `verdicts` (all tables, with what
is unchanged kept from earlier nights) → `page` and the Dagster checks. What is wrong, and not merely bad news, is
`kritisk` and blocks its organisation.
"""
