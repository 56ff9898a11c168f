"""Do the values that point at another register find something there? Single ones that don't are listed as unmatched;
here it is asked whether two registers belong together at all.
"""

from collections.abc import Iterator, Mapping

from assets.registers.column import Column
from assets.registers.contract import CITY, Register
from expectations.expectation import WARNING, Expectation

UNMATCHED = 0.20


def references(register: Register, registers: Mapping[str, Register]) -> Iterator[Expectation]:
    """One expectation for each column that points at a register."""
    for column in register.columns:
        if column.targets:
            yield _references_of(register, column, registers)


def _references_of(register: Register, column: Column, registers: Mapping[str, Register]) -> Expectation:
    pointing = " UNION ALL ".join(
        _pointing(register, column, registers[target], value)
        for value, target in [
            *([(None, column.ref)] if column.ref else []),
            *(column.ref_by.registers.items() if column.ref_by else ()),
        ]
    )
    return Expectation(
        name=f"hittar_{column.slug}",
        severity=WARNING,
        explanation=f"Mer än {UNMATCHED * 100:.0f} procent av värdena i {column.name} finns inte i det register som "
        "de pekar på. Se omatchade.csv; registren är kanske från olika tid eller har olika koder.",
        reason="Enstaka värden utan träff är vardag och listas. Saknar mer än vart femte träff hör de två "
        "registren oftast inte ihop.",
        check=f"""
            SELECT reference.organisation, reference.delivery, reference.row
            FROM ({pointing}) AS reference
            WINDOW own AS (PARTITION BY reference.organisation)
            QUALIFY NOT reference.found AND count_if(NOT reference.found) OVER own > {UNMATCHED} * count(*) OVER own
        """,
    )


def _pointing(register: Register, column: Column, target: Register, value: str | None) -> str:
    """One row per value that points at the target, in organisations where the target has a delivery in force."""
    owner = f"'{CITY}'" if register.level == "city" else "record.organisation"
    key = target.by_name[target.key[0]].slug
    belongs = "" if target.level == "city" else "organisation, "
    at_home = "true" if target.level == "city" else "target.organisation = record.organisation"
    delivered = "true" if target.level == "city" else f"source.organisation = {owner}"
    when = f"record.{register.by_name[column.ref_by.column].slug} = '{value}'" if column.ref_by and value else "true"
    values = f"unnest(list_distinct(source.{column.slug}))" if column.type == "list" else f"source.{column.slug}"
    return f"""
        SELECT {owner} AS organisation, record.delivery, record.row, target.{key} IS NOT NULL AS found
        FROM (
            SELECT source.* EXCLUDE ({column.slug}), {values} AS {column.slug}
            FROM registers.{register.name} AS source
        ) AS record
        SEMI JOIN delivered.{target.name} AS source ON source.in_force AND {delivered}
        LEFT JOIN (SELECT DISTINCT {belongs}{key} FROM registers.{target.name}) AS target
            ON target.{key} = record.{column.slug} AND {at_home}
        WHERE record.{column.slug} IS NOT NULL AND {when}
    """
