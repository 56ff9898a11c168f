"""registers.personal: the HR extract, the denominator of every training figure."""

from expectations.expectation import WARNING, Expectation
from expectations.patterns import at_least, happened, ordered, wrong_rows

SUITE: list[Expectation] = [
    at_least("personal", 1, "Varje organisation har anställda, så en leverans utan rader är en tom export."),
    Expectation(
        name="tom_fast_andra_pekar_hit",
        severity=WARNING,
        explanation="Personalregistret är tomt fast det finns genomförda utbildningar. Leverera personalregistret "
        "på nytt.",
        reason="En leverans utan rader gäller också, och utan personal blir utbildningarnas siffror ej tillämpliga "
        "i stället för röda. Gränsen är tio genomförda utbildningar, så att en nystartad organisation inte varnas "
        "i onödan.",
        check="""
            SELECT source.organisation, max(source.delivery) AS place
            FROM delivered.personal AS source
            -- counted by themselves: an organisation may have several deliveries in force, of several sources
            SEMI JOIN (
                SELECT completion.organisation FROM registers.utbildning AS completion GROUP BY ALL
                HAVING count(*) >= 10
            ) AS trained ON trained.organisation = source.organisation
            ANTI JOIN registers.personal AS person ON person.organisation = source.organisation
            WHERE source.in_force
            GROUP BY source.organisation
        """,
    ),
    Expectation(
        name="en_chef_per_enhet",
        severity=WARNING,
        explanation="Enheten har ingen chef, eller flera i tjänst. Rätta Roll, Enhet eller Frånvaro.",
        reason="Varje enhet med personal ska ha en chef som svarar för dess brister. En frånvarande chef får ha en "
        "ersättare, och där ledningen sitter behövs ingen. Platsen är enhetens rad.",
        check="""
            SELECT unit.organisation, unit.delivery || ' rad ' || unit.row AS place
            FROM core.active_units AS unit
            JOIN core.employees AS person
                ON person.organisation = unit.organisation AND person.enhet = unit.enhet AND person.employed
            JOIN registers.personal AS extract
                ON extract.organisation = person.organisation AND extract.anstallnings_id = person.anstallnings_id
            GROUP BY unit.organisation, unit.delivery, unit.row
            HAVING NOT bool_or(person.manager) OR count_if(person.roll = 'Chef' AND extract.franvaro IS NULL) > 1
        """,
    ),
    wrong_rows(
        "personal",
        "samma_person_en_gang",
        "record.personnummer_shared",
        "Samma personnummer står på flera anställnings-id. Slå ihop dem, eller avsluta det som inte längre gäller.",
        "Personen räknas flera gånger i nämnaren, och utbildningen syns bara på det ena id:t.",
    ),
    happened("personal", "chef_fran", "Chef från"),
    ordered(
        "anstalld_fran",
        "anstalld_till",
        "anstalld_fran_fore_till",
        "Anställningen slutar innan den börjar. Rätta Anställd från eller Anställd till.",
        "Personen är då aldrig anställd och faller ur varje nämnare.",
    ),
    ordered(
        "chef_fran",
        "anstalld_till",
        "chef_fran_under_anstallningen",
        "Personen blir chef efter att anställningen slutat. Rätta Chef från eller Anställd till.",
        "Chef från avgör vem som räknas som ny chef i UTB-06, så en omöjlig dag ger fel urval.",
    ),
    wrong_rows(
        "personal",
        "chef_har_dag",
        "record.roll = 'Chef' AND record.chef_fran IS NULL",
        "Chefen saknar Chef från. Fyll i den dag då personen blev chef.",
        "UTB-06 gäller dem som har varit chefer i 60–365 dagar; utan dagen räknas en ny chef aldrig.",
    ),
]
