"""core.incident_deadlines: one row per incident and report that the law asks for, held against its limit."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="grans_och_utslag",
        severity=CRITICAL,
        explanation="En tidsgräns slutar innan den börjar. Felet är lägesbildens eget; anmäl det.",
        reason="Incidentens rapporter prövas mot den tidigaste och den senaste tid som gränsen kan ha (INC-03, "
        "GDPR artikel 33.1; INC-07, cybersäkerhetslagen 2 kap. 5–8 §§). Är de omkastade blir svaret fel.",
        check="""
            SELECT record.organisation, record.delivery, record.row
            FROM core.incident_deadlines AS record
            WHERE record.limit_first > record.limit_last
        """,
    ),
]
