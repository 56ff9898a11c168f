"""The shape in which a register lands: what of its columns leaves the intake, and as what.

Intake writes it as Parquet and the warehouse makes its tables of it; this is the one place that says it.
"""

from assets.registers.column import NUMBER_DECIMALS, NUMBER_DIGITS, Column
from assets.registers.contract import ROW_KEY, Register

_SQL_TYPES = {
    "text": "VARCHAR", "code": "VARCHAR", "enum": "VARCHAR", "list": "VARCHAR[]",
    "int": "BIGINT", "bool": "BOOLEAN", "date": "DATE", "datetime": "TIMESTAMP",
    "number": f"DECIMAL({NUMBER_DIGITS}, {NUMBER_DECIMALS})",
}  # fmt: skip


def landed_fields(register: Register) -> dict[str, str]:
    """Field name → DuckDB type of the columns that land, in the contract's order.

    A datetime lands as the first and the last instant it can have been (UTC) and as its day in Stockholm;
    of a `pii` column at most a flag lands: whether it protects, whether it is filled, whether what identifies
    a person stands under another key of the delivery too. Of a register without a key ROW_KEY lands beside them, of
    one that is looked up in by a `pii` column the keyed hashes of `hashed_columns`.
    """
    fields: dict[str, str] = {}
    for column in register.columns:
        fields |= _fields(column)
    fields |= {hashed_field(column): _SQL_TYPES["list" if column.type == "list" else "text"]
               for column in hashed_columns(register)}  # fmt: skip
    return fields if register.key else fields | {ROW_KEY: "VARCHAR"}


def hashed_columns(register: Register) -> tuple[Column, ...]:
    """The columns of which a keyed hash lands: those that are looked up in and may not be shown, and the key that a
    text may be already instead (docs/spec/sources.md, Reference by another name)."""
    looked_up = tuple(column for column in register.columns if column.looked_up and column.pii)
    return (register.by_name[register.key[0]], *looked_up) if looked_up and register.key else ()


def hashed_field(column: Column) -> str:
    """The landed field of a column's keyed hash."""
    return f"{column.slug}_hashed"


def _fields(column: Column) -> dict[str, str]:
    fields: dict[str, str] = {}
    if not column.pii or column.protects:
        fields[column.slug] = _SQL_TYPES[column.type]
    if column.type == "datetime" and not column.pii:
        fields |= {f"{column.slug}_last": "TIMESTAMP", f"{column.slug}_day": "DATE"}
    if column.filled:
        fields[f"{column.slug}_filled"] = "BOOLEAN"
    if column.identifies:
        fields[f"{column.slug}_shared"] = "BOOLEAN"
    return fields


def belongs(field: str, column: Column) -> bool:
    """Whether a landed field is made of the column."""
    return field in _fields(column)


def key_fields(register: Register) -> list[str]:
    """The landed fields that tell two rows apart; a day and its midnight are two different moments."""
    fields = [] if register.key else [ROW_KEY]
    for name in register.key:
        column = register.by_name[name]
        fields += [column.slug, f"{column.slug}_last"] if column.type == "datetime" else [column.slug]
    return fields
