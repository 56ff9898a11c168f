"""leveranser.csv, as it is about to be shown: every file seen, and row counts that add up."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="alla_leveranser_visas",
        severity=CRITICAL,
        explanation="En leverans saknas i filen. Felet är lägesbildens eget; anmäl det.",
        reason="Varje fil som har setts ska visas, vad det än blev av den.",
        check="""
            SELECT seen.organisation
            FROM (
                SELECT delivery.organisation, count(*) AS files FROM marts.deliveries AS delivery
                SEMI JOIN publication.indikatorer AS made ON made.folder = delivery.organisation
                GROUP BY ALL
            ) AS seen
            LEFT JOIN (SELECT folder, count(*) AS files FROM publication.leveranser GROUP BY ALL) AS shown
                ON shown.folder = seen.organisation
            WHERE seen.files IS DISTINCT FROM shown.files
        """,
    ),
    Expectation(
        name="radsumman_stammer",
        severity=CRITICAL,
        explanation="Rader lästa är inte inlästa + karantän + dubbletter. Felet är lägesbildens eget; anmäl det.",
        reason="Varje läst rad är inläst, i karantän eller en dubblett: ingen rad får försvinna.",
        check="""
            SELECT file.folder AS organisation, file."Källfil" AS place
            FROM publication.leveranser AS file
            WHERE file."Status" IN ('i kraft', 'ersatt')
                AND CAST(file."Rader lästa" AS BIGINT) IS DISTINCT FROM CAST(file."Rader inlästa" AS BIGINT)
                    + CAST(file."Rader i karantän" AS BIGINT) + CAST(file."Dubbletter" AS BIGINT)
        """,
    ),
]
