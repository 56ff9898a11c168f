"""bristlistor/<indicator>.csv, as they are about to be shown: as many rows as the figure has items not in order."""

from assets.registers.contract import CITY
from expectations.expectation import CRITICAL, Expectation
from expectations.patterns import same_file

OF_PERSONS = "'personal', 'fortroendevalda', 'utbildning'"
"""The registers whose rows are about a person: an object that stands on one of them is a person's id."""

SUITE: list[Expectation] = [
    Expectation(
        name="listan_ar_siffrans_brister",
        severity=CRITICAL,
        explanation="En bristlista har inte lika många rader som siffran har brister. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Listan ska ha varje objekt som siffran räknar som brist; personer med skyddade uppgifter står där "
        "som ett antal.",
        check="""
            SELECT coalesce(items.organisation, lists.folder) AS organisation,
                coalesce(items.indicator, lists.file) AS place
            FROM (
                SELECT item.organisation, item.indicator, count_if(item.measured AND NOT item.ok) AS not_ok
                FROM marts.indicator_items AS item
                JOIN catalogue.indicators AS indicator ON indicator.indicator = item.indicator AND indicator.gap_list
                SEMI JOIN publication.indikatorer AS made ON made.folder = item.organisation
                GROUP BY ALL
            ) AS items
            FULL JOIN (
                SELECT list.folder, list.file,
                    sum(if(list."Objekt" = 'ej visade', CAST(list."Benämning" AS BIGINT), 1)) AS listed
                FROM publication.bristlistor AS list GROUP BY ALL
            ) AS lists ON lists.folder = items.organisation AND lists.file = items.indicator
            WHERE coalesce(items.not_ok, 0) != coalesce(lists.listed, 0)
        """,
    ),
    Expectation(
        name="bara_egna_rader",
        severity=CRITICAL,
        explanation="En rad står i en annan organisations mapp, eller i en annan indikators lista. Felet är "
        "lägesbildens eget.",
        reason="Det som står i en organisations mapp får inte synas i en annans.",
        check="""
            SELECT list.folder AS organisation, list.file AS place
            FROM publication.bristlistor AS list
            WHERE list.organisation IS DISTINCT FROM list.folder OR list."Indikator" IS DISTINCT FROM list.file
        """,
    ),
    Expectation(
        name="ingen_skyddad_person",
        severity=CRITICAL,
        explanation="En person med skyddade uppgifter står i en lista. Felet är lägesbildens eget; anmäl det genast.",
        reason="Den som har skyddade personuppgifter får inte stå i någon lista med sitt id.",
        # no item is asked whether it is about a protected person: a list shows one where just that is lost. But a
        # system may bear a person's number, so what stands in the file of another register is none
        check=f"""
            SELECT named.folder AS organisation, named.file AS place
            FROM (
                SELECT list.folder, list.file, split_part(list."Objekt", ' / ', 1) AS id, list."Källfil" AS delivery
                FROM publication.bristlistor AS list
            ) AS named
            JOIN core.protected_persons AS protected
                ON protected.organisation = named.folder AND protected.anstallnings_id = named.id
            LEFT JOIN (SELECT organisation, register, name AS delivery FROM intake.deliveries) AS source
                ON source.organisation IN (named.folder, '{CITY}') AND {same_file("named", "source")}
            GROUP BY named.folder, named.file, named.id
            HAVING coalesce(bool_or(source.register IN ({OF_PERSONS})), true)
        """,
    ),
]
