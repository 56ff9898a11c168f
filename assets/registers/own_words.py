"""Words of an installation's own: what its units do isn't one city's alone (docs/spec/sources.md, 5)."""

from collections.abc import Mapping

from assets.registers.adjusted import with_columns
from assets.registers.column import Column
from assets.registers.comparable import folded
from assets.registers.contract import Register


def lists_of(registers: Mapping[str, Register]) -> set[str]:
    """The names of the lists that an installation may add words to."""
    return {column.own_words for register in registers.values() for column in register.columns if column.own_words}


def with_words(registers: Mapping[str, Register], words: Mapping[str, tuple[str, ...]]) -> dict[str, Register]:
    """The registers with the words that the installation adds to a list, after the contract's own, in every
    column that takes that list; those that a column has already change nothing. `words`: list → its words."""
    return {name: _with_words(register, words) for name, register in registers.items()}


def _with_words(register: Register, words: Mapping[str, tuple[str, ...]]) -> Register:
    columns = tuple(_longer(column, words.get(column.own_words or "", ())) for column in register.columns)
    return register if columns == register.columns else with_columns(register, columns)


def _longer(column: Column, words: tuple[str, ...]) -> Column:
    known = {folded(word) for value in column.values for word in (value, *column.also_values.get(value, ()))}
    added: dict[str, str] = {}
    for word in words:
        if folded(word) not in known:
            added.setdefault(folded(word), word)
    return column.model_copy(update={"values": (*column.values, *added.values())})
