"""Contracts as one installation has them: what `lagesbild.toml` and the source files say of registers."""

from collections.abc import Collection, Iterable, Mapping

from assets.registers.column import Column
from assets.registers.contract import Register


def with_late_days(registers: Mapping[str, Register], late_days: Mapping[str, int]) -> dict[str, Register]:
    """The registers with `late_after` as the installation has it; `late_days`: register → days, for some of them."""
    return {
        name: register.model_copy(update={"late_after": late_days.get(name, register.late_after)})
        for name, register in registers.items()
    }


def with_lists(registers: Mapping[str, Register], lists: Mapping[str, Iterable[str]]) -> dict[str, Register]:
    """The registers with `named_by` and `left_out_by` as the installation has them; `lists`: organisation, or the
    city, → the registers that it delivers so far, for those that don't deliver all."""
    return {
        name: register.model_copy(
            update={
                "named_by": tuple(sorted(place for place, named in lists.items() if name in named)),
                "left_out_by": tuple(sorted(place for place, named in lists.items() if name not in named)),
            }
        )
        for name, register in registers.items()
    }


def with_lookups(registers: Mapping[str, Register], looked_up: Collection[str]) -> dict[str, Register]:
    """The registers with `looked_up` of the columns that sources look up in: `{"personal.E-post", …}`."""
    return {name: _with_lookups(register, looked_up) for name, register in registers.items()}


def _with_lookups(register: Register, looked_up: Collection[str]) -> Register:
    return with_columns(
        register,
        (
            column.model_copy(update={"looked_up": f"{register.name}.{column.name}" in looked_up})
            for column in register.columns
        ),
    )


def without_patterns(register: Register, names: Collection[str]) -> Register:
    """The register for rows in which these columns hold what a row of another register is called, not its code."""
    return with_columns(
        register,
        (
            column.model_copy(update={"pattern": None}) if column.name in names else column
            for column in register.columns
        ),
    )


def with_columns(register: Register, made: Iterable[Column]) -> Register:
    """Made anew: a copy would keep what has been worked out of the old columns."""
    columns = tuple(made)
    return Register(**{name: getattr(register, name) for name in Register.model_fields} | {"columns": columns})
