"""core.employees: one row per person in personal."""

from expectations.expectation import CRITICAL, WARNING, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="lika_manga_som_registret",
        severity=CRITICAL,
        explanation="Tabellen har inte lika många personer som personalregistret. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Personerna är nämnaren i varje utbildningssiffra, så ingen får falla bort eller räknas två gånger.",
        check="""
            SELECT organisation
            FROM (SELECT organisation, count(*) AS rows FROM registers.personal GROUP BY ALL) AS source
            FULL JOIN (SELECT organisation, count(*) AS rows FROM core.employees GROUP BY ALL) AS made
                USING (organisation)
            WHERE source.rows IS DISTINCT FROM made.rows
        """,
    ),
    Expectation(
        name="nagon_ar_anstalld",
        severity=WARNING,
        explanation="Ingen är anställd på granskningens dag. Kontrollera Anställd från och Anställd till.",
        reason="Utan anställda blir utbildningarnas siffror ej tillämpliga, fast registret har personal.",
        check="""
            SELECT person.organisation, max(person.delivery) AS place
            FROM core.employees AS person
            GROUP BY person.organisation
            HAVING NOT bool_or(person.employed)
        """,
    ),
]
