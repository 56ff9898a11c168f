"""What a delivery is compared with: those before it of the same source."""

import duckdb

from assets.registers.landed import landed_fields
from expectations.against_earlier import against_earlier
from tests.validation.conftest import REGISTERS

REGISTER = REGISTERS["enheter"]


def test_a_source_that_never_fills_a_column_hides_no_other_sources_loss() -> None:
    """Nor does one that comes for the first time lose what it never had."""
    [check] = [own.check for own in against_earlier(REGISTER) if own.name == "tomma_celler_mot_vanligt"]
    assert isinstance(check, str)
    fields = ", ".join(f"{name} {kind}" for name, kind in landed_fields(REGISTER).items())
    with duckdb.connect() as con:
        con.execute(f"""
            CREATE SCHEMA registers; CREATE SCHEMA delivered; CREATE SCHEMA previous;
            CREATE TABLE registers.enheter (organisation VARCHAR, delivery VARCHAR, row INTEGER, {fields});
            CREATE TABLE previous.enheter (
                organisation VARCHAR, delivery VARCHAR, of_source VARCHAR, age BIGINT, row INTEGER, {fields}
            );
            CREATE TABLE delivered.enheter AS
                SELECT 'a' AS organisation, source || '.csv' AS delivery, source, 0 AS age
                FROM (VALUES ('fills'), ('never'), ('new')) AS sources (source);
            INSERT INTO registers.enheter BY NAME
                SELECT organisation, delivery, range AS row FROM delivered.enheter, range(40);
            INSERT INTO previous.enheter BY NAME
                SELECT 'a' AS organisation, source || '_before.csv' AS delivery, source AS of_source, 1 AS age,
                    range AS row, avdelning
                FROM (VALUES ('fills', 'Norr'), ('never', NULL)) AS sources (source, avdelning), range(40);
        """)
        assert con.execute(check).fetchall() == [("a", "fills.csv, kolumnen Avdelning")]
