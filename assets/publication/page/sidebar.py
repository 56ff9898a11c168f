"""What stands beside the figures on the first page: the alerts that are open, and the files to download."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.publication.report import Picture

MAX_ALERTS = 100
"""Critical alerts that are written out on the page; the others stand in larm.html."""


@dataclass(frozen=True)
class Alerts:
    new: int
    open: int
    by_severity: Mapping[str, int]
    critical: Sequence[str]
    more_critical: int


def alerts_of(alerts: pl.DataFrame) -> Alerts:
    """What larm.csv says: alerts that are open, and of these the critical ones in words."""
    standing = alerts.filter(pl.col("Tillstånd").is_in(["nytt", "kvarstår"]))
    severities = {name: standing.filter(pl.col("Allvar") == name).height for name in ("kritisk", "varning", "info")}
    critical = standing.filter(pl.col("Allvar") == "kritisk")["Text"].to_list()
    return Alerts(
        new=standing.filter(pl.col("Tillstånd") == "nytt").height,
        open=standing.height,
        by_severity=severities,
        critical=critical[:MAX_ALERTS],
        more_critical=max(len(critical) - MAX_ALERTS, 0),
    )


def downloads(picture: Picture, has_alerts: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Heading → file and what it is."""
    city = picture.is_city
    documents = [
        ("ledningens_genomgang.docx", "utkastet till ledningens genomgång, att redigera"),
        ("ledningens_genomgang.pdf", "samma dokument, att läsa"),
        ("ledningens_genomgang.xlsx", "alla siffror och listor i en arbetsbok"),
        ("ledningens_genomgang.zip", "förseglat paket för diariet"),
        ("arshjul.ics", "årshjulet för kalendern"),
    ]
    figures = [
        ("indikatorer.csv", "indikatorerna"),
        ("indikatorer_per_organisation.csv", "indikatorerna per organisation")
        if city
        else ("indikatorer_per_enhet.csv", "indikatorerna per enhet"),
        ("historik.csv", "indikatorerna över tid"),
        ("leveranser.csv", "leveranserna"),
        ("karantan.csv", "rader och celler i karantän"),
    ]
    lists = [
        ("bristlistor/ej_matta.csv", "det som inte gick att mäta"),
        ("bristlistor/stangda.csv", "brister stängda de senaste 90 dagarna"),
        ("bristlistor/omatchade.csv", "hänvisningar som inte pekar på något"),
        ("bristlistor/personnummer_i_fritext.csv", "ställen, inga nummer"),
    ]
    evidence = [
        ("validering.html", "kontrollerna av underlaget"),
        *([("larm.html", "larmen i ord"), ("larm.csv", "larmen som lista")] if has_alerts else []),
        *([] if city else [("underlag.parquet", "varje post bakom siffrorna")]),
        ("warehouse.duckdb", "tabellerna, för den som vill fråga själv"),
    ]
    found = [("Ledningens genomgång", documents), ("Siffror (CSV för Excel)", figures)]
    return [*found, *([] if city else [("Listor (CSV för Excel)", lists)]), ("Underlag och kontroll", evidence)]
