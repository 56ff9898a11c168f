"""Do the values that point at another register find something there? Single ones that don't are listed as unmatched;
here it is asked whether two registers belong together at all.
"""

from collections.abc import Iterator, Mapping

from assets.registers.contract import CITY, Column, Register
from expectations.expectation import WARNING, Expectation

UNMATCHED = 0.20


def references(register: Register, registers: Mapping[str, Register]) -> Iterator[Expectation]:
    """One expectation for each column that points at a register."""
    for column in register.columns:
        if column.targets:
            yield _references_of(register, column, registers)


def _references_of(register: Register, column: Column, registers: Mapping[str, Register]) -> Expectation:
    said = " UNION ALL ".join(
        _pointing(register, column, registers[target], value)
        for value, target in [
            *([(None, column.ref)] if column.ref else []),
            *(column.ref_by.registers.items() if column.ref_by else ()),
        ]
    )
    return Expectation(
        name=f"hittar_{column.slug}",
        severity=WARNING,
        explanation=f"Mer än {UNMATCHED:.0%} av värdena i {column.name} finns inte i det register som de pekar på. "
        "Se omatchade.csv; registren är kanske från olika tid eller har olika koder.",
        reason="Enstaka omatchade värden listas; var femte betyder att två register inte hör ihop.",
        check=f"""
            SELECT said.organisation, said.delivery, said.row
            FROM ({said}) AS said
            WHERE NOT said.found
            QUALIFY count(*) OVER (PARTITION BY said.organisation) > {UNMATCHED} * any_value(said.pointing)
                OVER (PARTITION BY said.organisation)
        """,
    )


def _pointing(register: Register, column: Column, target: Register, value: str | None) -> str:
    """One row per value that points at the target, in organisations where the target has a delivery in force."""
    owner = f"'{CITY}'" if register.level == "city" else "each.organisation"
    key = target.by_name[target.key[0]].slug
    belongs = "" if target.level == "city" else "organisation, "
    at_home = "true" if target.level == "city" else "target.organisation = each.organisation"
    told = "true" if target.level == "city" else f"told.organisation = {owner}"
    when = f"each.{register.by_name[column.ref_by.column].slug} = '{value}'" if column.ref_by and value else "true"
    values = f"unnest(list_distinct(source.{column.slug}))" if column.type == "list" else f"source.{column.slug}"
    return f"""
        SELECT {owner} AS organisation, each.delivery, each.row, target.{key} IS NOT NULL AS found,
            count(*) OVER (PARTITION BY {owner}) AS pointing
        FROM (
            SELECT source.* EXCLUDE ({column.slug}), {values} AS {column.slug}
            FROM registers.{register.name} AS source
        ) AS each
        SEMI JOIN delivered.{target.name} AS told ON told.in_force AND {told}
        LEFT JOIN (SELECT DISTINCT {belongs}{key} FROM registers.{target.name}) AS target
            ON target.{key} = each.{column.slug} AND {at_home}
        WHERE each.{column.slug} IS NOT NULL AND {when}
    """
