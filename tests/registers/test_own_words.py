"""Words of an installation's own."""

from pathlib import Path

import polars as pl
import pytest

from assets.intake.parsing import parse
from assets.registers.own_words import with_words
from pipelines.config import read_settings
from pipelines.environment import ConfigurationError
from pipelines.installation import installed_registers
from tests.intake.delivered import REGISTERS


def test_every_column_of_the_list_reads_them_and_no_other() -> None:
    own = with_words(REGISTERS, {"verksamhet": ("Hamn", "förskola", "Grundskola", "HAMN")})
    for register in ("enheter", "behandlingskatalog"):
        values = own[register].by_name["Verksamhet"].values
        assert values == (*REGISTERS[register].by_name["Verksamhet"].values, "Hamn", "Grundskola")
    assert {name for name in own if own[name] != REGISTERS[name]} == {"enheter", "behandlingskatalog"}
    read = parse(pl.DataFrame({"verksamhet": ["hamn", "Skola"]}), [own["enheter"].by_name["Verksamhet"]])
    assert read["verksamhet"].to_list() == ["Hamn", None]


def test_deliveries_are_read_anew_with_them() -> None:
    own = with_words(REGISTERS, {"verksamhet": ("Hamn",)})
    assert own["enheter"].version != REGISTERS["enheter"].version
    assert own["personal"].version == REGISTERS["personal"].version


def configured(folder: Path, toml: str) -> dict[str, str]:
    (folder / "config").mkdir()
    (folder / "config" / "lagesbild.toml").write_text(toml, encoding="utf-8")
    return {"LAGESBILD_DATA": str(folder)}


def test_the_installation_works_with_them(tmp_path: Path) -> None:
    settings = read_settings(configured(tmp_path, 'words = { verksamhet = ["Hamn"] }'))
    assert installed_registers(settings)["enheter"].by_name["Verksamhet"].values[-1] == "Hamn"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("words = { verksamheter = [] }", "words.verksamheter är ingen lista med egna ord (menar du verksamhet?)"),
        ('words = { verksamhet = "Hamn" }', "words.verksamhet ska vara en lista"),
        ('words = { verksamhet = [" "] }', "words.verksamhet.0 får inte vara tom"),
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_told(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_settings(configured(tmp_path, toml))
    assert message in str(refused.value)
