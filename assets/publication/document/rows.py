"""The rows of registers that may enter the document, read through a list of allowed columns.

The document becomes public, so what isn't named here can't get in: no unit, person, id, system or file name. A row is
known by its number in the delivery (`row`). Of a recommendation that is secret, or isn't known to be open, not a word
is read: only how many they are.
"""

from dataclasses import dataclass, fields

import duckdb
import polars as pl

from assets.registers.contract import CITY

_EVENTS = """
    SELECT event.row, event.datum, event.omrade, event.handelse, event.paverkan
    FROM registers.omvarldsbevakning AS event
    CROSS JOIN core.review AS review
    WHERE event.datum <= review.as_of
    ORDER BY event.datum DESC, event.row
"""

_ACTIVITIES = """
    SELECT
        activity.organisation, activity.row, activity.ar, activity.omrade, activity.aktivitet,
        CASE WHEN activity.ansvarig_funktion_filled THEN activity.ansvarig_funktion END AS ansvarig_funktion,
        activity.klar_senast, activity.status,
        coalesce(planned.done, false) AS done
    FROM registers.handlingsplan AS activity
    CROSS JOIN core.review AS review
    LEFT JOIN core.plan_activities AS planned
        ON planned.organisation = activity.organisation AND planned.aktivitets_id = activity.aktivitets_id
    WHERE activity.ar BETWEEN review.year AND review.year + 3
    ORDER BY activity.ar, activity.row
"""

_CHECKS = """
    SELECT
        checked.organisation, checked.kontroll, count(*) AS planned,
        count(*) FILTER (checked.utford <= review.as_of) AS done,
        count(*) FILTER (checked.utford <= review.as_of AND checked.resultat = 'Godkänd') AS passed,
        count(*) FILTER (checked.utford <= review.as_of AND checked.resultat = 'Avvikelse') AS failed,
        min(checked.row) AS row
    FROM registers.internkontroll AS checked
    CROSS JOIN core.review AS review
    WHERE checked.ar = review.year
    GROUP BY checked.organisation, checked.kontroll
    ORDER BY min(checked.row)
"""

_RECOMMENDATIONS = """
    SELECT
        recommended.organisation, recommended.row, recommended.granskning, recommended.ar,
        recommended.rekommendation, recommended.status
    FROM registers.revision AS recommended
    CROSS JOIN core.review AS review
    WHERE recommended.ar <= review.year AND recommended.sekretess IS NOT DISTINCT FROM false
    ORDER BY recommended.ar DESC, recommended.row
"""

_WITHHELD = """
    SELECT recommended.organisation, count(*) AS number
    FROM registers.revision AS recommended
    CROSS JOIN core.review AS review
    WHERE recommended.ar <= review.year AND recommended.sekretess IS DISTINCT FROM false
    GROUP BY recommended.organisation
"""

_ASSESSMENTS = """
    SELECT assessed.organisation, assessed.row, assessed.indikator, assessed.ar, assessed.bedomning
    FROM registers.vor_indikatorer AS assessed
    CROSS JOIN core.review AS review
    WHERE assessed.ar = review.year
    ORDER BY assessed.row
"""

_DOCUMENTS = """
    SELECT
        document.organisation, document.row, document.typ, document.beslutad, document.senast_oversedd,
        document.reviewed > review.months_12_ago AS is_current
    FROM core.decided_documents AS document
    CROSS JOIN core.review AS review
    ORDER BY is_current DESC, document.beslutad DESC, document.row
"""


@dataclass(frozen=True)
class Rows:
    """`events` is the city's and everybody's; the others have the column `organisation`. `checks` has one row per
    control by its name, whatever units it was made at; `secret` one number per organisation."""

    events: pl.DataFrame
    activities: pl.DataFrame
    checks: pl.DataFrame
    recommendations: pl.DataFrame
    secret: pl.DataFrame
    assessments: pl.DataFrame
    documents: pl.DataFrame


def gather_rows(con: duckdb.DuckDBPyConnection) -> Rows:
    return Rows(
        events=pl.DataFrame(con.sql(_EVENTS)),
        activities=pl.DataFrame(con.sql(_ACTIVITIES)),
        checks=pl.DataFrame(con.sql(_CHECKS)),
        recommendations=pl.DataFrame(con.sql(_RECOMMENDATIONS)),
        secret=pl.DataFrame(con.sql(_WITHHELD)),
        assessments=pl.DataFrame(con.sql(_ASSESSMENTS)),
        documents=pl.DataFrame(con.sql(_DOCUMENTS)),
    )


def rows_of(rows: Rows, organisation: str) -> Rows:
    """The organisation's own; for the city none but the events."""
    own = {field.name: getattr(rows, field.name) for field in fields(Rows)}
    for name, table in own.items():
        if name != "events":
            mine = table.filter(pl.col("organisation") == organisation)
            own[name] = mine.clear() if organisation == CITY else mine
    return Rows(**own)
