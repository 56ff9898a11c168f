"""Deliveries held against their contract together become what each becomes alone."""

import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.intake import apply_contract as applying
from assets.intake.apply_contract import apply_contract, apply_together
from assets.intake.archive import Archive
from assets.intake.contract_result import ContractResult
from assets.intake.ingest import ingest
from assets.intake.lookup_key import LookupKey
from assets.intake.reading import Sheet, read
from assets.intake.refusal import Refused
from assets.intake.rows import BROKEN, ParsedRows
from assets.intake.select_rows import select_rows, select_together
from assets.registers.adjusted import with_lookups
from assets.registers.column import Column
from assets.registers.contract import ROW_KEY, Register
from tests.intake.delivered import REGISTERS
from tests.intake.fictitious import PERSON

pytestmark = pytest.mark.slow

LOOKED_UP = with_lookups(REGISTERS, {"personal.E-post"})["personal"]
GOOD = "Enhet;Enhetsnamn;Verksamhet\n1;Ekens förskola;Förskola\n"
TURNED = "Verksamhet;Enhetsnamn;Enhet\nFörskola;Ekens förskola;1\n"
DAY = date(2026, 11, 2)
UNITS = REGISTERS["enheter"]
CELL_TEXTS = st.sampled_from(
    ["", "-", "Ja", "nej", "2023-10-31", "2023-10-31 14:05:00", "31/10/2023", "10/31/2023", "3,0", "9", "A1", "x",
     "a, b|c", PERSON, PERSON[2:], "a@b.se"]
)  # fmt: skip
TABLES = ("valid", "failures", "quarantined", "protected", "personal_numbers", "replaced")


def cell(column: Column) -> st.SearchStrategy[str | None]:
    good = st.sampled_from(column.values) if column.values else CELL_TEXTS
    return st.one_of(good, CELL_TEXTS).map(lambda text: text or None)


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[Register, list[ParsedRows]]:
    """Some deliveries of one register with the same columns, not all the contract has, in an order of their own."""
    register = draw(st.sampled_from([*REGISTERS.values(), LOOKED_UP]))
    gone = draw(st.sets(st.sampled_from([column.name for column in register.columns]), max_size=2))
    columns = [column for column in register.columns if column.name not in gone]
    row = st.fixed_dictionaries({column.name: cell(column) for column in columns})
    return register, [
        parsed(rows, draw(st.permutations(columns)), broken=draw(st.booleans()))
        for rows in draw(st.lists(st.lists(row, max_size=4), min_size=1, max_size=4))
    ]


def parsed(rows: list[dict[str, str | None]], columns: list[Column], *, broken: bool) -> ParsedRows:
    texts = {column.name: pl.Series([row[column.name] for row in rows], dtype=pl.String) for column in columns}
    number = pl.Series("row", range(2, 2 + 2 * len(rows), 2), dtype=pl.UInt32)
    lines = [(3, "fel antal celler")] if broken else []
    return ParsedRows(pl.DataFrame([number]).with_columns(**texts), pl.DataFrame(lines, schema=BROKEN, orient="row"))


def alone(register: Register, delivery: ParsedRows, key: LookupKey) -> ContractResult:
    return apply_contract(register, delivery.cells, delivery.broken, key)


@given(deliveries())
def test_each_becomes_what_it_becomes_alone(drawn: tuple[Register, list[ParsedRows]]) -> None:
    register, together = drawn
    key = LookupKey()
    for delivery, found in zip(together, apply_together(register, together, key), strict=True):
        own = alone(register, delivery, key)
        assert found.read == own.read
        for table in TABLES:
            assert getattr(found, table).equals(getattr(own, table)), table
            assert getattr(found, table).schema == getattr(own, table).schema, table


def test_what_one_holds_says_nothing_of_another() -> None:
    """Two keys with one number are two in one delivery alone, and so is one number among equals."""
    person = {
        "Anställnings-id": "A1",
        "Enhet": "E1",
        "Roll": "Chef",
        "Personnummer": PERSON,
        "Anställd från": "2020-01-01",
    }
    columns = [REGISTERS["personal"].by_name[name] for name in person]
    other = person | {"Anställnings-id": "A2"}
    both, first, second = (parsed(rows, columns, broken=False) for rows in ([person, other], [person], [other]))
    found = apply_together(REGISTERS["personal"], [both, first, second])
    shared = [made.valid["personnummer_shared"].to_list() for made in found]
    assert shared == [[True, True], [False], [False]]
    keyless = Register(**{name: getattr(UNITS, name) for name in Register.model_fields} | {"key": ()})
    unit = {"Enhet": "1", "Enhetsnamn": "Ekens förskola", "Verksamhet": "Förskola"}
    twice, once = (parsed([unit] * times, [UNITS.by_name[name] for name in unit], broken=False) for times in (2, 1))
    numbers = [made.valid[ROW_KEY].str.slice(-2).to_list() for made in apply_together(keyless, [twice, once, once])]
    assert numbers == [["#1", "#2"], ["#1"], ["#1"]]


HEADING = "Enhet;Enhetsnamn;Verksamhet;;Nämnd"
LINES = [
    "1;Ekens förskola;Förskola;;A", "2;Björken;Administration;;B", "3;'0012;Förskola;;A", "Summa;;;;", "En not;;;;",
    HEADING, ";;;;", "4;Lärken;Förskola;ett värde utan rubrik;A", "5;kort", "6;För;många;;;celler;", "a, b, c, d;;;;",
]  # fmt: skip


def outcome(sheet: Sheet) -> ParsedRows | str:
    try:
        return select_rows(sheet, UNITS)
    except Refused as refused:
        return str(refused)


@given(st.lists(st.tuples(st.lists(st.sampled_from(LINES), max_size=6), st.booleans()), min_size=1, max_size=5))
def test_the_rows_of_each_are_those_of_it_alone(files: list[tuple[list[str], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, sheets = Path(folder) / "enheter.csv", []
        for lines, has_title in files:
            path.write_text("\n".join([*(["Enheter", ""] if has_title else []), HEADING, *lines, ""]), "utf-8")
            sheets.append(read(path, ".csv", UNITS))
    of_layout: dict[object, list[Sheet]] = {}
    for sheet in sheets:
        of_layout.setdefault(sheet.layout, []).append(sheet)
    for alike in of_layout.values():
        for sheet, found in zip(alike, select_together(alike, UNITS), strict=True):
            own = outcome(sheet)
            if isinstance(own, str):
                assert str(found) == own
                continue
            assert isinstance(found, ParsedRows)
            for table in ("cells", "broken"):
                assert getattr(found, table).equals(getattr(own, table)), table
            assert (found.notes, found.unknown, found.missing) == (own.notes, own.unknown, own.missing)


def test_one_that_cannot_be_held_against_the_contract_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "inbox" / "a"
    inbox.mkdir(parents=True)
    for day in range(1, 6):
        text = TURNED if day % 2 else GOOD  # laid out in two ways, with the same columns
        if day == 3:
            text = text.replace("Ekens", "Ovädrets")
        (inbox / f"enheter_2026-10-0{day}.csv").write_text(text, "utf-8")
    apply = applying.apply_to_deliveries

    def panics(register: Register, rows: pl.DataFrame, *others: object) -> ContractResult:
        if rows["Enhetsnamn"].str.contains("Ovädret").any():
            raise BaseException("as native code does")
        return apply(register, rows, *others)

    monkeypatch.setattr(applying, "apply_to_deliveries", panics)
    archive = Archive(tmp_path / "archive")
    ingest(inbox.parent, archive, REGISTERS, DAY, limits=None)
    refused = archive.receipts("a").sort("name").select("refusal", "loaded").rows()
    assert refused == [(None, 1), (None, 1), ("filen går inte att läsa", None), (None, 1), (None, 1)]
