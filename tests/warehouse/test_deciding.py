"""Which columns a figure hangs on, read off the real SQL, and that what the headers say of reach can be counted."""

from pathlib import Path

import duckdb
import pytest

from assets.warehouse.build import build
from assets.warehouse.deciding import deciding_fields
from assets.warehouse.headers import ANY, IndicatorHeader, Reach
from assets.warehouse.models import indicators, load_models
from tests.warehouse.conftest import MODELS


def columns(con: duckdb.DuckDBPyConnection, indicator: str, register: str) -> set[str]:
    query = 'SELECT "column" FROM catalogue.deciding_columns WHERE indicator = ? AND register = ?'
    return {column for (column,) in con.execute(query, [indicator, register]).fetchall()}


@pytest.mark.parametrize(
    ("indicator", "register", "deciding", "do_not"),
    [
        ("INC-03", "personuppgiftsincidenter", {"Kännedom", "Anmäld IMY", "Risk"}, {"Enhet", "Typ", "System-id"}),
        (
            "INC-07",
            "nis_incidenter",
            {"Incidentanmälan", "Lägesrapport", "Hanterad"},
            {"Enhet", "Tjänst"},
        ),  # a struct
        ("UTB-01", "personal", {"Anställd från", "Frånvaro"}, {"Enhet", "Roll", "Skyddade personuppgifter"}),
        ("KLA-01", "klassningar", {"Följer upp", "Status", "Typ"}, {"Avser-id"}),  # joined for the unit alone
        ("KLA-10", "informationstillgangar", {"Bekräftad", "Aktiv"}, {"System-id", "Enhet"}),
        ("KLA-04", "informationstillgangar", {"System-id", "Aktiv"}, {"Enhet"}),  # of a list
        ("REG-02", "registerforteckning", {"Ändamål", "Överföringsgrund"}, {"Enhet", "Behandling"}),  # filled or not
        ("REG-01", "registerforteckning", {"Enhet", "Nivå", "Behandlingstyp"}, {"Behandling"}),
        ("UTB-05", "personal", {"Enhet", "Roll"}, {"Chef från"}),  # rows are counted
    ],
)
def test_what_a_figure_hangs_on(
    empty: duckdb.DuckDBPyConnection, indicator: str, register: str, deciding: set[str], do_not: set[str]
) -> None:
    found = columns(empty, indicator, register)
    assert deciding <= found
    assert not do_not & found


def test_a_condition_in_a_subquery_or_a_union_decides(tmp_path: Path) -> None:
    header = MODELS["indicators.inc_01"].path.read_text(encoding="utf-8").split("*/")[0]
    (tmp_path / "indicators").mkdir()
    query = """
        with named as (select row.id, row.name, row.kind from registers.a as row)
        select named.id as key, named.name as label, exists (select 1 from registers.b as b where b.flag) as ok
        from named where named.kind = 'x'
        union all by name
        select c.id as key, c.words as label, c.good as ok from registers.c as c
    """
    (tmp_path / "indicators" / "inc_01.sql").write_text(f"{header}*/{query}", encoding="utf-8")
    models = load_models(tmp_path)
    found = {field for field in deciding_fields(models, models["indicators.inc_01"]) if field[1] != "*"}
    assert found == {
        ("registers.a", "id"), ("registers.a", "kind"), ("registers.b", "flag"), ("registers.c", "id"),
        ("registers.c", "good"),
    }  # fmt: skip


def test_every_measure_that_a_header_names_is_counted_for_each_organisation(con: duckdb.DuckDBPyConnection) -> None:
    build(con, MODELS, ["core.reach"])
    counted = set(con.execute("SELECT organisation, measure FROM core.reach").fetchall())
    named = {
        items
        for model in indicators(MODELS)
        if model.indicator
        for register in model.indicator.needs
        for _, items in [model.indicator.reach.of(register)]
        if isinstance(items, str) and items != ANY
    }
    assert {(organisation, measure) for organisation in "abc" for measure in named} == counted


def test_reach_is_said_of_registers_that_are_needed_and_is_any_where_nothing_is_said() -> None:
    header = MODELS["indicators.utb_06"].indicator
    assert header is not None
    assert header.reach.of("personal") == ("makes", 1)
    assert header.reach.of("utbildningskrav") == ("decides", ANY)
    assert Reach().of("utbildningskrav") == ("alters", ANY)
    with pytest.raises(ValueError, match="reach: enheter is not needed"):
        IndicatorHeader.model_validate(header.model_dump() | {"reach": {"makes": {"enheter": 1}}})
