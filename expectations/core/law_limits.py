"""core.law_limits: one row per limit that a law sets, and time in force."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="en_lag_i_taget",
        severity=CRITICAL,
        explanation="Två rader om samma steg gäller samma dag. Felet är lägesbildens eget; anmäl det.",
        reason="Varje steg prövas mot en tidsgräns; med två i kraft räknas rapporten två gånger.",
        check="""
            SELECT held.step AS place
            FROM core.law_limits AS held
            JOIN core.law_limits AS other ON other.register = held.register AND other.step = held.step
            WHERE other.in_force_from IS DISTINCT FROM held.in_force_from
                AND coalesce(other.in_force_from >= held.in_force_from, held.in_force_from IS NULL)
                AND coalesce(other.in_force_from <= held.in_force_to, true)
        """,
    ),
]
