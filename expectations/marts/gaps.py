"""marts.gaps: what is not in order, item by item; no figure may disagree with its list."""

from expectations.expectation import CRITICAL, Expectation

SUITE: list[Expectation] = [
    Expectation(
        name="listan_ar_siffrans_brister",
        severity=CRITICAL,
        explanation="En bristlista har inte lika många rader som siffran har brister. Felet är lägesbildens eget; "
        "anmäl det.",
        reason="Listan ska ha varje objekt som siffran räknar som brist; personer med skyddade uppgifter står där "
        "som ett antal.",
        check="""
            SELECT coalesce(items.organisation, lists.organisation) AS organisation,
                coalesce(items.indicator, lists.indicator) AS place
            FROM (
                SELECT item.organisation, item.indicator, count_if(item.measured AND NOT item.ok) AS not_ok
                FROM marts.indicator_items AS item
                JOIN catalogue.indicators AS indicator ON indicator.indicator = item.indicator AND indicator.gap_list
                GROUP BY ALL
            ) AS items
            FULL JOIN (
                SELECT gap.organisation, gap.indicator,
                    sum(if(gap.id IS NULL, CAST(gap.label AS BIGINT), 1)) AS listed
                FROM marts.gaps AS gap WHERE gap.list = 'brist' GROUP BY ALL
            ) AS lists ON lists.organisation = items.organisation AND lists.indicator = items.indicator
            WHERE coalesce(items.not_ok, 0) != coalesce(lists.listed, 0)
        """,
    ),
    Expectation(
        name="ett_id_per_brist",
        severity=CRITICAL,
        explanation="Två brister har samma Brist-id. Felet är lägesbildens eget; anmäl det.",
        reason="En brist följs från natt till natt genom sitt id, så två brister med samma id blandas ihop.",
        check="""
            SELECT gap.organisation, gap.indicator AS place
            FROM marts.gaps AS gap
            WHERE gap.id IS NOT NULL
            QUALIFY count(*) OVER (PARTITION BY gap.id) > 1
        """,
    ),
]
