"""marts.indicator_items: one row per item in scope of an indicator; what every figure can be computed from again."""

from expectations.expectation import CRITICAL, WARNING, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="matt_har_utslag",
        severity=CRITICAL,
        explanation="Ett objekt är mätt utan utslag, eller har utslag utan att vara mätt. Felet är lägesbildens "
        "eget; anmäl det.",
        reason="Det som inte kan mätas är varken i ordning eller en brist.",
        check="""
            SELECT item.organisation, item.indicator AS place
            FROM marts.indicator_items AS item
            WHERE item.measured IS DISTINCT FROM (item.ok IS NOT NULL)
        """,
    ),
    Expectation(
        name="matt_har_nagot_att_mata",
        severity=CRITICAL,
        explanation="Ett objekt är mätt fast det inte finns något att mäta: dess helhet är noll, mindre "
        "än noll eller saknas. Är indikatorn er egen ska dess fråga utelämna objektet, eller lämna det omätt; "
        "annars är felet lägesbildens eget, anmäl det.",
        reason="En andel av ingenting är inget tal: siffran skulle sakna värde och ändå kunna visas som grön.",
        check="""
            SELECT item.organisation, item.indicator AS place
            FROM marts.indicator_items AS item
            JOIN catalogue.indicators AS indicator
                ON indicator.indicator = item.indicator AND indicator.kind = 'share'
            WHERE item.measured AND NOT coalesce(item.denominator > 0, false)
        """,
    ),
    Expectation(
        name="del_ryms_i_helhet",
        severity=CRITICAL,
        explanation="Ett objekts del är större än dess helhet. Felet är lägesbildens eget; anmäl det.",
        reason="En andel är högst 100 procent. Där mer än allt är uppfyllt (UTB-05, KLA-09) räknas bara så mycket "
        "som ryms.",
        check="""
            SELECT item.organisation, item.indicator AS place
            FROM marts.indicator_items AS item
            WHERE item.measured AND item.numerator > item.denominator
        """,
    ),
    Expectation(
        name="del_ar_inte_negativ",
        severity=WARNING,
        explanation="Ett objekts del är mindre än noll och drar ner siffran. Rätta antalet i källsystemet, eller "
        "indikatorns fråga så att den räknar det som noll.",
        reason="Ingen av produktens indikatorer räknar något under noll, så det är en egen indikator som låter en "
        "felskriven cell nå siffran.",
        check="""
            SELECT item.organisation, item.delivery, item.row
            FROM marts.indicator_items AS item
            WHERE item.measured AND item.numerator < 0
        """,
    ),
    Expectation(
        name="skyddad_ar_namnlos",
        severity=CRITICAL,
        explanation="En person med skyddade uppgifter går att peka ut. Felet är lägesbildens eget; anmäl det genast.",
        reason="Den som har skyddade personuppgifter får inte gå att peka ut, så ett sådant objekt har varken "
        "nyckel, benämning, enhet, fil eller rad.",
        check="""
            SELECT item.organisation, item.indicator AS place
            FROM marts.indicator_items AS item
            WHERE item.protected
                AND coalesce(
                    item.key, item.label, item.unit, item.delivery, item.reason, CAST(item.row AS VARCHAR)
                ) IS NOT NULL
        """,
    ),
    Expectation(
        name="kand_indikator",
        severity=CRITICAL,
        explanation="Ett objekt hör till en indikator som inte finns. Felet är lägesbildens eget; anmäl det.",
        reason="Varje objekt ska räknas i en siffra; hör det till en okänd indikator faller det bort.",
        check="""
            SELECT item.organisation, item.indicator AS place
            FROM marts.indicator_items AS item
            ANTI JOIN catalogue.indicators AS known ON known.indicator = item.indicator
        """,
    ),
]
