"""Which sheets the workbook has, and the table on each."""

import polars as pl

from assets.publication.report import Picture

_HEADINGS = {
    "indicator": "Indikator", "title": "Titel", "area": "Område", "place": "Enhet", "place_name": "Namn",
    "as_of": "Per datum", "numerator": "Täljare", "denominator": "Nämnare", "value": "Värde", "measure":
    "Mått", "target": "Mål",
    "state": "Status", "reason": "Orsak", "not_measured": "Ej mätta", "previous": "Föregående värde",
    "source_date": "Underlag per",
}  # fmt: skip
_MEASURE = pl.when(pl.col("kind") == "share").then(pl.lit("%")).otherwise(pl.lit("antal"))


def sheets(picture: Picture) -> dict[str, pl.DataFrame]:
    """Sheet → its table, in the order in which they stand after the overview."""
    own = picture.tables

    def titled(table: pl.DataFrame) -> pl.DataFrame:
        """In the catalogue's order, and within an indicator in the table's own."""
        titles = own.indicators.select("indicator", "title", "kind", "target", "area")
        return titles.join(table, on="indicator", maintain_order="left_right")

    part, place = ("Per organisation", "Organisation") if picture.is_city else ("Per enhet", "Enhet")
    found = {
        "Indikatorer": _figures(own.indicators),
        part: _figures(titled(own.parts.sort("place"))).rename({"Enhet": place}),
        "Historik": _figures(titled(own.series.sort("as_of", "night"))),
        "Leveranser": own.deliveries,
        "Karantän": own.quarantine,
    }
    if picture.is_city:
        return found
    is_gap = pl.col("list") == "brist"
    found |= {
        "Omatchade": own.unmatched,
        "Personnummer": own.personal_numbers,
        "Ej mätta": own.gaps.filter(~is_gap).drop("list"),
        "Stängda": own.closed,
    }
    for indicator in own.indicators.filter("gap_list")["indicator"]:
        found[indicator] = own.gaps.filter(is_gap & (pl.col("Indikator") == indicator)).drop("list")
    return found


def _figures(table: pl.DataFrame) -> pl.DataFrame:
    """Figures under Swedish headings: whatever of _HEADINGS the table has."""
    told = table.with_columns(_MEASURE.alias("measure"), pl.selectors.decimal().cast(pl.Float64))
    return told.select(pl.col(name).alias(heading) for name, heading in _HEADINGS.items() if name in told.columns)
