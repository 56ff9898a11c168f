"""registers.utbildning: the training portal's completions, millions of rows in a city."""

from expectations.expectation import WARNING, Expectation
from expectations.patterns import between, happened

SUITE: list[Expectation] = [
    happened("utbildning", "genomford_day", "Genomförd"),
    between(
        "avsnitt",
        None,
        99,
        "Avsnitt är inget avsnittsnummer. Skriv numret, eller 0 för hela kursen.",
        "En kurs har åtta avsnitt (källdokumentet 3.1). Ett tal över 99 kommer av en förskjuten kolumn.",
    ),
    Expectation(
        name="personen_finns_i_personal",
        severity=WARNING,
        explanation="Mer än hälften av raderna gäller anställnings-id som inte finns i personalregistret. "
        "Kontrollera att båda registren har samma slags id och att personalregistret är helt.",
        reason="De som har slutat ska finnas kvar i personalregistret i två år, så enstaka okända id är vardag. Är "
        "hälften okända hör registrens id inte ihop, och varje utbildningssiffra blir för låg.",
        check="""
            SELECT of_person.organisation, max(source.delivery) AS place
            FROM (
                SELECT completion.organisation, completion.anstallnings_id, count(*) AS rows
                FROM registers.utbildning AS completion GROUP BY ALL
            ) AS of_person
            JOIN delivered.utbildning AS source ON source.organisation = of_person.organisation AND source.age = 0
            SEMI JOIN delivered.personal AS landed ON landed.organisation = of_person.organisation AND landed.in_force
            LEFT JOIN registers.personal AS person
                ON person.organisation = of_person.organisation AND person.anstallnings_id = of_person.anstallnings_id
            GROUP BY of_person.organisation
            HAVING sum(of_person.rows) FILTER (person.anstallnings_id IS NULL) > 0.5 * sum(of_person.rows)
        """,
    ),
]
