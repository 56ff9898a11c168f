"""core.adequacy: one row per adequacy decision, and time in force."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="en_lag_i_taget",
        severity=CRITICAL,
        explanation="Två perioder för samma beslut gäller samma dag. Felet är lägesbildens eget; anmäl det.",
        reason="REG-05 prövar varje överföring mot en period, och skälet nämner den.",
        check="""
            SELECT held.name AS place
            FROM core.adequacy AS held
            JOIN core.adequacy AS other ON other.name = held.name
            WHERE other.in_force_from > held.in_force_from
                AND coalesce(other.in_force_from <= held.in_force_to, true)
        """,
    ),
]
