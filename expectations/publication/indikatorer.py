"""indikatorer.csv, as it is about to be shown: every figure, of its own organisation, as it was computed."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="siffran_i_filen_ar_den_raknade",
        severity=CRITICAL,
        explanation="En siffra i filen är inte den som räknats, eller saknas. Felet är lägesbildens eget; anmäl det.",
        reason="Filen ska visa det som har räknats: täljare, nämnare, värde med decimalkomma, status och antalet "
        "ej mätta.",
        check="""
            SELECT coalesce(file.folder, figure.organisation) AS organisation,
                coalesce(file."Indikator", figure.indicator) AS place
            FROM publication.indikatorer AS file
            FULL JOIN (
                FROM marts.indicator_values AS figure
                SEMI JOIN (SELECT DISTINCT folder FROM publication.indikatorer) AS made
                    ON made.folder = figure.organisation
                WHERE figure.level != 'unit'
            ) AS figure
                ON figure.organisation = file.folder AND figure.indicator = file."Indikator"
            WHERE file."Täljare" IS DISTINCT FROM CAST(figure.numerator AS VARCHAR)
                OR file."Nämnare" IS DISTINCT FROM CAST(figure.denominator AS VARCHAR)
                OR CAST(replace(file."Värde", ',', '.') AS DECIMAL(18, 1)) IS DISTINCT FROM figure.value
                OR file."Status" IS DISTINCT FROM figure.state
                OR file."Ej mätta" IS DISTINCT FROM CAST(figure.not_measured AS VARCHAR)
        """,
    ),
    Expectation(
        name="bara_egna_rader",
        severity=CRITICAL,
        explanation="En rad står i en annan organisations mapp. Felet är lägesbildens eget; anmäl det.",
        reason="Det som står i en organisations mapp får inte synas i en annans.",
        check="""
            SELECT file.folder AS organisation, file."Indikator" AS place
            FROM publication.indikatorer AS file
            WHERE file.organisation IS DISTINCT FROM file.folder
        """,
    ),
]
