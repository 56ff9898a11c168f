"""Does a delivery look like the ones before it? Empty cells by column, and how values are spread, against what is
usual: the three deliveries before it (`previous.<register>`).
"""

from collections.abc import Iterator, Mapping

from assets.registers.contract import CITY, Register
from assets.registers.landed import landed_fields
from expectations.expectation import WARNING, Expectation
from expectations.patterns import same_file

EMPTIED = 0.20
SHIFTED = 0.30
ENOUGH = 30
"""Shares of fewer rows say little: one row more or less would be a shift of several points."""


def against_earlier(register: Register) -> Iterator[Expectation]:
    """How a register's newest delivery is compared with those before it."""
    yield from _emptied(register)
    if (
        register.mode == "snapshot"
    ):  # an accumulating delivery tells of its own period, which may well be unlike the last
        yield from _shifted(register)


def _emptied(register: Register) -> Iterator[Expectation]:
    fields = landed_fields(register)
    columns = {
        column.slug: column.name
        for column in register.columns
        # what its contract demands, always or at times, is quarantined where it is missing
        if not column.req and not column.req_when and column.slug in fields
    }
    if columns:
        counts = ", ".join(f"count({slug}) AS {slug}" for slug in columns)
        yield Expectation(
            name="tomma_celler_mot_vanligt",
            severity=WARNING,
            explanation=f"En kolumn har mer än {EMPTIED * 100:.0f} procentenheter fler tomma celler än i de senaste "
            "leveranserna. Kontrollera att kolumnen är ifylld och att exporten tar med den.",
            reason="Jämförs med den tommaste av de tre tidigare leveranserna från samma källa, där båda har minst "
            f"{ENOUGH} rader: ett sådant hopp är en kolumn som har fallit bort, inte vardagens luckor.",
            check=f"""
                WITH now AS (UNPIVOT (
                    SELECT organisation, delivery, of_source, count(*) AS rows, {counts}
                    FROM ({_newest(register)}) GROUP BY ALL
                ) ON {", ".join(columns)} INTO NAME field VALUE filled),
                earlier AS (UNPIVOT (
                    SELECT organisation, delivery, of_source, age, count(*) AS rows, {counts}
                    FROM previous.{register.name} GROUP BY ALL
                ) ON {", ".join(columns)} INTO NAME field VALUE filled),
                usual AS (
                    -- by source: one that never fills the column says nothing of another
                    SELECT organisation, of_source, field, max(1 - filled / rows) AS empty
                    FROM earlier WHERE rows >= {ENOUGH} GROUP BY ALL
                )
                SELECT now.organisation, now.delivery || ', kolumnen ' || {_headed(columns)} AS place
                FROM now
                JOIN usual
                    ON usual.organisation = now.organisation AND usual.field = now.field
                    AND usual.of_source IS NOT DISTINCT FROM now.of_source
                WHERE now.rows >= {ENOUGH} AND 1 - now.filled / now.rows > usual.empty + {EMPTIED}
            """,
        )


def _shifted(register: Register) -> Iterator[Expectation]:
    columns = {column.slug: column.name for column in register.columns if column.type == "enum"}
    if columns:
        listed = ", ".join(columns)
        counted = f"SELECT organisation, {listed}, count(*) AS rows"  # few lines, of which each column is then taken
        shares = """
            SELECT organisation, field, value,
                sum(rows) / sum(sum(rows)) OVER (PARTITION BY organisation, field) AS share,
                sum(sum(rows)) OVER (PARTITION BY organisation, field) AS rows
        """
        yield Expectation(
            name="fordelning_mot_vanligt",
            severity=WARNING,
            explanation="Värdena i en kolumn är fördelade på ett annat sätt än i de senaste leveranserna: mer än "
            f"{SHIFTED * 100:.0f} procent av raderna har bytt värde. Kontrollera att exporten är hel och att "
            "kodningen inte har ändrats.",
            reason=f"En så stor skillnad mot de tre tidigare leveranserna (total variation, minst {ENOUGH} rader) "
            "kommer av en ny kodning eller en halv export, sällan av verksamheten.",
            check=f"""
                WITH now AS (
                    {shares} FROM (UNPIVOT ({counted} FROM ({_newest(register)}) GROUP BY ALL)
                        ON {listed} INTO NAME field VALUE value)
                    GROUP BY organisation, field, value
                ),
                earlier AS (
                    {shares} FROM (UNPIVOT ({counted} FROM previous.{register.name} GROUP BY ALL)
                        ON {listed} INTO NAME field VALUE value)
                    GROUP BY organisation, field, value
                ),
                moved AS (
                    SELECT organisation, field,
                        sum(abs(coalesce(now.share, 0) - coalesce(earlier.share, 0))) / 2 AS moved,
                        min(now.rows) AS rows, min(earlier.rows) AS earlier_rows
                    FROM now FULL JOIN earlier USING (organisation, field, value) GROUP BY ALL
                )
                SELECT moved.organisation, 'kolumnen ' || {_headed(columns, "moved")} AS place
                FROM moved
                WHERE moved.rows >= {ENOUGH} AND moved.earlier_rows >= {ENOUGH} AND moved.moved > {SHIFTED}
            """,
        )


def _newest(register: Register) -> str:
    """The rows of each organisation's newest delivery in force of each source, and which that is (`of_source`)."""
    owner = f"'{CITY}' AS organisation, record.*" if register.level == "city" else "record.*"
    at_home = (
        f"source.organisation = '{CITY}'" if register.level == "city" else "source.organisation = record.organisation"
    )
    return f"""
        SELECT {owner}, source.source AS of_source FROM registers.{register.name} AS record
        JOIN delivered.{register.name} AS source
            ON source.age = 0 AND {at_home} AND {same_file("record", "source")}
    """


def _headed(columns: Mapping[str, str], alias: str = "now") -> str:
    """The heading of the column whose slug stands in `field`."""
    cases = " ".join(f"WHEN '{slug}' THEN '{name}'" for slug, name in columns.items())
    return f"CASE {alias}.field {cases} END"
