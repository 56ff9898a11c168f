"""The evidence: of each indicator its definition, query, figure and deliveries, and every item that it counts.

`underlag/<indicator>.json` and `underlag.parquet` are enough to compute every figure again.
"""

import json

import polars as pl

from assets.publication.output import OrganisationFolder
from assets.publication.queries import report_query

QUERIES = ("evidence_definitions", "evidence_deliveries", "evidence_items")

_FIGURE = ("numerator", "denominator", "value", "state", "reason", "not_measured", "lowest", "highest")
_PART = ("organisation", "numerator", "denominator", "state", "not_measured")


def write_evidence(folder: OrganisationFolder) -> None:
    """Writes the evidence of one organisation. The city's names each organisation's figure instead of deliveries and
    items: no list leaves its organisation."""
    tables = folder.report.tables
    figures = _by_indicator(
        tables.figures.with_columns(pl.col("value", "lowest", "highest").cast(pl.Float64)), _FIGURE
    )
    if folder.report.is_city:
        sources, name = _by_indicator(tables.figures_per_organisation, _PART), "organisations"
    else:
        deliveries = _read(folder, "evidence_deliveries")
        sources, name = _by_indicator(deliveries, deliveries.drop("indicator").columns), "deliveries"
        _read(folder, "evidence_items").write_parquet(folder.path / "underlag.parquet")
    (folder.path / "underlag").mkdir()
    for definition in report_query("evidence_definitions").answer(folder.publication.con).to_dicts():
        indicator = definition["indicator"]
        setting = definition.pop("setting")
        evidence = definition | {
            "setting": json.loads(setting) if setting else {},
            "known_at": folder.run.known_at.isoformat(),
            "figure": figures[indicator][0],
            name: sources.get(indicator, []),
        }
        text = json.dumps(evidence, ensure_ascii=False, indent=1, default=str)
        (folder.path / "underlag" / f"{indicator}.json").write_text(text + "\n", encoding="utf-8")


def _read(folder: OrganisationFolder, query: str) -> pl.DataFrame:
    return report_query(query).answer(folder.publication.con, organisation=folder.organisation)


def _by_indicator(table: pl.DataFrame, columns: tuple[str, ...] | list[str]) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in table.select("indicator", *columns).to_dicts():
        found.setdefault(row.pop("indicator"), []).append(row)
    return found
