"""core.law_limits: one row per limit that a law sets, and time in force."""

from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.law_limits", "register", "step", "in_force_from"),
    Expectation(
        name="en_lag_i_taget",
        severity=CRITICAL,
        explanation="Två rader om samma steg gäller samma dag. Felet är lägesbildens eget; anmäl det.",
        reason="Varje steg prövas mot en tidsgräns; med två i kraft räknas rapporten två gånger.",
        check="""
            SELECT each.step AS place
            FROM core.law_limits AS each
            JOIN core.law_limits AS other ON other.register = each.register AND other.step = each.step
            WHERE other.in_force_from IS DISTINCT FROM each.in_force_from
                AND coalesce(other.in_force_from >= each.in_force_from, each.in_force_from IS NULL)
                AND coalesce(other.in_force_from <= each.in_force_to, true)
        """,
    ),
]
