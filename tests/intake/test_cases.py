"""Small files that were once read wrong, and what is right of each (tests/intake/cases)."""

from pathlib import Path

import pytest

from assets.intake.read_delivery import read_delivery
from assets.intake.refusal import Refused
from assets.intake.rows import ParsedRows
from assets.intake.workbook_xml import inspect
from assets.registers.read_contracts import ContractError, load_registers
from tests.intake.delivered import REGISTERS, ContractResult

CASES = Path(__file__).parent / "cases"
INCIDENTS = "personuppgiftsincidenter"
WIDTH, QUOTE = "fel antal celler", "citattecken"


def case(name: str, register: str = INCIDENTS) -> tuple[ParsedRows, ContractResult]:
    path = CASES / name
    parsed, result = read_delivery(path, path.suffix, REGISTERS[register])
    assert result.read == result.valid.height + result.quarantined.height + result.duplicates
    return parsed, result


def test_a_stray_quote_costs_its_own_line_alone() -> None:
    _, found = case("stray_quote_eats_row.csv")
    assert found.failures.rows() == [(2, None, None, QUOTE, "raden")]
    assert (found.read, found.valid["arende_id"].to_list()) == (3, ["A-2", "A-3"])
    assert found.quarantined["key"].to_list() == [None]


def test_a_row_one_separator_short_is_not_read_shifted() -> None:
    _, found = case("row_one_separator_short.csv")
    assert found.failures.rows() == [(2, None, None, WIDTH, "raden")]
    assert found.valid.is_empty()


def test_rows_of_another_export_are_no_notes() -> None:
    parsed, found = case("two_exports_two_separators.csv")
    assert (found.read, found.valid.height, parsed.notes) == (11, 1, 0)
    assert set(found.failures.select("column", "value", "rule").rows()) == {(None, None, WIDTH)}


def test_a_separator_outside_quotes_publishes_nothing_of_its_row() -> None:
    _, found = case("unquoted_separator_personuppgiftsincidenter_2026-05-01.csv")
    assert found.valid["arende_id"].to_list() == ["PI-4"]
    assert found.failures["rule"].to_list() == [WIDTH] * found.failures.height
    assert "Hemlighet" not in str([table.rows() for table in (found.valid, found.failures, found.quarantined)])


def test_the_same_rows_in_quotes_are_read() -> None:
    _, found = case("the_same_quoted_personuppgiftsincidenter_2026-05-01.csv")
    assert found.valid["arende_id"].to_list() == ["PI-1", "PI-2", "PI-3", "PI-4"]
    assert found.failures.is_empty()


def test_an_open_quote_in_the_heading_row_refuses_and_tells_nobodys_row() -> None:
    with pytest.raises(Refused) as refused:
        case("quote_in_last_heading_leaks_row.csv", "personal")
    assert str(refused.value) == "rubrikraden har ett citattecken som inte stängs"


@pytest.mark.parametrize("name", ["backslash_quotes.csv", "comma_space_quoted.csv"])
def test_other_spellings_of_quotes_are_one_cell_each(name: str) -> None:
    _, found = case(name)
    assert found.valid.select("arende_id", "status", "skal_ej_anmald_filled").rows() == [("A-1", "Öppen", True)]
    assert found.failures.is_empty()


def test_no_slash_date_is_read_of_a_column_that_is_month_first() -> None:
    _, found = case("month_first_dates.csv")
    assert found.failures.filter(column="Anmäld IMY").select("row", "rule", "effect").rows() == [
        (2, "oläsbar", "cellen"), (3, "oläsbar", "cellen"),
    ]  # fmt: skip
    assert found.valid["anmald_imy"].null_count() == 2


def test_the_decimals_of_a_serial_are_no_personal_number() -> None:
    _, found = case("serial_masked.csv")
    assert found.personal_numbers.is_empty()
    assert found.valid["kannedom"][0].isoformat() == "2025-03-12T16:18:21", "in UTC"


def test_ids_that_a_spreadsheet_spoiled_are_no_ids() -> None:
    _, found = case("scientific_ids_personal_2026-05-01.csv", "personal")
    assert (found.read, found.duplicates, found.valid["anstallnings_id"].to_list()) == (4, 0, ["P4"])
    assert set(found.failures.select("column", "rule").rows()) == {("Anställnings-id", "oläsbar")}


def test_formulas_without_a_value_are_listed() -> None:
    _, found = case("formula_without_value_personal_2026-05-01.xlsx", "personal")
    assert found.failures.height > 0
    assert set(found.failures.select("column", "value", "rule", "effect").rows()) == {
        ("Anställd till", None, "oläsbar", "cellen")
    }


def test_a_negative_count_is_dropped() -> None:
    _, found = case("negative_count_utbildningstillfallen_2026-05-01.csv", "utbildningstillfallen")
    assert found.failures.select("value", "rule", "effect").rows() == [("-4", "utanför gränser", "cellen")]


def test_a_control_character_is_dropped() -> None:
    _, found = case("control_character_omvarldsbevakning_2026-05-01.csv", "omvarldsbevakning")
    assert found.valid["handelse"].to_list() == ["Ny lag den 15 januari"]


def test_a_cell_far_out_refuses_before_any_reader_takes_memory() -> None:
    with pytest.raises(Refused, match="filen går inte att läsa"):
        case("enheter_far1_2026-11-02.xlsx", "enheter")


def test_a_formatted_empty_cell_far_out_refuses_nothing() -> None:
    book = inspect(CASES / "far_empty.xlsx")
    assert book is not None
    assert [(sheet.height, sheet.width) for sheet in book.sheets] == [(11, 2)]


def test_a_contract_may_not_use_names_of_the_machinery() -> None:
    with pytest.raises(ContractError, match=r"leverantorer\.toml.*\n.*column Organisation: the name is reserved"):
        load_registers(CASES / "contract_reserved_names")
