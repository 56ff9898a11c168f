"""Sentences that several suites say: of keys, of cells, of ranges, of the order of times, of floors.

Each gives one Expectation; what differs is named, and what is always so is written here once.
"""

from collections.abc import Collection, Sequence

from expectations.expectation import CRITICAL, INFO, WARNING, Expectation, Native, Severity

OWN_FAULT = "Felet är lägesbildens eget; anmäl det."
"""How an explanation ends where no delivery can mend what is wrong."""


_FIRST_PLACE = """, min(record.delivery) AS delivery,
    arg_min(record.row, (record.delivery, record.row)) AS row"""
"""Of several rows the first one's file and row: two columns of one place."""


def grain(table: str, columns: Sequence[str], nullable: Collection[str] = ()) -> Expectation:
    """The table's grain: one row for each combination of `columns`. Rows that lack one of them are left out; in those
    that are `nullable` two empty cells are equal.

    Of one column it is Great Expectations' own. Of several it is asked in SQL: Great Expectations would join the
    counts to every row of the table again, six times the work, and more than a small machine holds of 100 million
    rows.
    """
    landed = _FIRST_PLACE if table.startswith("registers.") else ""
    found = f"record.organisation{landed}" if "organisation" in columns else f"count(*) AS rows{landed}"
    filled = " AND ".join(f"record.{column} IS NOT NULL" for column in columns if column not in nullable)
    key = ", ".join(f"record.{column}" for column in columns)
    rows = f"""
        SELECT {found}
        FROM {table} AS record
        -- few keys share a hash with another: only those are compared
        SEMI JOIN (SELECT hash({key}) AS hash FROM {table} AS record GROUP BY ALL HAVING count(*) > 1) AS twice
            ON twice.hash = hash({key})
        {f"WHERE {filled}" if filled else ""}
        GROUP BY {key}
        HAVING count(*) > 1
    """
    is_native = len(columns) == 1 and not nullable
    return Expectation(
        name="en_rad_per_nyckel",
        severity=CRITICAL,
        explanation=f"Flera rader i {table} har samma nyckel ({', '.join(columns)}). {OWN_FAULT}",
        reason="Siffrorna räknar rader, så en rad som finns två gånger räknas två gånger.",
        check=Native("ExpectColumnValuesToBeUnique", {"column": columns[0]}, rows=rows) if is_native else rows,
    )


def not_null(table: str, column: str, heading: str, reason: str) -> Expectation:
    """No empty cell in a column that can't be empty once intake has quarantined what lacks it."""
    return Expectation(
        name=f"{column}_ifyllt",
        severity=CRITICAL,
        explanation=f"{heading} är tomt i en rad av {table}. {OWN_FAULT}",
        reason=reason,
        check=Native("ExpectColumnValuesToNotBeNull", {"column": column}),
    )


def in_set(table: str, column: str, heading: str, values: Sequence[str], reason: str) -> Expectation:
    """No value but those that are listed; an empty cell is none."""
    return Expectation(
        name=f"{column}_i_listan",
        severity=CRITICAL,
        explanation=f"{heading} har i {table} ett värde som inte finns i listan över tillåtna. {OWN_FAULT}",
        reason=reason,
        check=Native("ExpectColumnValuesToBeInSet", {"column": column, "value_set": list(values)}),
    )


def of_form(table: str, column: str, heading: str, regex: str, reason: str) -> Expectation:
    """No value but those that a regular expression fits; an empty cell is none."""
    return Expectation(
        name=f"{column}_enligt_monster",
        severity=CRITICAL,
        explanation=f"{heading} har i {table} ett värde utan den form som kontraktet kräver. {OWN_FAULT}",
        reason=reason,
        check=Native("ExpectColumnValuesToMatchRegex", {"column": column, "regex": regex}),
    )


def between(
    column: str,
    least: object,
    most: object,
    explanation: str,
    reason: str,
    severity: Severity = WARNING,
) -> Expectation:
    """A number or a day lies within limits, both included; None is no limit, and an empty cell is within any."""
    return Expectation(
        name=f"{column.removesuffix('_day')}_rimligt",
        severity=severity,
        explanation=explanation,
        reason=reason,
        check=Native("ExpectColumnValuesToBeBetween", {"column": column, "min_value": least, "max_value": most}),
    )


def year(least: int, most: int, reason: str) -> Expectation:
    """The column År holds a year."""
    return between("ar", least, most, "År är inget årtal. Skriv fyra siffror.", reason)


def ordered(
    earlier: str, later: str, name: str, explanation: str, reason: str, severity: Severity = WARNING
) -> Expectation:
    """The earlier column is never greater than the later; a row that lacks either is not asked."""
    return Expectation(
        name=name,
        severity=severity,
        explanation=explanation,
        reason=reason,
        check=Native(
            "ExpectColumnPairValuesAToBeGreaterThanB",
            {"column_A": later, "column_B": earlier, "or_equal": True, "ignore_row_if": "either_value_is_missing"},
        ),
    )


def in_order(earlier: str, later: str, wrong: str, reason: str) -> Expectation:
    """The earlier time comes first. Of a time that is known to the day alone, `later` names the last moment that it
    can have been: it is wrong only where it is wrong at every moment."""
    name = f"{_base(earlier)}_fore_{_base(later)}"
    return ordered(earlier, later, name, f"{wrong}. En av tiderna är fel; rätta den i källsystemet.", reason)


def _base(column: str) -> str:
    return column.removesuffix("_last").removesuffix("_day")


def at_least(register: str, rows: int, reason: str) -> Expectation:
    """A floor for a register of the present state: a delivery in force with fewer rows is hardly the register."""
    return Expectation(
        name="minsta_antal_rader",
        severity=WARNING,
        explanation=f"Registret har färre än {rows} rader. Kontrollera att exporten är hel och leverera om.",
        reason=reason,
        check=Native(
            "ExpectColumnValuesToBeBetween", {"column": "loaded", "min_value": rows}, table=f"in_force.{register}"
        ),
    )


def same_file(record: str, source: str) -> str:
    """SQL for whether a record stands in a delivery's file, under its name or on one of its sheets (`bok.xlsx/2026`).
    To be asked of few records, for it is compared with every delivery."""
    name = f"{source}.delivery"
    return f"({record}.delivery = {name} OR starts_with({record}.delivery, {name} || '/'))"


def happened(register: str, column: str, heading: str, *, city: bool = False) -> Expectation:
    """A day on which something was done lies no later than the delivery that holds it."""
    owner = "" if city else "record.organisation, "
    same = "" if city else "AND source.organisation = record.organisation"
    return Expectation(
        name=f"{_base(column)}_har_hant",
        severity=INFO,
        explanation=f"{heading} ligger efter den dag då leveransen kom. Rätta datumet, eller lämna det tomt tills "
        "det har hänt.",
        reason="En export kan inte veta vad som händer senare, så ett framtida datum är oftast fel år. Siffrorna "
        "räknar bara dagar till och med granskningens dag och påverkas inte; därför visas det bara här.",
        check=f"""
            SELECT {owner}record.delivery, record.row
            FROM registers.{register} AS record
            JOIN (
                SELECT source.organisation, file.delivery, max(source.delivered) AS day
                FROM (SELECT DISTINCT {owner}record.delivery FROM registers.{register} AS record) AS file
                JOIN in_force.{register} AS source ON {same_file("file", "source")} {same.replace("record", "file")}
                GROUP BY ALL
            ) AS source ON source.delivery = record.delivery {same}
            WHERE record.{column} > source.day
        """,
    )


def wrong_rows(register: str, name: str, where: str, explanation: str, reason: str) -> Expectation:
    """Rows that contradict themselves. `where` is asked of `record`."""
    return Expectation(
        name=name,
        severity=WARNING,
        explanation=explanation,
        reason=reason,
        check=f"""
            SELECT record.organisation, record.delivery, record.row
            FROM registers.{register} AS record
            WHERE {where}
        """,
    )
