"""What lands of the columns in which sources look up: keyed hashes where the column may not be shown."""

from pathlib import Path

import polars as pl

from assets.intake.apply_contract import apply_contract
from assets.intake.contract_result import ContractResult
from assets.intake.lookup_key import LookupKey
from assets.registers.adjusted import with_lookups
from assets.registers.contract import Register
from assets.registers.landed import landed_fields
from assets.registers.read_contracts import read_register
from tests.intake.delivered import REGISTERS

KEY = LookupKey()
ROWS = {
    "Anställnings-id": ["A1", "A2"],
    "E-post": ["Kim.Test@Exempel.se ", None],
    "Enhet": ["E1", "E1"],
    "Roll": ["Chef", "Chef"],
    "Anställd från": ["2020-01-01", "2020-01-01"],
}


def looked_up(*columns: str) -> dict[str, Register]:
    return with_lookups(REGISTERS, set(columns))


def applied(register: Register, rows: dict[str, list[str | None]]) -> ContractResult:
    height = len(next(iter(rows.values())))
    frame = pl.DataFrame({"row": range(1, height + 1)} | rows, schema_overrides={"row": pl.UInt32})
    return apply_contract(register, frame, lookup_key=KEY)


def test_of_a_column_that_may_not_be_shown_a_hash_lands_and_one_of_the_key() -> None:
    personal = looked_up("personal.E-post")["personal"]
    found = applied(personal, dict(ROWS)).valid
    assert found["e_post_hashed"].to_list() == [KEY.digest("kim.test@exempel.se"), None]
    assert found["anstallnings_id_hashed"].to_list() == [KEY.digest("a1"), KEY.digest("A2")]
    assert found.columns == ["row", *landed_fields(personal)]
    assert "Kim" not in str(found.rows())


def test_of_a_list_each_part_is_hashed(tmp_path: Path) -> None:
    path = tmp_path / "klubbar.toml"
    path.write_text(
        'about = "x"\nmode = "snapshot"\nkey = ["Nr"]\n[columns]\nNr = { type = "int", req = true }\n'
        'Namn = { type = "list", pii = true }\n',
        encoding="utf-8",
    )
    register = with_lookups({"klubbar": read_register(path)}, {"klubbar.Namn"})["klubbar"]
    found = applied(register, {"Nr": ["7", "8"], "Namn": ["Ett, TVÅ", None]}).valid
    assert found["namn_hashed"].to_list() == [[KEY.digest("ett"), KEY.digest("två")], None]
    assert found["nr_hashed"].to_list() == [KEY.digest("7"), KEY.digest("8")]
    assert landed_fields(register)["namn_hashed"] == "VARCHAR[]"


def test_an_address_that_is_a_key_is_hashed_once() -> None:
    personal = looked_up("personal.E-post")["personal"]
    found = applied(personal, ROWS | {"Anställnings-id": ["kim.test@exempel.se", "A2"]}).valid
    assert found["anstallnings_id_hashed"][0] == found["anstallnings_id"][0] == KEY.digest("kim.test@exempel.se")


def test_what_may_be_shown_lands_as_it_did_and_is_not_read_anew() -> None:
    enheter, before = looked_up("enheter.Enhetsnamn")["enheter"], REGISTERS["enheter"]
    assert enheter.by_name["Enhetsnamn"].looked_up
    assert (landed_fields(enheter), enheter.version) == (landed_fields(before), before.version)


def test_a_changed_configuration_reads_anew() -> None:
    one, two = looked_up("personal.E-post")["personal"], looked_up("personal.Namn")["personal"]
    assert len({one.version, two.version, REGISTERS["personal"].version}) == 3
    assert with_lookups({"personal": one}, set())["personal"].version == REGISTERS["personal"].version
