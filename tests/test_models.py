"""The SQL models as a whole: headers, order, and that each fits the columns of what it reads, without any data."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.registers.contract import load_registers
from assets.warehouse.build import build, create_tables
from assets.warehouse.lineage import column_lineage, known_columns
from assets.warehouse.models import AREAS, Model, ModelError, indicators, load_models, registers_read

ROOT = Path(__file__).parents[1]
MODELS = load_models(ROOT / "sql")
REGISTERS = load_registers(ROOT / "assets" / "registers")
SPEC = ROOT / "docs" / "spec" / "indicators.md"
HEADER = 'title = "T"\ntitle_en = "T"\narea = "Styrning"\nkind = "share"\nmotive = "S"\nquestion = "?"\n'


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    """Every table, without a row: B set, no delivery."""
    con = duckdb.connect()
    con.execute("SET VARIABLE as_of = CAST(? AS DATE)", [date(2026, 10, 31)])
    create_tables(con, REGISTERS, MODELS)
    build(con, MODELS, MODELS)
    return con


def test_every_model_fits_what_it_reads(empty: duckdb.DuckDBPyConnection) -> None:
    for table in MODELS:
        columns = empty.execute(f"DESCRIBE {table}").fetchall()
        assert columns, table
        assert not [name for name, kind, *_ in columns if kind in ('"NULL"', "NULL")], table


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
    ("files", "said"),
    [
        ({"core/a.sql": "select 1 as x"}, "begins with no header comment"),
        ({"core/a.sql": "/* about = */ select 1 as x"}, "a.sql"),
        ({"core/a.sql": '/* about = "x"\nabuot = "y" */ select 1 as x'}, "abuot"),
        ({"core/a.sql": '/* about = "x" */ select 1 as x; select 2 as y'}, "something else than one SELECT"),
        ({"core/a.sql": '/* about = "x" */ drop table core.a'}, "something else than one SELECT"),
        ({"core/a.sql": '/* about = "x" */ select x from core.b'}, "reads core.b, which is no model"),
        (
            {f"core/{one}.sql": f'/* about = "x" */ select x from core.{two}' for one, two in ("ab", "ba")},
            "models that read each other",
        ),
        ({"indicators/a.sql": f"/* {HEADER}law = true */ select 1 as x"}, "a law without a target"),
        ({"indicators/a.sql": f"/* {HEADER.replace('share', 'open')} */ select 1 as x"}, "target is 0"),
        ({"indicators/a.sql": f"/* {HEADER.replace('Styrning', 'Annat')} */ select 1 as x"}, "area"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_a_model_that_cannot_be_used_says_why(tmp_path: Path, files: dict[str, str], said: str) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        load_models(tmp_path)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select 'x' as organisation, true as ok", "yields no key"),
        ("select 'x' as organisation, 'k' as key, true as ok, 1 as weight", "yields weight, which no item has"),
    ],
)
def test_an_indicator_yields_items(tmp_path: Path, query: str, said: str) -> None:
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "toy_01.sql").write_text(f"/* {HEADER} */ {query}", encoding="utf-8")
    models = load_models(tmp_path)
    with duckdb.connect() as con:
        create_tables(con, REGISTERS, models)
        with pytest.raises(ModelError, match=said):
            build(con, models, models)
