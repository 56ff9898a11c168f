"""The evidence: of each indicator its definition, query, figure and deliveries, and every item that it counts.

`underlag/<indicator>.json` and `underlag.parquet` are enough to compute every figure again.
"""

import json
from pathlib import Path

import duckdb
import polars as pl

from assets.registers.contract import CITY

_FIGURES = """
    SELECT
        value.indicator, value.numerator, value.denominator, CAST(value.value AS DOUBLE) AS value, value.state,
        value.reason,
        value.not_measured
    FROM marts.indicator_values AS value
    WHERE value.organisation = ? AND value.level != 'unit'
"""

_DELIVERIES = """
    SELECT source.indicator, delivery.register, delivery.name, delivery.sha256, delivery.delivered, delivery.confirmed
    FROM catalogue.sources AS source
    JOIN intake.deliveries AS delivery ON delivery.register = source.register AND delivery.status = 'i kraft'
    WHERE delivery.organisation IN (?, ?)
    ORDER BY delivery.position
"""

_PARTS = """
    SELECT value.indicator, value.organisation, value.numerator, value.denominator, value.state, value.not_measured
    FROM marts.indicator_values AS value
    WHERE value.level = 'organisation'
    ORDER BY value.organisation
"""

_DEFINITION = """
    SELECT
        indicator.indicator, indicator.title, indicator.title_en, indicator.area, indicator.kind, indicator.target,
        indicator.law, indicator.first_day, indicator.needs, indicator.motive, indicator.question, indicator.query,
        review.as_of
    FROM catalogue.indicators AS indicator
    CROSS JOIN core.review AS review
"""


def write_evidence(con: duckdb.DuckDBPyConnection, organisation: str, known_at: str, folder: Path) -> None:
    """Writes the evidence of one organisation. The city's names each organisation's parts and wholes instead of
    deliveries and items: no list leaves its organisation."""
    figures = _by_indicator(con.sql(_FIGURES, params=[organisation]))
    if organisation == CITY:
        beside, name = _by_indicator(con.sql(_PARTS)), "organisations"
    else:
        beside, name = _by_indicator(con.sql(_DELIVERIES, params=[organisation, CITY])), "deliveries"
        items = con.sql(
            "FROM marts.indicator_items WHERE organisation = ? ORDER BY indicator, unit, key", params=[organisation]
        )
        pl.DataFrame(items).write_parquet(folder / "underlag.parquet")
    (folder / "underlag").mkdir()
    for definition in pl.DataFrame(con.sql(_DEFINITION)).to_dicts():
        indicator = definition["indicator"]
        told = definition | {"known_at": known_at, "figure": figures[indicator][0], name: beside.get(indicator, [])}
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        (folder / "underlag" / f"{indicator}.json").write_text(text + "\n", encoding="utf-8")


def _by_indicator(relation: duckdb.DuckDBPyRelation) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in pl.DataFrame(relation).to_dicts():
        found.setdefault(row.pop("indicator"), []).append(row)
    return found
