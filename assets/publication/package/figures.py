"""Do the figures follow from their evidence? Each is computed again from its items, or the city's from its parts."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import polars as pl

Totals = tuple[int | None, int | None]
"""A figure's numerator and denominator."""

_FIGURE = ("numerator", "denominator")


def figure_faults(evidence: Mapping[str, Mapping[str, Any]], items: BytesIO | None, figures: bytes) -> list[str]:
    """What differs, in Swedish sentences. `evidence`: indicator → its JSON; `items`: underlag.parquet, which the city
    has none of; `figures`: indikatorer.csv."""
    shares = pl.read_csv(figures, separator=";", infer_schema=False, glob=False)
    faults = []
    totals = _totals(pl.read_parquet(items, glob=False)) if items else None
    for indicator, numerator, denominator in shares.select("Indikator", "Täljare", "Nämnare").iter_rows():
        own = evidence.get(indicator)
        if own is None:
            faults.append(f"{indicator} har inget underlag.")
            continue
        figure = own["figure"]
        as_text = tuple("" if figure[name] is None else str(figure[name]) for name in _FIGURE)
        if (numerator or "", denominator or "") != as_text:
            faults.append(f"{indicator}: indikatorer.csv och underlaget har olika siffror.")
        computed = _computed(own, indicator, totals)
        if figure["numerator"] is not None and (figure["numerator"], figure["denominator"]) != computed:
            faults.append(f"{indicator}: siffran följer inte av sina poster.")
    return faults


def _computed(
    evidence: Mapping[str, Any], indicator: str, totals: Mapping[str, Mapping[str, Totals]] | None
) -> Totals:
    """Numerator and denominator once more: of the items, or for the city of the organisations' figures."""
    if totals is not None:
        return totals.get(indicator, {}).get(evidence["kind"], (0, None))
    measured = [part for part in evidence["organisations"] if part["numerator"] is not None]
    denominator = sum(part["denominator"] for part in measured) if evidence["kind"] == "share" else None
    return sum(part["numerator"] for part in measured), denominator


def _totals(items: pl.DataFrame) -> dict[str, dict[str, Totals]]:
    """Indicator → what its items come to for each kind of indicator (docs/spec/indicators.md, the three kinds)."""
    measured = items.filter("measured").group_by("indicator")
    table = measured.agg(
        pl.len(), pl.col("ok").not_().sum().alias("not_ok"), pl.col("numerator").sum(), pl.col("denominator").sum()
    )
    return {
        indicator: {"share": (numerator, denominator), "count": (count, None), "open": (not_ok, None)}
        for indicator, count, not_ok, numerator, denominator in table.iter_rows()
    }
