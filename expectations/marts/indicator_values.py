"""marts.indicator_values: one row per indicator and place; each figure is what its items sum to."""

from expectations.expectation import CRITICAL, WARNING, Expectation

JUMP = 20
OVERNIGHT = 7
LAW_DAYS = "DATE '2023-07-10', DATE '2026-01-15'"
"""Days on which what the law asks changed: EU-US DPF (REG-05) and cybersäkerhetslagen (INC-07, UTB-08)."""

_SUMS = """
    SELECT item.organisation, {unit}item.indicator,
        sum(item.numerator) FILTER (item.measured) AS numerator, sum(item.denominator) FILTER (item.measured)
        AS denominator,
        count_if(item.measured) AS measured, count_if(item.measured AND NOT item.ok) AS not_ok
    FROM marts.indicator_items AS item GROUP BY ALL
"""

_DISAGREES = """
    figure.numerator IS NOT NULL AND (
        figure.numerator IS DISTINCT FROM CASE indicator.kind
            WHEN 'share' THEN items.numerator WHEN 'count' THEN coalesce(items.measured, 0) ELSE
                coalesce(items.not_ok, 0)
        END
        OR (indicator.kind = 'share' AND figure.denominator IS DISTINCT FROM items.denominator)
    )
"""

SUITE: list[Expectation] = [
    Expectation(
        name="alla_indikatorer_finns",
        severity=CRITICAL,
        explanation="En indikator saknar siffra, också ej mätbar. Felet är lägesbildens eget; anmäl det.",
        reason="Ej mätbar är också ett värde: ingen indikator får falla bort utan att det syns.",
        check="""
            SELECT everybody.organisation, indicator.indicator AS place
            FROM (SELECT organisation FROM intake.organisations UNION ALL SELECT 'staden') AS everybody
            CROSS JOIN catalogue.indicators AS indicator
            ANTI JOIN marts.indicator_values AS figure
                ON figure.organisation = everybody.organisation
                AND figure.indicator = indicator.indicator
                AND figure.level != 'unit'
        """,
    ),
    Expectation(
        name="siffran_ar_objektens_summa",
        severity=CRITICAL,
        explanation="En siffra är inte summan av sina objekt. Felet är lägesbildens eget; anmäl det.",
        reason="Täljare och nämnare är summan av objektens och inget annat, så att varje siffra går att räkna om.",
        check=f"""
            SELECT figure.organisation, figure.indicator AS place
            FROM marts.indicator_values AS figure
            JOIN catalogue.indicators AS indicator ON indicator.indicator = figure.indicator
            LEFT JOIN ({_SUMS.format(unit="")}) AS items
                ON items.organisation = figure.organisation AND items.indicator = figure.indicator
            WHERE figure.level = 'organisation' AND {_DISAGREES}
        """,
    ),
    Expectation(
        name="enhetens_siffra_ar_objektens_summa",
        severity=CRITICAL,
        explanation="En enhets siffra är inte summan av sina objekt. Felet är lägesbildens eget; anmäl det.",
        reason="Enhetens siffra är summan av enhetens objekt. Objekt utan enhet och skyddade personers objekt "
        "räknas bara för organisationen.",
        check=f"""
            SELECT figure.organisation, figure.indicator AS place
            FROM marts.indicator_values AS figure
            JOIN catalogue.indicators AS indicator ON indicator.indicator = figure.indicator
            LEFT JOIN ({_SUMS.format(unit="item.unit, ")}) AS items
                ON items.organisation = figure.organisation AND items.unit = figure.unit
                AND items.indicator = figure.indicator
            WHERE figure.level = 'unit' AND {_DISAGREES}
        """,
    ),
    Expectation(
        name="staden_ar_organisationernas_summa",
        severity=CRITICAL,
        explanation="Stadens siffra är inte summan av organisationernas. Felet är lägesbildens eget; anmäl det.",
        reason="Stadens andel är organisationernas täljare genom deras nämnare, aldrig ett medelvärde av procenttal.",
        check="""
            SELECT city.organisation, city.indicator AS place
            FROM marts.indicator_values AS city
            LEFT JOIN (
                SELECT figure.indicator, sum(figure.numerator) AS numerator, sum(figure.denominator) AS denominator
                FROM marts.indicator_values AS figure
                ANTI JOIN validation.blocked AS blocked ON blocked.organisation = figure.organisation
                WHERE figure.level = 'organisation' GROUP BY ALL
            ) AS sums ON sums.indicator = city.indicator
            WHERE city.level = 'city' AND city.numerator IS NOT NULL
                AND (city.numerator != coalesce(sums.numerator, 0)
                    OR city.denominator IS DISTINCT FROM sums.denominator)
        """,
    ),
    Expectation(
        name="ej_matbar_har_inget_varde",
        severity=CRITICAL,
        explanation="En siffra som inte går att mäta har ändå ett värde, eller tvärtom. Felet är lägesbildens "
        "eget; anmäl det.",
        reason="En leverans som saknas får aldrig bli 0 eller 100 procent.",
        check="""
            SELECT figure.organisation, figure.indicator AS place
            FROM marts.indicator_values AS figure
            WHERE (figure.state IN ('ej mätbar', 'ej tillämplig', 'mäts inte här', 'mäts inte ännu'))
                IS DISTINCT FROM (figure.numerator IS NULL)
                OR (figure.numerator IS NULL) IS DISTINCT FROM (figure.value IS NULL)
        """,
    ),
    Expectation(
        name="hopp_over_natten",
        severity=WARNING,
        explanation=f"En andel har ändrats mer än {JUMP} procentenheter sedan den senaste körningen. Se efter i "
        "bristlistan och leveranserna om det är verksamheten eller en export som ändrats.",
        reason="En så stor ändring på en natt beror oftast på en leverans. Årsskiften, nya krav och ändrad lag är "
        "undantagna, eftersom siffran då väntas ändras. Undantagna är också hopp som ett enda objekt räcker till "
        f"och jämförelser som är äldre än {OVERNIGHT} dagar.",
        check=f"""
            SELECT figure.organisation, figure.indicator AS place
            FROM marts.indicator_values AS figure
            CROSS JOIN core.review AS review
            JOIN catalogue.indicators AS indicator
                ON indicator.indicator = figure.indicator AND indicator.kind = 'share'
            JOIN history.figures AS earlier
                ON earlier.indicator = figure.indicator
                AND earlier.organisation = figure.organisation
                AND earlier.unit IS NULL
            WHERE figure.level != 'unit'
                AND abs(figure.value - earlier.value) > {JUMP}
                AND abs(figure.value - earlier.value) > 100.1 / least(figure.denominator, earlier.denominator)
                AND earlier.as_of >= review.as_of - {OVERNIGHT}
                AND earlier.as_of >= review.year_start
                AND coalesce(indicator.first_day <= earlier.as_of, true)
                AND NOT (indicator.law AND list_bool_or(
                    list_transform([{LAW_DAYS}], lambda day: day > earlier.as_of AND day <= review.as_of)
                ))
                AND NOT EXISTS (
                    FROM catalogue.sources AS source
                    WHERE source.indicator = figure.indicator AND source.register = 'utbildningskrav' AND EXISTS (
                        FROM registers.utbildningskrav AS requirement
                        WHERE requirement.slapps BETWEEN earlier.as_of - 29 AND review.as_of
                            OR requirement.galler_till BETWEEN earlier.as_of AND review.as_of
                    )
                )
        """,
    ),
]
