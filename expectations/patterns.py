"""Sentences that several suites say: of keys, of days that have happened, of the order of times, of floors.

Each gives one Expectation; what differs is named, and what is always so is written here once.
"""

from expectations.expectation import CRITICAL, INFO, WARNING, Expectation


def one_row_per(table: str, *columns: str) -> Expectation:
    """The table's grain. A row too many counts twice in every figure that stands on it."""
    place = ", min(each.delivery) AS delivery, min(each.row) AS row" if table.startswith("registers.") else ""
    owner = f"each.organisation{place}" if "organisation" in columns else f"count(*) AS rows{place}"
    return Expectation(
        name="en_rad_per_nyckel",
        severity=CRITICAL,
        explanation=f"Flera rader i {table} har samma nyckel ({', '.join(columns)}). Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Varje siffra räknar rader: en rad för mycket räknas två gånger.",
        check=f"""
            SELECT {owner}
            FROM {table} AS each
            GROUP BY {", ".join(f"each.{column}" for column in columns)}
            HAVING count(*) > 1
        """,
    )


def happened(register: str, column: str, heading: str, *, city: bool = False) -> Expectation:
    """A day on which something was done lies no later than the delivery that tells of it."""
    owner = "" if city else "each.organisation, "
    same = "" if city else "AND told.organisation = each.organisation"
    return Expectation(
        name=f"{_base(column)}_har_hant",
        severity=INFO,
        explanation=f"{heading} ligger efter den dag då leveransen kom. Rätta datumet, eller lämna det tomt tills "
        "det hänt.",
        reason="En export kan inte berätta om något som inte har hänt än; ett framtida datum är oftast fel år. "
        "Siffrorna räknar "
        "bara dagar till och med B, så i dag ändrar det ingenting: det visas.",
        check=f"""
            SELECT {owner}each.delivery, each.row
            FROM registers.{register} AS each
            JOIN (
                SELECT organisation, delivery, max(delivered) AS day
                FROM delivered.{register} WHERE in_force GROUP BY ALL
            ) AS told ON told.delivery = each.delivery {same}
            WHERE each.{column} > told.day
        """,
    )


def in_order(register: str, earlier: str, later: str, wrong: str, reason: str) -> Expectation:
    """The earlier time comes first. Of a time that is known to the day alone, `later` names the last moment that it
    can have been: it is wrong only where it is wrong at every moment."""
    return Expectation(
        name=f"{_base(earlier)}_fore_{_base(later)}",
        severity=WARNING,
        explanation=f"{wrong}. En av tiderna är fel; rätta den i källsystemet.",
        reason=reason,
        check=f"""
            SELECT each.organisation, each.delivery, each.row
            FROM registers.{register} AS each
            WHERE each.{earlier} > each.{later}
        """,
    )


def _base(column: str) -> str:
    return column.removesuffix("_last").removesuffix("_day")


def at_least(register: str, rows: int, reason: str) -> Expectation:
    """A floor: what is in force holds hardly the whole register when it has fewer rows."""
    return Expectation(
        name="minsta_antal_rader",
        severity=WARNING,
        explanation=f"Registret har färre än {rows} rader. Kontrollera att exporten är hel och leverera om.",
        reason=reason,
        check=f"""
            SELECT told.organisation, max(told.delivery) AS place
            FROM delivered.{register} AS told
            WHERE told.in_force
            GROUP BY told.organisation
            HAVING sum(told.loaded) < {rows}
        """,
    )


def wrong_rows(register: str, name: str, where: str, explanation: str, reason: str) -> Expectation:
    """Rows that contradict themselves. `where` is asked of `each`."""
    return Expectation(
        name=name,
        severity=WARNING,
        explanation=explanation,
        reason=reason,
        check=f"""
            SELECT each.organisation, each.delivery, each.row
            FROM registers.{register} AS each
            WHERE {where}
        """,
    )
