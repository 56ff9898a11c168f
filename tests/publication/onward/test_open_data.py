"""oppna_data/: no small count is opened, nor one that follows from the others."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assets.publication.onward.open_data import write_open_data
from assets.publication.queries import report_query
from assets.settings import OpenData
from tests.publication.conftest import Built
from tests.publication.organisation_folders import folder_of

PLACE = OpenData(
    url="https://data.exempel.se/lagesbild/", publisher="Exempelstad & Co", contact="data@exempel.se",
    license="https://creativecommons.org/publicdomain/zero/1.0/",
)  # fmt: skip
DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}  # fmt: skip


def opened(bases: Mapping[str, int | None], kind: str = "share", blocked: tuple[str, ...] = ()) -> dict[str, str]:
    """Organisation → what is shown of its figure, numerator/denominator or its state. All items are in order."""
    with duckdb.connect() as con:
        con.execute("CREATE SCHEMA marts; CREATE SCHEMA catalogue; CREATE SCHEMA core; CREATE SCHEMA validation")
        con.execute("CREATE TABLE core.review AS SELECT DATE '2026-11-21' AS as_of")
        con.execute("CREATE TABLE validation.blocked (organisation VARCHAR)")
        con.executemany("INSERT INTO validation.blocked VALUES (?)", [[name] for name in (*blocked, "none")])
        con.execute(
            """CREATE TABLE catalogue.indicators AS SELECT 'UTB-01' AS indicator, 'T' AS title, 'A' AS area,
            ? AS kind, 100 AS target, 1 AS position""",
            [kind],
        )
        con.execute(
            """CREATE TABLE marts.indicator_values (level VARCHAR, indicator VARCHAR, organisation VARCHAR,
            numerator BIGINT, denominator BIGINT, value DOUBLE, state VARCHAR, source_date DATE)"""
        )
        known = {name: base for name, base in bases.items() if name not in blocked}
        city = sum(base for base in known.values() if base is not None)
        for name, base in (*bases.items(), ("staden", city)):
            row = [
                "city" if name == "staden" else "organisation", name, base, base if kind == "share" else None,
                None if base is None else 100, "ej mätbar" if base is None else "grön",
            ]  # fmt: skip
            con.execute("INSERT INTO marts.indicator_values VALUES (?, 'UTB-01', ?, ?, ?, ?, ?, NULL)", row)
        rows = report_query("open_figures").answer(con).to_dicts()
    for row in rows:
        assert row["state"] != "visas inte" or (row["numerator"], row["denominator"], row["value"]) == (None,) * 3
    return {
        row["organisation"]: row["state"] if row["numerator"] is None else f"{row['numerator']}/{row['denominator']}"
        for row in rows
    }


@pytest.mark.parametrize(
    ("bases", "kind", "expected"),
    [
        ({"a": 5, "b": 9}, "share", {"a": "5/5", "b": "9/9", "staden": "14/14"}),
        ({"a": 4, "b": 9, "c": 50}, "share",
         {"a": "visas inte", "b": "visas inte", "c": "50/50", "staden": "63/63"}),
        ({"a": 2, "b": 3, "c": 9}, "share",
         {"a": "visas inte", "b": "visas inte", "c": "9/9", "staden": "14/14"}),
        ({"a": 4}, "share", {"a": "visas inte", "staden": "visas inte"}),
        ({"a": None, "b": 9}, "share", {"a": "ej mätbar", "b": "9/9", "staden": "9/9"}),
        ({"a": 0, "b": 1, "c": 9}, "open",
         {"a": "0/None", "b": "visas inte", "c": "visas inte", "staden": "10/None"}),
    ],
)  # fmt: skip
def test_small_counts_are_left_out(bases: dict[str, int | None], kind: str, expected: dict[str, str]) -> None:
    assert opened(bases, kind) == expected


def test_a_blocked_organisation_is_left_out() -> None:
    assert opened({"a": 7, "b": 9}, blocked=("a",)) == {"b": "9/9", "staden": "9/9"}


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.integers(0, 30)), min_size=1))
def test_no_small_count_follows_from_the_others(bases: dict[str, int | None]) -> None:
    shares = {name: int(text.split("/")[1]) for name, text in opened(bases).items() if "/" in text}
    assert not {base for base in shares.values() if 0 < base < 5}
    if "staden" in shares:
        rest = shares.pop("staden") - sum(shares.values())
        assert rest == 0 or rest >= 5


@pytest.mark.slow
def test_the_folder_is_written_where_the_installation_opens_it(built: Built, tmp_path: Path) -> None:
    run = built.with_texts(tmp_path / "run")
    with duckdb.connect(shutil.copy(built.run.warehouse, tmp_path / "all.duckdb")) as con:
        folder = folder_of(con, run, "staden", tmp_path / "staden")
        write_open_data(folder)
        assert not (folder.path / "oppna_data").exists()
        publication = folder.publication
        settings = publication.settings.model_copy(update={"open_data": PLACE})
        object.__setattr__(publication, "settings", settings)
        write_open_data(folder)
    own = folder.path / "oppna_data"
    assert {path.name for path in own.iterdir()} == {"indikatorer.csv", "dcat.rdf"}
    table = pl.read_csv(own / "indikatorer.csv", separator=";", infer_schema=False)
    assert table.columns == list(report_query("open_figures").header.headings.values())
    small = table.filter(pl.col("Nämnare").cast(pl.Int64).is_between(1, 4))
    assert small.is_empty()
    assert table.filter(Status="visas inte")["Värde"].is_null().all()
    described = etree.parse(own / "dcat.rdf")
    base = described.getroot().base
    assert base == PLACE.url
    for kind in ("accessURL", "downloadURL"):
        assert described.xpath(f"//dcat:{kind}/@rdf:resource", namespaces=DCAT) == ["indikatorer.csv"]
    assert described.xpath("//dcat:Catalog/dcterms:license/@rdf:resource", namespaces=DCAT) == [PLACE.license]
    assert "Exempelstad &amp; Co" in (own / "dcat.rdf").read_text(encoding="utf-8")
    named = set(described.xpath("//@rdf:about", namespaces=DCAT))
    pointed = {to for to in described.xpath("//@rdf:resource", namespaces=DCAT) if re.match("dcat.rdf#", to)}
    assert pointed <= named
