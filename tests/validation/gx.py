"""Great Expectations and what of the suites imports it, as a night imports them: half as long."""

from assets.validation.lean_import import lean

with lean():
    import great_expectations.expectations as gxe

    from assets.validation.gx_duckdb import Gx
    from assets.validation.gx_expectations import gathered, native
    from assets.validation.validate_table import validate_table

__all__ = ["Gx", "gathered", "gxe", "native", "validate_table"]
