"""Several sources of one register: their union is in force; of two rows with one key the newer delivery's holds."""

from pathlib import Path

import duckdb
import pytest

from assets.warehouse.build import build
from tests.warehouse.conftest import MODELS
from tests.warehouse.deliveries import Deliveries
from tests.warehouse.test_lookups import BY_MAIL, completion, incident, person

pytestmark = pytest.mark.slow

INCIDENTS = "personuppgiftsincidenter"


def holding(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    query = f"SELECT arende_id, delivery FROM registers.{INCIDENTS} ORDER BY ALL"
    return con.execute(query).fetchall()


def doubles(con: duckdb.DuckDBPyConnection, table: str = "intake.doubles") -> list[tuple[object, ...]]:
    return con.execute(f"SELECT delivery, row, key, holds_in FROM {table} ORDER BY ALL").fetchall()


def test_the_later_delivery_holds_then_the_source_whose_name_is_last(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    delivered.deliver(INCIDENTS, [incident(key, "") for key in "abc"], "2026-10-15", name="plain.csv")
    delivered.deliver(
        INCIDENTS, [incident(key, "") for key in ("a", "b", "d")], "2026-11-01", name="x.csv", source="x"
    )
    delivered.deliver(INCIDENTS, [incident(key, "") for key in "bd"], "2026-11-01", name="y.csv", source="y")
    delivered.deliver(INCIDENTS, [incident("a", "")], "2026-09-01", organisation="jarva", name="z.csv", source="z")
    con = delivered.loaded()
    assert holding(con) == [("a", "x.csv"), ("a", "z.csv"), ("b", "y.csv"), ("c", "plain.csv"), ("d", "y.csv")]
    assert doubles(con) == [
        ("plain.csv", 2, ["a"], "x.csv"), ("plain.csv", 3, ["b"], "y.csv"), ("x.csv", 3, ["b"], "y.csv"),
        ("x.csv", 4, ["d"], "y.csv"),
    ]  # fmt: skip
    assert con.execute("SELECT sum(loaded) FROM intake.deliveries").fetchone() == (9,)


def test_an_accumulating_register_tells_only_of_what_another_source_takes(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    delivered.deliver("utbildning", [completion("A1"), completion("A2")], "2026-09-01", name="1.csv", source="m")
    delivered.deliver("utbildning", [completion("A1"), completion("A3")], "2026-10-01", name="2.csv", source="m")
    delivered.deliver("utbildning", [completion("A1")], "2026-11-01", name="3.csv", source="n")
    con = delivered.loaded()
    held = con.execute("SELECT anstallnings_id, delivery FROM registers.utbildning ORDER BY ALL").fetchall()
    assert held == [("A1", "3.csv"), ("A2", "1.csv"), ("A3", "2.csv")]
    assert doubles(con) == [("2.csv", 2, ["A1", "K", "1", "2026-10-01"], "3.csv")]


def test_what_two_sequences_of_one_source_both_have_is_told_too(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    delivered.deliver(INCIDENTS, [incident("a", "")], "2026-10-15", name="1.csv", source="x")
    delivered.deliver(INCIDENTS, [incident("a", ""), incident("b", "")], "2026-10-16", name="2.csv", source="x")
    con = delivered.loaded()
    assert holding(con) == [("a", "2.csv"), ("b", "2.csv")]
    assert doubles(con) == [("1.csv", 2, ["a"], "2.csv")]


def test_rows_of_several_sheets_name_theirs_and_lack_what_the_workbook_lacks(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path)
    rows = [incident(key, "") for key in "abc"]
    delivered.deliver(INCIDENTS, rows, name="bok.xlsx", source="x", at=[2, 3, 2], sheets=["1", "1", "2"],
                  missing=["System-id"])  # fmt: skip
    delivered.deliver(INCIDENTS, [incident("b", "")], "2026-11-02", name="y.csv", source="y")
    con = delivered.loaded()
    assert holding(con) == [("a", "bok.xlsx/1"), ("b", "y.csv"), ("c", "bok.xlsx/2")]
    assert doubles(con) == [("bok.xlsx/1", 3, ["b"], "y.csv")]
    missing = con.execute('SELECT delivery, "column" FROM intake.missing_columns ORDER BY ALL').fetchall()
    assert missing == [(f"bok.xlsx{sheet}", "System-id") for sheet in ("", "/1", "/2")]


def test_nobody_who_is_protected_and_no_hash_is_listed(tmp_path: Path) -> None:
    delivered = Deliveries(tmp_path, ["personal.E-post"])
    protected = person("A2", "två@x.se") | {"Skyddade personuppgifter": "Ja"}
    delivered.deliver("personal", [person("A1", "ett@x.se"), protected])
    mails = [completion(mail) for mail in ("ett@x.se", "två@x.se", "okänd@x.se")]
    for day, source in (("2026-10-01", "m"), ("2026-11-01", "n")):
        delivered.deliver("utbildning", mails, day, name=f"{source}.csv", source=source, lookups=BY_MAIL)
    con = delivered.loaded(models=MODELS)
    build(con, MODELS, ["marts.doubles"])
    assert doubles(con, "marts.doubles") == [
        ("m.csv", 2, "A1 / K / 1 / 2026-10-01", "n.csv"), ("m.csv", 4, "[visas inte] / K / 1 / 2026-10-01", "n.csv"),
    ]  # fmt: skip
