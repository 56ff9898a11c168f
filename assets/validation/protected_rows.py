"""Which columns of a table may hold the id of a person who is protected, and so which of its rows have no place told.

core.protected_persons says whose ids these are. A model names the column as it does. A register names it as its
contract's key does: `anstallnings_id`, but `person_id` of elected members. All of the key is held against the ids, as
that of doubled rows is (sql/marts/doubles.sql), so a register of an installation's own has nothing to declare.
"""

from collections.abc import Iterable, Mapping

from assets.registers.contract import Register
from assets.registers.landed import key_fields, landed_fields

PROTECTED = "core.protected_persons"
ID = "anstallnings_id"
"""The column of PROTECTED beside its organisation."""


def id_columns(table: str, registers: Mapping[str, Register]) -> tuple[str, ...]:
    """Returns the columns of a table that may hold such an id, if it has them: of a register the texts in its key."""
    schema, _, name = table.partition(".")
    if schema != "registers" or name not in registers:
        return (ID,)
    if registers[name].level == "city":  # its rows are nobody's, and whose an id is a person's organisation tells
        return ()
    fields = landed_fields(registers[name])
    return tuple(field for field in key_fields(registers[name]) if fields.get(field) == "VARCHAR")


def hidden_rows(table: str, columns: Iterable[str]) -> str:
    """SQL for the places (organisation, delivery, row) of a table's rows with a protected person's id in one of
    `columns`."""
    return " UNION ".join(
        f"""
            SELECT record.organisation, record.delivery, record.row FROM {table} AS record
            SEMI JOIN {PROTECTED} AS protected
                ON protected.organisation = record.organisation AND protected.{ID} = record.{column}
        """
        for column in columns
    )
