"""core.completions: one row per row of the completion export."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="lika_manga_som_registret",
        severity=CRITICAL,
        explanation="Tabellen har inte lika många rader som utbildningsregistret. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Varje rad är bevis för högst en genomförd utbildning, så en rad för mycket eller för lite ändrar "
        "UTB-01 till UTB-08.",
        check="""
            SELECT organisation
            FROM (SELECT organisation, count(*) AS rows FROM registers.utbildning GROUP BY ALL) AS source
            FULL JOIN (SELECT organisation, count(*) AS rows FROM core.completions GROUP BY ALL) AS made
                USING (organisation)
            WHERE source.rows IS DISTINCT FROM made.rows
        """,
    ),
]
