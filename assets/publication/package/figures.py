"""Do the figures follow from their evidence? Each is computed again from its items, or the city's from its parts."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import polars as pl

Sums = tuple[int | None, int | None]


def figure_faults(evidence: Mapping[str, Mapping[str, Any]], items: BytesIO | None, figures: bytes) -> list[str]:
    """What differs, in Swedish sentences. `evidence`: indicator → its JSON; `items`: underlag.parquet, which the city
    has none of; `figures`: indikatorer.csv."""
    listed = pl.read_csv(figures, separator=";", infer_schema=False)
    faults = []
    sums = _sums(pl.read_parquet(items)) if items else None
    for indicator, part, whole in listed.select("Indikator", "Täljare", "Nämnare").iter_rows():
        told = evidence.get(indicator)
        if told is None:
            faults.append(f"{indicator} har inget underlag.")
            continue
        figure = told["figure"]
        if (part or "", whole or "") != tuple("" if figure[name] is None else str(figure[name]) for name in _FIGURE):
            faults.append(f"{indicator}: indikatorer.csv och underlaget har olika siffror.")
        if figure["numerator"] is not None and (figure["numerator"], figure["denominator"]) != _computed(
            told, indicator, sums
        ):
            faults.append(f"{indicator}: siffran följer inte av sina poster.")
    return faults


_FIGURE = ("numerator", "denominator")


def _computed(told: Mapping[str, Any], indicator: str, sums: Mapping[str, Mapping[str, Sums]] | None) -> Sums:
    """Part and whole once more."""
    if sums is None:
        parts = [
            (each["numerator"], each["denominator"])
            for each in told["organisations"]
            if each["numerator"] is not None
        ]
        whole = sum(whole for _, whole in parts) if told["kind"] == "share" else None
        return sum(part for part, _ in parts), whole
    return sums.get(indicator, {}).get(told["kind"], (0, None))


def _sums(items: pl.DataFrame) -> dict[str, dict[str, Sums]]:
    """Indicator → what its items come to for each kind of indicator (docs/spec/indicators.md, the three kinds)."""
    measured = items.filter("measured").group_by("indicator")
    table = measured.agg(
        pl.len(), pl.col("ok").not_().sum().alias("not_ok"), pl.col("numerator").sum(), pl.col("denominator").sum()
    )
    return {
        indicator: {"share": (part, whole), "count": (count, None), "open": (not_ok, None)}
        for indicator, count, not_ok, part, whole in table.iter_rows()
    }
