"""E-mail addresses stop at the landing step, however they are written (docs/spec/interfaces.md, Privacy)."""

from pathlib import Path

import polars as pl
import pytest

from assets.intake.apply_contract import apply_contract
from assets.intake.contract_result import ContractResult
from assets.intake.lookup_key import LookupKey
from assets.intake.privacy import masked, with_address
from assets.registers.contract import Register
from tests.intake.contracts import contract
from tests.intake.delivered import REGISTERS
from tests.intake.fictitious import PERSON

KEY = LookupKey()
PLAIN = "alva.kvist@exempel.se"
WRITTEN = [
    PLAIN, "alva.kvist&#64;exempel.se", "alva.kvist&#x40;exempel.se", "alva.kvist&amp;#64;exempel.se",
    "alva.kvist&commat;exempel&period;se", "alva.kvist\\@exempel.se", "alva\\.kvist@exempel\\.se",
    "alva.kvist\u200b@exempel.se", "alva.kvist@\u200bexempel.se", "al\u00adva.kvist\ufe0f@exempel\u2060.se",
    "alva.kvist\uff20exempel.se", "alva.kvist\ufe6bexempel\uff0ese", "alva.kvist%40exempel.se",
    "alva.kvist**@**exempel.se",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("context", ["{}", "mejla {}.", "({})", "Rad\n{}\nrad", "'{}'", "<{}>", "[{}](mailto:{0})"])
def test_an_address_is_replaced_however_it_is_written_and_wherever_it_stands(written: str, context: str) -> None:
    context = context.replace("{}", "{0}")
    text = context.format(written)
    assert masked(text) == context.format("[e-post]")
    assert with_address(pl.DataFrame({"x": [text, "x@y", masked(text)]})) == {"x": [text]}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"alva.{PERSON}@exempel.se", "[personnummer]"),
        (f"{PERSON[:8]}-\n{PERSON[8:]}@exempel.se", "[personnummer]"),
        (f"{PERSON} {PLAIN}", "[personnummer] [e-post]"),
        ("a\u030asa.o'brien@exempel.se", "[e-post]"),
        ("[alva](x)@exempel.se", "[[e-post]"),
        ("alva<b>@exempel</b>.se", "[e-post]"),
    ],
)
def test_nothing_of_an_address_stays_beside_the_mark(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("text", ["kl 8@9", "@alva", "alva@", "a @ b.se", "100 % @ 5", "R&D @ 40%", "AT&T", "&#65;"])
def test_what_is_no_address_stays(text: str) -> None:
    assert masked(text) == text


def landed(register: Register, **cells: str) -> ContractResult:
    columns = {column.name: cells.get(column.slug) for column in register.columns}
    row = pl.DataFrame([{"row": 2} | columns], schema={"row": pl.UInt32} | dict.fromkeys(columns, pl.String))
    return apply_contract(register, row, lookup_key=KEY)


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("register", REGISTERS)
def test_in_no_column_does_an_address_land(register: str, written: str) -> None:
    columns = REGISTERS[register].columns
    found = landed(REGISTERS[register], **{column.slug: f"mejla {written}" for column in columns})
    tables = (found.valid, found.failures, found.quarantined, found.protected, found.personal_numbers)
    text = " ".join(str(table.rows()) for table in tables).casefold()
    assert "alva" not in text
    assert "exempel" not in text


@pytest.mark.parametrize("written", WRITTEN)
def test_a_text_has_the_mark_and_a_code_the_hash_of_the_address(tmp_path: Path, written: str) -> None:
    register = contract(
        tmp_path,
        'Kod = { type = "code" }\nKoder = { type = "list" }\nFritext = { type = "text" }\n'
        'Typ = { type = "enum", values = ["A"] }\n',
    )
    found = landed(register, id="1", kod=written, koder=f"A1; {written}", fritext=f"mejla {written}", typ=written)
    assert found.valid.select("kod", "koder", "fritext", "typ").rows() == [
        (KEY.digest(PLAIN), ["A1", KEY.digest(PLAIN)], "mejla [e-post]", None)
    ]
    assert found.failures.select("column", "value").rows() == [("Typ", "[visas inte]")]


def test_texts_that_are_keys_stay_apart() -> None:
    """Were both `[e-post]`, the one row would be taken for the other's duplicate."""
    register = REGISTERS["vor_indikatorer"]
    row = {"År": "2023", "Bedömning": "Delvis"}
    keys = [PLAIN, "bo.kvist@exempel.se"]
    cells = [{"row": number} | row | {"Indikator": key} for number, key in enumerate(keys, 2)]
    found = apply_contract(register, pl.DataFrame(cells, schema_overrides={"row": pl.UInt32}), lookup_key=KEY)
    assert (found.duplicates, found.valid["indikator"].to_list()) == (0, [*map(KEY.digest, keys)])


def test_a_number_in_a_text_with_an_address_is_counted_and_both_are_replaced() -> None:
    found = landed(REGISTERS["risker"], risk_id="R1", risk=f"{PERSON} {PLAIN}")
    assert found.personal_numbers.rows() == [(2, "Risk")]
    assert "alva" not in str(found.valid.rows()) + str(found.failures.rows())
