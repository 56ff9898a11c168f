"""What the chapters say of each indicator, of registers that never came, and of organisations that are left out."""

from collections import Counter
from dataclasses import replace
from typing import Any

import duckdb
import polars as pl
import pytest

from assets.publication.document.chapters.outline import CHAPTERS, PLACES, document_of
from assets.publication.document.model import Heading, Paragraph, Picture, Table, pieces_of, text_of
from assets.publication.document.rows import QUERIES, Rows, gather_rows, rows_of
from assets.publication.report import Report
from assets.registers.vocabulary import IsoInput
from assets.settings import Limits, Settings
from assets.sql_files import read_sql_file
from tests.publication.conftest import Built

pytestmark = pytest.mark.slow


def with_columns(report: Report, **columns: Any) -> Report:
    """The report with these columns in its indicators."""
    indicators = report.tables.figures.with_columns(**columns)
    return replace(report, tables=replace(report.tables, figures=indicators))


def chapters_of(report: Report, rows: Rows) -> dict[str, str]:
    """Chapter → all that it says."""
    document, _ = document_of(report, rows, {}, Limits())
    return {
        chapter.number: "\n".join(text_of(tuple(pieces_of(block))) for block in chapter.blocks)
        for chapter in document.chapters
    }


def test_every_indicator_has_a_place_in_one_chapter(reports: dict[str, Report]) -> None:
    indicators = reports["farsta"].tables.figures
    places = Counter(indicator for placed in PLACES.values() for indicator in placed)
    assert places == Counter(indicators["indicator"].to_list())
    assert set(PLACES) <= set(CHAPTERS)
    for chapter, placed in PLACES.items():
        for indicator in placed if "chapter" in indicators.columns else ():
            assert indicators.filter(indicator=indicator)["chapter"].item() == chapter


@pytest.mark.parametrize("state", ["ej mätbar", "ej tillämplig"])
@pytest.mark.parametrize("organisation", ["farsta", "staden"])
def test_every_indicator_without_a_figure_is_told_in_its_chapter(
    reports: dict[str, Report], all_rows: Rows, organisation: str, state: str
) -> None:
    report = with_columns(
        reports[organisation],
        state=pl.lit(state),
        reason=pl.concat_str(pl.lit("se "), "indicator"),
        reason_code=pl.lit("of its own"),
    )
    chapters = chapters_of(report, rows_of(all_rows, organisation))
    for chapter, placed in PLACES.items():
        for indicator in placed:
            if chapter != "1" or state == "ej mätbar":
                assert chapters[chapter].count(f": se {indicator}.") == 1, indicator


def test_an_indicator_without_a_place_stands_last_in_its_chapter(reports: dict[str, Report], all_rows: Rows) -> None:
    report = reports["farsta"]
    new = report.tables.figures.filter(indicator="KLA-09").with_columns(
        indicator=pl.lit("NY-01"), title=pl.lit("Nytt mått")
    )
    new = new.with_columns(chapter=pl.lit("2.2.4"), state=pl.lit("ej mätbar"), reason=pl.lit("nytt skäl"))
    indicators = pl.concat([report.tables.figures, new], how="diagonal_relaxed")
    chapters = chapters_of(
        replace(report, tables=replace(report.tables, figures=indicators)), rows_of(all_rows, "farsta")
    )
    assert chapters["2.2.4"].rstrip().splitlines()[-1].startswith("”Nytt mått” går inte att mäta")
    assert [number for number, text in chapters.items() if "Nytt mått" in text] == ["1", "2.2.4"]


@pytest.mark.parametrize(
    ("not_measurable", "blocked", "expected"),
    [
        (1, 0, "1 av 3 organisationer gick inte att mäta"),
        (0, 1, "1 av 3 organisationer är underkänd i valideringen"),
        (1, 1, "1 av 3 organisationer gick inte att mäta och ytterligare 1 är underkänd i valideringen"),
        (0, 2, "2 av 3 organisationer är underkända i valideringen"),
    ],
)
def test_the_city_says_how_many_organisations_it_leaves_out(
    reports: dict[str, Report], all_rows: Rows, not_measurable: int, blocked: int, expected: str
) -> None:
    """In every chapter with a measured figure, whatever the figure is."""
    left_out = {1: "ej mätbara", 2: "blockerade"}
    numbers = ((not_measurable, left_out[1]), (blocked, left_out[2]))
    city = with_columns(
        reports["staden"],
        state=pl.when(pl.col("numerator").is_null()).then(pl.lit("information")).otherwise("state"),
        reason=pl.lit(", ".join(f"{number} av 3 {word}" for number, word in numbers if number)),
        reason_code=pl.lit("organisations_left_out"),
        organisations=pl.lit(3, pl.Int64),
        not_measurable=pl.lit(not_measurable, pl.Int64),
        blocked=pl.lit(blocked, pl.Int64),
        numerator=pl.col("numerator").fill_null(0),
        denominator=pl.col("denominator").fill_null(2),
        value=pl.col("value").fill_null(0),
    )
    chapters = chapters_of(city, rows_of(all_rows, "staden"))
    for chapter, placed in PLACES.items():
        assert chapters[chapter].count(expected) == len(placed), chapter


def test_nothing_is_claimed_of_registers_that_never_came(reports: dict[str, Report], all_rows: Rows) -> None:
    rows = Rows(**{name: table.clear() for name, table in vars(rows_of(all_rows, "farsta")).items()})
    chapters = chapters_of(reports["farsta"], rows)
    assert chapters["2.1"] == (
        "Vad som har hänt i omvärlden går inte att säga: registret omvärldsbevakningen har inte kommit."
    )
    assert "rättigheter går inte att säga: registret styrdokumenten har inte kommit." in chapters["2.2.5"]
    for number in ("3.1", "3.2"):
        assert chapters[number] == "Vad som är planerat går inte att säga: registret handlingsplanen har inte kommit."
    assert "inga aktiviteter" not in chapters["3"]


def test_registers_that_came_without_rows_are_said_to_be_empty(reports: dict[str, Report], all_rows: Rows) -> None:
    own = rows_of(all_rows, "farsta")
    rows = replace(own, events=own.events.clear(), activities=own.activities.clear(), documents=own.documents.clear())
    chapters = chapters_of(reports["farsta"], rows)
    assert chapters["2.1"] == "Omvärldsbevakningen har inga händelser till och med 2023-10-31."
    assert "Någon beslutad rutin för de registrerades rättigheter finns inte." in chapters["2.2.5"]
    assert "Planen har inga aktiviteter för 2023 att följa upp." in chapters["3"]
    assert chapters["3.1"] == "Ingen aktivitet är ännu planerad för 2024."


def test_the_city_knows_which_of_its_own_registers_came(all_rows: Rows) -> None:
    assert rows_of(all_rows, "staden").is_delivered("omvarldsbevakning")
    assert not rows_of(all_rows, "staden").is_delivered("handlingsplan")
    assert rows_of(all_rows, "farsta").is_delivered("handlingsplan")


def test_the_grain_of_each_query_tells_its_rows_apart(built: Built) -> None:
    with duckdb.connect(built.run.warehouse, read_only=True) as con:
        tables = vars(gather_rows(con))
    for name, table in zip(QUERIES, tables.values(), strict=True):
        file = read_sql_file(Settings.model_fields["sql"].default / "report" / f"{name}.sql")
        assert not table.is_empty(), name
        assert table.select(file.header["grain"]).is_unique().all(), name
        assert file.reads, name


def test_what_happens_outside_is_told_theme_by_theme(reports: dict[str, Report], all_rows: Rows) -> None:
    """The theme with the newest event first; Budget and RSA, however they are written, in their own chapters."""
    own = rows_of(all_rows, "farsta")
    document, _ = document_of(reports["farsta"], own, {}, Limits())
    headings = [text_of(chapter.heading) for chapter in document.chapters if chapter.number.startswith("2.1.")]
    assert headings == ["2.1.1 Adekvansbeslutet", "2.1.2 AI", "2.1.3 NIS 2"]
    chapters = chapters_of(reports["farsta"], own)
    assert chapters["2.1.3"].index("2023-02-23") < chapters["2.1.3"].index("2022-12-27")
    assert "Stadens budget för 2024" in chapters["2.2.1"]
    assert "säkerhetssamordnare" in chapters["2.2.2"]


def test_the_last_reviews_decisions_begin_chapter_3(reports: dict[str, Report], all_rows: Rows) -> None:
    """Those of the last review, done or not, and of earlier ones what isn't done; struck ones nowhere."""
    own = rows_of(all_rows, "farsta")
    chapter = chapters_of(reports["farsta"], own)["3"]
    assert chapter.index("Beslut från förra genomgången") < chapter.index("Uppföljning av aktiviteterna för 2023")
    assert "Försenat, skulle ha varit klart 2023-10-15" in chapter
    assert "Rutin för skyddade personuppgifter ska tas fram" in chapter
    assert "Pappersarkivet ska skannas" not in chapter
    none = chapters_of(reports["farsta"], replace(own, decisions=own.decisions.clear()))["3"]
    assert "Inga beslut från tidigare genomgångar finns att följa upp." in none
    lacking = own.deliveries.filter(pl.col("register") != "beslut")
    unknown = chapters_of(reports["farsta"], replace(own, decisions=own.decisions.clear(), deliveries=lacking))["3"]
    assert "Inga beslut från tidigare genomgångar" not in unknown


def reading_key(report: Report, rows: Rows, texts: dict[str, str]) -> dict[str, tuple[str, str, str]]:
    """Letter → chapters, indicators and what is lacking, as the last page has them."""
    document, _ = document_of(report, rows, texts, Limits())
    last = document.chapters[-1]
    (table,) = (block for block in last.blocks if isinstance(block, Table))
    cells = ([text_of(cell) for cell in row] for row in table.rows)
    return {first.partition(".")[0]: (places, ids, lacking) for first, places, ids, lacking in cells}


def test_the_reading_key_answers_every_letter(reports: dict[str, Report], all_rows: Rows) -> None:
    key = reading_key(reports["farsta"], rows_of(all_rows, "farsta"), {"2": "Boende och anhöriga."})
    assert list(key) == list(IsoInput)
    assert key["a"] == ("3", "BES-01, PLAN-01–PLAN-03", "–")
    assert key["b"][0] == "2.1"
    assert key["c"] == ("2", "–", "–")
    assert key["d4"][0] == "1"
    assert key["f"][1] == "RSK-01–RSK-03, VOR-01"


def test_the_reading_key_says_what_to_deliver(reports: dict[str, Report], all_rows: Rows) -> None:
    own = rows_of(all_rows, "farsta")
    report = with_columns(
        reports["farsta"],
        state=pl.lit("ej mätbar"),
        reason_code=pl.lit("missing_registers"),
        concerns=pl.col("needs"),
    )
    key = reading_key(report, replace(own, deliveries=own.deliveries.clear()), {})
    assert {places for places, *_ in key.values()} == {"Underlag saknas"}
    assert key["b"][2] == "omvärldsbevakningen och en text till kapitel 2.1"
    assert key["c"][2] == "en text till kapitel 2"
    assert key["e"][2] == "de registrerades begäranden och en text till kapitel 2.2.5"
    assert key["f"][2] == "VoR-indikatorerna och riskregistret"


def test_no_heading_stands_without_anything_under_it(reports: dict[str, Report], all_rows: Rows) -> None:
    for organisation in ("farsta", "staden"):
        document, _ = document_of(reports[organisation], rows_of(all_rows, organisation), {}, Limits())
        for chapter in document.chapters:
            for block, following in zip(chapter.blocks, [*chapter.blocks[1:], None], strict=False):
                assert not isinstance(block, Heading) or isinstance(following, Paragraph | Table | Picture)


def test_many_figures_stand_in_a_list_and_few_in_a_paragraph(reports: dict[str, Report], all_rows: Rows) -> None:
    document, _ = document_of(reports["farsta"], rows_of(all_rows, "farsta"), {}, Limits())
    chapters = {chapter.number: chapter for chapter in document.chapters}
    kinds = {text_of(block.line): block.kind for block in chapters["2.2.3.1"].blocks if isinstance(block, Paragraph)}
    assert kinds["12 klassningar har genomförts."] == "bullet"
    assert {block.kind for block in chapters["2.2.2"].blocks if isinstance(block, Paragraph)} >= {"text", "bullet"}


def test_the_decisions_and_their_signature_stand_on_a_page_of_their_own(
    reports: dict[str, Report], all_rows: Rows
) -> None:
    document, _ = document_of(reports["farsta"], rows_of(all_rows, "farsta"), {}, Limits())
    assert [chapter.number for chapter in document.chapters if chapter.new_page] == ["4", ""]
