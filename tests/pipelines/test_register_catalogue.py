"""The handbook's chapter on the registers is what the contracts say, and says something of every one."""

from pathlib import Path

import pytest

from assets.registers.contract import Register
from assets.warehouse.models import indicators, load_models
from pipelines.register_catalogue import PAGE, register_catalogue
from tests.intake.delivered import REGISTERS

MODELS = load_models(Path(__file__).parents[2] / "sql")


def test_the_page_is_as_the_contracts_say() -> None:
    """Write it anew with `python -m pipelines.catalogue`."""
    assert PAGE.read_text(encoding="utf-8") == register_catalogue(REGISTERS, MODELS)


@pytest.mark.parametrize("register", REGISTERS.values(), ids=list(REGISTERS))
def test_every_register_says_what_it_holds_and_who_has_it(register: Register) -> None:
    assert register.holds.endswith(".")
    assert " En rad per " in register.holds, "the grain"
    assert register.kept_by
    assert not register.kept_by.endswith("."), "it ends a sentence of the page's"
    for column in register.columns:
        assert column.about == "" or column.about[-1] == ".", column.name
        assert column.about or column.type not in ("code", "list"), f"{column.name}: whose code?"


def test_every_indicator_stands_under_what_it_needs() -> None:
    page = register_catalogue(REGISTERS, MODELS)
    sections = {part.split('"')[0]: part for part in page.split('<a id="')[1:]}
    assert sections.keys() == REGISTERS.keys()
    for model in indicators(MODELS):
        for name in model.indicator.needs if model.indicator else ():
            assert model.indicator_id in sections[name]
