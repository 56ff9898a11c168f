"""What is wrong with deliveries as such: missing, late, refused. One alert per register, or per refused file."""

from collections.abc import Iterator
from pathlib import Path

from assets.registers.contract import CITY

MASKED = "[personnummer]"

MISSING = """
    SELECT
        organisation, 'leverans saknas' AS kind, 'varning' AS severity, register,
        'Ingen leverans av ' || register || ' har kommit.' AS text
    FROM marts.deliveries
    WHERE status = 'saknas'
"""

LATE = """
    SELECT
        newest.organisation, 'leverans sen' AS kind, 'varning' AS severity, newest.register,
        'Senaste leveransen av ' || newest.register || ' är från ' || newest.day || ', mer än ' || newest.days
            || ' dagar gammal.' AS text
    FROM (
        SELECT
            organisation, register, max(coalesce(confirmed, delivered)) AS day,
            coalesce($late_days[list_position($late_registers, register)], $usual_days) AS days
        FROM marts.deliveries
        WHERE status = 'i kraft'
        GROUP BY ALL
    ) AS newest
    CROSS JOIN core.review AS review
    WHERE newest.day < review.as_of - newest.days
"""

REFUSED = """
    SELECT
        organisation, 'leverans avvisad' AS kind, if(replaced, 'info', 'varning') AS severity, register,
        name || chr(31) || sha256 AS about,
        'Filen ' || name || ' avvisades: ' || reason || '. ' || CASE
            WHEN register IS NULL THEN 'Döp om den eller ta bort den ur inkorgen.'
            WHEN replaced THEN 'En senare leverans gäller; filen kan tas bort ur inkorgen.'
            WHEN holds THEN 'Den förra leveransen gäller fortfarande.'
            ELSE 'Ingen leverans av ' || register || ' gäller.'
        END AS text
    FROM (
        SELECT
            *,
            coalesce(position < max(if(status IN ('i kraft', 'ersatt', 'upprepad'), position, NULL)) OVER of_register,
                false) AS replaced,
            bool_or(status = 'i kraft') OVER of_register AS holds,
            position = max(position) OVER (PARTITION BY organisation, name) AS newest_of_its_name,
            contains(name, $masked) OR list_contains($waiting, organisation || '/' || name) AS waits
        FROM marts.deliveries
        WINDOW of_register AS (PARTITION BY organisation, register)
    )
    WHERE
        status IN ('avvisad', 'okänd')
        AND newest_of_its_name
        AND (waits OR (register IS NOT NULL AND NOT replaced))
"""
"""A refused delivery is over when a later one of its register was accepted and the file is gone from the inbox;
a file that fits no register when it is gone. Receipts alone would keep both forever."""


def waiting_files(inbox: Path) -> list[str]:
    """What lies in the inbox, as `organisation/name`; what lies in no organisation's folder is the city's.

    A name that was masked can't be looked up here, so such a file always counts as waiting.
    """
    return sorted(name for path in inbox.glob("*") for name in _names(path))


def _names(path: Path) -> Iterator[str]:
    if path.is_file():
        yield f"{CITY}/{path.name}"
        return
    for file in path.glob("*"):
        yield f"{path.name}/{file.name}"
        yield f"{CITY}/{path.name}/{file.name}"
