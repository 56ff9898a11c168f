"""core.employees: one row per person in personal."""

from expectations.expectation import CRITICAL, WARNING, Expectation
from expectations.patterns import one_row_per

SUITE: list[Expectation] = [
    one_row_per("core.employees", "organisation", "anstallnings_id"),
    Expectation(
        name="lika_manga_som_registret",
        severity=CRITICAL,
        explanation="Tabellen har inte lika många personer som personalregistret. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Personerna är nämnaren i varje utbildningssiffra.",
        check="""
            SELECT organisation
            FROM (SELECT organisation, count(*) AS rows FROM registers.personal GROUP BY ALL) AS told
            FULL JOIN (SELECT organisation, count(*) AS rows FROM core.employees GROUP BY ALL) AS made
                USING (organisation)
            WHERE told.rows IS DISTINCT FROM made.rows
        """,
    ),
    Expectation(
        name="nagon_ar_anstalld",
        severity=WARNING,
        explanation="Ingen är anställd på granskningens dag. Kontrollera Anställd från och Anställd till.",
        reason="Utbildningarnas siffror blir då ej tillämpliga, fast det finns personal.",
        check="""
            SELECT person.organisation, max(person.delivery) AS place
            FROM core.employees AS person
            GROUP BY person.organisation
            HAVING NOT bool_or(person.employed)
        """,
    ),
]
