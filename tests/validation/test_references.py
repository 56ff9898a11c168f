"""Values that point at another register: when so many find nothing there that the two may not belong together."""

import duckdb
import pytest

from expectations.references import references
from tests.intake.delivered import REGISTERS

TABLES = """
    CREATE SCHEMA registers; CREATE SCHEMA delivered;
    CREATE TABLE registers.klassningar
        (organisation VARCHAR, delivery VARCHAR, row BIGINT, avser VARCHAR, avser_id VARCHAR);
    CREATE TABLE registers.informationstillgangar AS SELECT 'farsta' AS organisation, 'IT-1' AS tillgangs_id;
    CREATE TABLE registers.pm3_system AS SELECT 'farsta' AS organisation, 'SYS-1' AS system_id;
    CREATE TABLE delivered.informationstillgangar AS SELECT 'farsta' AS organisation, true AS in_force;
    CREATE TABLE delivered.pm3_system AS FROM delivered.informationstillgangar;
"""
ASSET, OTHER_ASSET = ("Tillgång", "IT-1"), ("Tillgång", "IT-2")
SYSTEM, OTHER_SYSTEM = ("System", "SYS-1"), ("System", "SYS-2")


def failing(rows: list[tuple[str, str]]) -> list[int]:
    """The rows that the check of klassningar's Avser-id finds."""
    checks = {check.name: check.check for check in references(REGISTERS["klassningar"], REGISTERS)}
    with duckdb.connect() as con:
        con.execute(TABLES)
        for number, row in enumerate(rows, 2):
            con.execute("INSERT INTO registers.klassningar VALUES ('farsta', 'k.csv', ?, ?, ?)", [number, *row])
        return sorted(row for _, _, row in con.execute(str(checks["hittar_avser_id"])).fetchall())


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([ASSET], []),
        ([OTHER_ASSET], [2]),
        ([OTHER_ASSET, *[ASSET] * 4], []),
        ([OTHER_ASSET, *[ASSET] * 3], [2]),
        # all that point at one of the two registers find nothing there, and that is a fifth of all
        ([OTHER_ASSET, *[SYSTEM] * 4], []),
        ([*[SYSTEM] * 4, OTHER_ASSET], []),
        ([OTHER_SYSTEM, *[ASSET] * 4], []),
        ([OTHER_ASSET, *[SYSTEM] * 3], [2]),
        ([OTHER_ASSET, OTHER_SYSTEM, *[SYSTEM] * 8], []),
        ([OTHER_ASSET, OTHER_SYSTEM, *[SYSTEM] * 7], [2, 3]),
        ([("Annat", "X-1"), OTHER_ASSET, *[ASSET] * 3], [3]),
    ],
)
def test_more_than_a_fifth_of_a_column_s_values_is_too_much(rows: list[tuple[str, str]], found: list[int]) -> None:
    """Whichever register they point at (Avser-id points at two: docs/spec/registers.md)."""
    assert failing(rows) == found
