"""The SQL models as a whole: headers, order, and that each fits the columns of what it reads, without any data."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from assets.warehouse.build import build, create_tables
from assets.warehouse.headers import AREAS, DEFAULT_MEND, Sentence
from assets.warehouse.lineage import column_lineage, known_columns
from assets.warehouse.models import Model, ModelError, indicators, load_models, registers_read
from tests.warehouse.conftest import MODELS, REGISTERS, ROOT

SPEC = Path(__file__).parents[2] / "docs" / "spec" / "indicators.md"
TABLE = '/* about = "x"\ngrain = ["x"] */ '
INDICATOR = """/*
title = "T"
title_en = "T"
area = "Styrning"
kind = "share"
motive = "S"
question = "?"
chapter = "2.2"
iso = ["d2"]
sentence = { one = "sak", many = "saker", does_one = "är klar", does_many = "är klara" }
*/
select 1 as x
"""


def test_every_model_fits_what_it_reads(empty: duckdb.DuckDBPyConnection) -> None:
    for table in MODELS:
        columns = empty.execute(f"DESCRIBE {table}").fetchall()
        assert columns, table
        assert not [name for name, kind, *_ in columns if kind in ('"NULL"', "NULL")], table


def test_a_grain_is_of_columns_that_are_there(empty: duckdb.DuckDBPyConnection) -> None:
    for table, model in MODELS.items():
        columns = [name for name, *_ in empty.execute(f"DESCRIBE {table}").fetchall()]
        assert set(model.grain) <= set(columns), table
        assert len(set(model.grain)) == len(model.grain), table


def test_without_deliveries_every_figure_is_not_measurable(empty: duckdb.DuckDBPyConnection) -> None:
    states = empty.execute("SELECT DISTINCT state, reason FROM marts.indicator_values").fetchall()
    assert states == [("ej mätbar", "0 av 0 ej mätbara")]


@pytest.mark.parametrize("model", indicators(MODELS), ids=lambda model: model.indicator_id)
def test_the_registers_that_an_indicator_needs_are_upstream_of_its_query(model: Model) -> None:
    assert model.indicator is not None
    assert set(model.indicator.needs) <= set(registers_read(MODELS, model, REGISTERS))


def test_the_catalogue_is_whole_and_in_order() -> None:
    found = [model.indicator for model in indicators(MODELS) if model.indicator]
    assert len(found) == 64
    assert [AREAS.index(header.area) for header in found] == sorted(AREAS.index(header.area) for header in found)
    letters = list(dict.fromkeys(model.indicator_id.rsplit("-", 1)[0] for model in indicators(MODELS)))
    catalogue = re.findall(r"^\| ([A-Z0-9]+)-01 \w", SPEC.read_text(encoding="utf-8"), re.MULTILINE)
    assert letters == list(dict.fromkeys(catalogue))


def test_every_indicator_says_in_its_own_words_how_a_gap_is_mended() -> None:
    words = [model.indicator.mend for model in indicators(MODELS) if model.indicator]
    assert len(set(words)) == len(words)
    assert DEFAULT_MEND not in words
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in words)


def test_the_catalogue_holds_what_the_headers_say(empty: duckdb.DuckDBPyConnection) -> None:
    rows = empty.execute("SELECT indicator, chapter, iso, sentence FROM catalogue.indicators").fetchall()
    found = {indicator: (chapter, tuple(iso), json.loads(sentence)) for indicator, chapter, iso, sentence in rows}
    assert found == {
        model.indicator_id: (header.chapter, header.iso, header.sentence.model_dump() if header.sentence else None)
        for model in indicators(MODELS)
        for header in [model.indicator]
        if header
    }


def test_a_sentence_says_the_same_of_many_where_nothing_else_is_said() -> None:
    assert Sentence(one="sak", many="saker", does_one="finns").does_many == "finns"
    assert Sentence(one="sak", many="saker", does_one="är klar", does_many="är klara").does_many == "är klara"


def test_every_column_knows_where_it_comes_from(empty: duckdb.DuckDBPyConnection) -> None:
    columns: dict[str, list[str]] = {}
    query = "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE NOT internal"
    for table, column in empty.execute(query).fetchall():
        columns.setdefault(table, []).append(column)
    schema = known_columns(columns)
    for table, model in MODELS.items():
        origins = column_lineage(model.query, schema)
        assert list(origins) == columns[table], table
        for column, sources in origins.items():
            for source, name in sources:
                assert name in columns[source], f"{table}.{column} ← {source}.{name}"
    assert column_lineage(MODELS["indicators.inc_01"].query, schema)["unit"] == [
        ("registers.personuppgiftsincidenter", "enhet")
    ]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"core/a.sql": "select 1 as x"}, "begins with no header comment"),
        ({"core/a.sql": "/* about = */ select 1 as x"}, "a.sql"),
        ({"core/a.sql": TABLE.replace("about", "abuot") + "select 1 as x"}, "abuot"),
        ({"core/a.sql": TABLE.replace('["x"]', '"x"') + "select 1 as x"}, "grain"),
        ({"core/a.sql": TABLE + "select 1 as x; select 2 as y"}, "something else than one SELECT"),
        ({"core/a.sql": TABLE + "drop table core.a"}, "something else than one SELECT"),
        ({"core/a.sql": TABLE + "select x from core.b"}, "reads core.b, which is no model"),
        (
            {"core/a.sql": TABLE + "select x from core.b", "core/b.sql": TABLE + "select x from core.a"},
            "models that read each other",
        ),
        ({"indicators/a.sql": INDICATOR.replace("area", "law = true\narea")}, "a law without a target"),
        ({"indicators/a.sql": INDICATOR.replace("share", "open")}, "target is 0"),
        ({"indicators/a.sql": INDICATOR.replace("Styrning", "Annat")}, "area"),
        ({"indicators/a.sql": INDICATOR.replace('"d2"', '"d9"')}, "iso"),
        ({"indicators/a.sql": INDICATOR.replace('"d2"', "")}, "iso"),
        ({"indicators/a.sql": INDICATOR.replace('"2.2"', '"två"')}, "chapter"),
        ({"indicators/a.sql": INDICATOR.replace('many = "saker", ', "")}, "many"),
    ],
)
def test_a_model_that_cannot_be_used_says_why(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        load_models(tmp_path)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select 'x' as organisation, true as ok", "yields no key"),
        ("select 'x' as organisation, 'k' as key, true as ok, 1 as weight", "yields weight, which no item has"),
    ],
)
def test_an_indicator_yields_items(tmp_path: Path, query: str, message: str) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "toy_01.sql").write_text(INDICATOR.replace("select 1 as x", query), encoding="utf-8")
    models = load_models(tmp_path)
    with duckdb.connect() as con:
        create_tables(con, REGISTERS, models)
        with pytest.raises(ModelError, match=message):
            build(con, models, models)


def test_what_is_packaged_says_all_that_an_own_one_may_leave_out() -> None:
    for model in MODELS.values():
        text = model.path.read_text(encoding="utf-8")
        for key in ("\nchapter = ", "\niso = ", "\n[sentence]\n") if model.indicator else ("\ngrain = ",):
            assert key in text, (model.table, key)
    for name in REGISTERS:
        contract = (ROOT / "assets" / "registers" / f"{name}.toml").read_text(encoding="utf-8")
        assert "\ncalled = " in contract, name


def test_an_indicator_of_ones_own_may_leave_out_chapter_sentence_and_inputs(tmp_path: Path) -> None:
    folder = tmp_path / "indicators"
    folder.mkdir()
    lines = [line for line in INDICATOR.splitlines(True) if not line.startswith(("chapter", "iso", "sentence"))]
    (folder / "nac_01.sql").write_text("".join(lines), encoding="utf-8")
    header = load_models(tmp_path)["indicators.nac_01"].indicator
    assert header
    assert (header.chapter, header.iso, header.sentence) == ("3", ("d2",), None)
    assert header.mend == DEFAULT_MEND
