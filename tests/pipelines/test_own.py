"""What an installation has of its own is held against the product before anything is run: each fault by file, key and
mend."""
# ruff: noqa: E501 - tables of cases

import re
from pathlib import Path

import pytest

from pipelines.config import check_installation, read_settings
from pipelines.environment import ConfigurationError
from pipelines.installation import installed_registers
from pipelines.own_indicators import installed_models
from tests.intake import test_contract, test_contract_faults
from tests.nights.test_own import CHOICES, INDICATOR, LISTS, REGISTER, TERM, write_configuration

pytestmark = pytest.mark.slow

REGISTER_FILE, TERM_FILE, INDICATOR_FILE = (
    "registers/nycklar.toml", "sql/core/keys_in_use.sql", "sql/indicators/nyc_01.sql",
)  # fmt: skip


def check(data: Path) -> None:
    settings = read_settings({"LAGESBILD_DATA": str(data)})
    check_installation(settings)


def fault_of(data: Path) -> str:
    with pytest.raises(ConfigurationError) as fault:
        check(data)
    text = str(fault.value)
    assert text.startswith(f"{data / 'config'}/"), "the file, from the configuration's folder"
    return text.removeprefix(f"{data / 'config'}/")


def test_what_is_right_is_taken_in_and_nothing_at_all_is_needed(tmp_path: Path) -> None:
    check(tmp_path / "nothing")
    write_configuration(tmp_path / "all" / "config", LISTS)
    check(tmp_path / "all")
    settings = read_settings({"LAGESBILD_DATA": str(tmp_path / "all")})
    registers, models = installed_registers(settings), installed_models(settings)
    assert registers["nycklar"].named_by == ("farsta",)
    assert registers["risker"].left_out_by == ("farsta", "nykoping")
    header = models["indicators.nyc_01"].indicator
    assert header is not None
    assert (header.target, header.chapter) == (30, "3")


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("registers/risker.toml", REGISTER, "risker.toml: registret risker finns i produkten; välj ett annat namn"),
        ("registers/nycklar.csv", REGISTER, "registers/nycklar.csv: här läses bara <register>.toml"),
        ("registers/Nycklar.toml", REGISTER, "registers/Nycklar.toml: här läses bara <register>.toml"),
        ("registers/order.toml", REGISTER, "order.toml: registrets namn är ett ord i SQL; döp om filen"),
        (REGISTER_FILE, "= =", f"{REGISTER_FILE}: "),
        (REGISTER_FILE, REGISTER.replace("called", "caled"), "nycklar.toml: caled är ingen nyckel (menar du called?)"),
        (REGISTER_FILE, REGISTER.replace("type = \"date\"", "typ = \"date\""), "kolumnen Återlämnad: typ är ingen nyckel (menar du type?)"),
        (REGISTER_FILE, REGISTER.replace('"snapshot"', '"foto"'), "nycklar.toml: mode ska vara 'snapshot' eller 'accumulate'"),
        (REGISTER_FILE, REGISTER.replace('about = "Keys to rooms. One row per key."\n', ""), "nycklar.toml: about saknas"),
        (REGISTER_FILE, REGISTER + 'Order = { type = "text" }\n', "kolumnen Order: namnet är upptaget; välj ett längre, och sätt rubriken i also"),
        (REGISTER_FILE, REGISTER.replace('ref = "enheter"', 'ref = "enhet"'), "kolumnen Enhet: pekar på enhet, som inte är något register (menar du enheter?)"),
        (REGISTER_FILE, 'left_out_by = ["a"]\n' + REGISTER, "nycklar.toml: vem som lämnar ett register står i lagesbild.toml"),
        ("sql/marts/gaps.sql", TERM, "sql/marts: här läses bara mapparna core och indicators"),
        ("sql/core/keys.txt", TERM, "sql/core/keys.txt: här läses bara <namn>.sql"),
        ("sql/core/employees.sql", TERM, "sql/core/employees.sql: employees finns i produkten; välj ett annat namn"),
        ("sql/indicators/utb_01.sql", INDICATOR, "sql/indicators/utb_01.sql: utb_01 finns i produkten"),
        ("sql/indicators/utb_50.sql", INDICATOR, "utb_50.sql: id som börjar med UTB är produktens; välj andra bokstäver"),
        ("sql/indicators/nyc.sql", INDICATOR, "sql/indicators/nyc.sql: en indikators fil heter som dess id"),
        (INDICATOR_FILE, INDICATOR.partition("*/")[2], f"{INDICATOR_FILE}: går inte att läsa: "),
        (INDICATOR_FILE, INDICATOR.replace("title =", "titel ="), f"{INDICATOR_FILE}: titel är ingen nyckel (menar du title?)"),
        (INDICATOR_FILE, INDICATOR.replace('needs = ["nycklar"]', 'needs = ["nyckel"]').replace("makes.nycklar", "makes.nyckel"), "needs nämner nyckel, som inte är något register (menar du nycklar?)"),
        (INDICATOR_FILE, INDICATOR.replace("kind = ", 'chapter = "9.9"\nkind = '), "chapter nämner 9.9, som dokumentet inte har"),
        (INDICATOR_FILE, INDICATOR.replace("makes.nycklar = 1", 'makes.nycklar = "active unit"'), "reach.makes.nycklar ska vara ett tal, any eller ett mått av core.reach, inte active unit (menar du active units?)"),
        (INDICATOR_FILE, INDICATOR.replace("room_key.is_returned as ok", "room_key.returned as ok"), "kolumnen returned på rad 25 finns inte (menar du is_returned?)"),
        (INDICATOR_FILE, INDICATOR.replace("room_key.nyckel as key,", ""), f"{INDICATOR_FILE}: ger inte kolumnen key, som varje post har"),
        (INDICATOR_FILE, INDICATOR.replace("as label", "as benamning"), f"{INDICATOR_FILE}: ger kolumnen benamning, som ingen post har"),
        (INDICATOR_FILE, INDICATOR.replace("core.keys_in_use", "core.keys_used"), "läser core.keys_used, som inte finns (menar du core.keys_in_use?)"),
        (INDICATOR_FILE, INDICATOR.replace("as ok", "as ok, nosuch(1) as row"), f"{INDICATOR_FILE}: frågan går inte att ställa på rad"),
        (INDICATOR_FILE, INDICATOR + "; drop table core.employees", f"{INDICATOR_FILE}: går inte att läsa: "),
        (TERM_FILE, TERM.replace("registers.nycklar", "registers.nyklar"), f"{TERM_FILE}: läser registers.nyklar, som inte finns (menar du registers.nycklar?)"),
        (TERM_FILE, TERM.replace("core.review", "marts.gaps"), f"{TERM_FILE}: läser marts.gaps, som görs först efter indikatorerna"),
        (TERM_FILE, TERM.replace('"nyckel"]', '"nykel"]'), f"{TERM_FILE}: grain nämner nykel, som frågan inte ger (menar du nyckel?)"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_named_with_its_mend(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    config = tmp_path / "config"
    write_configuration(config)
    (config / file).parent.mkdir(exist_ok=True)
    (config / file).write_text(text, encoding="utf-8")
    assert message in fault_of(tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("= =", "indicators.toml: går inte att läsa som TOML"),
        ("[UTB-1]\ntarget = 95", "[UTB-1] är ingen indikator (menar du UTB-01?)"),
        ("UTB-01 = 95", "UTB-01 ska vara en tabell: skriv [UTB-01]"),
        ("[UTB-01]\ntarge = 95", "[UTB-01] targe är ingen nyckel (menar du target?)"),
        ('[UTB-01]\ntarget = "95"', "[UTB-01] target ska vara ett heltal"),
        ("[UTB-01]\ntarget = 0", "[UTB-01] target: en andel har ett mål från 1 till 100, inte 0"),
        ("[UTB-01]\ntarget = 101", "en andel har ett mål från 1 till 100, inte 101"),
        ("[UTB-07]\ntarget = -1", "[UTB-07] target: ett antal har ett mål från 1, inte -1"),
        ("[PLAN-02]\ntarget = 3", "[PLAN-02] target: målet är alltid noll"),
        ("[INC-03]\ntarget = 95", "[INC-03] target: målet 100 är ett lagkrav (GDPR art. 33(1)) och kan inte sänkas"),
        ('[INC-03]\noff = true\nreason = "x"', "[INC-03] off: målet är ett lagkrav (GDPR art. 33(1)) och kan inte stängas"),
        ("[UPH-01]\noff = true", "[UPH-01] reason saknas: skriv varför frågan inte ställs här, det visas"),
        ('[UPH-01]\noff = true\nreason = " "', "[UPH-01] reason får inte vara tom"),
        ('[UPH-01]\nreason = "x"', "[UPH-01] reason hör ihop med off = true"),
        ('[UPH-01]\noff = "ja"\nreason = "x"', "[UPH-01] off ska vara true eller false"),
        ('[UPH-01]\ntitle = ""', "[UPH-01] title får inte vara tom"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_made_is_named_with_its_key(tmp_path: Path, toml: str, message: str) -> None:
    write_configuration(tmp_path / "config", choices=toml)
    assert message in fault_of(tmp_path)


def test_the_target_of_a_law_may_be_named_and_its_title_changed(tmp_path: Path) -> None:
    write_configuration(tmp_path / "config", choices='[INC-03]\ntarget = 100\ntitle = "I tid till IMY"\n' + CHOICES)
    check(tmp_path)


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ('registers = { farsta = ["personl"] }', "registers.farsta nämner personl, som inte är något register (menar du personal?)"),
        ('registers = { farsta = "personal" }', "registers.farsta ska vara en lista"),
        ('registers = ["personal"]', "registers ska vara en tabell"),
        ('registers = { Farsta = ["personal"] }', "registers nämner Farsta, som inte kan vara en mapp i inkorgen"),
        ('registers = { staden = ["personal"] }', "registers.staden nämner personal, som varje organisation lämnar själv"),
        ("late_days = { nyklar = 3 }", "late_days nämner nyklar, som inte är något register (menar du nycklar?)"),
        ("register = {}", "register är ingen inställning (menar du registers?)"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_hold_is_named_with_its_key(tmp_path: Path, lists: str, message: str) -> None:
    write_configuration(tmp_path / "config", lists)
    assert fault_of(tmp_path).startswith("lagesbild.toml")
    assert message in fault_of(tmp_path)


def contract_faults() -> list[str]:
    """The contracts that the product's own tests find a fault with."""
    found = []
    for test in (
        test_contract.test_a_contract_that_cannot_be_used_says_why,
        test_contract_faults.test_a_fault_is_told_with_its_file,
    ):
        [marked] = [mark for mark in test.pytestmark if mark.name == "parametrize"]
        found += [toml for toml, *_ in marked.args[1] if isinstance(toml, str)]
    return found


ENGLISH = re.compile(r"\b(the|is|isn't|only|column|there|has|have|which|not)\b")


@pytest.mark.parametrize("toml", contract_faults())
def test_whatever_is_wrong_with_a_contract_is_said_in_swedish(tmp_path: Path, toml: str) -> None:
    (tmp_path / "config" / "registers").mkdir(parents=True)
    (tmp_path / "config" / "registers" / "toy.toml").write_text(toml, encoding="utf-8")
    message = fault_of(tmp_path)
    assert message.startswith("registers/toy.toml: ")
    if "går inte att läsa som TOML" not in message:  # the parser's own words follow
        assert not ENGLISH.search(message), message


FILES = {
    "lagesbild.toml": "# på natten\nkeep_nights = 3\n",
    "recipients.toml": "# på natten\n",
    "indicators.toml": "# på natten\n",
    REGISTER_FILE: REGISTER + "# på natten\n",
    TERM_FILE: TERM + "-- på natten\n",
    INDICATOR_FILE: INDICATOR + "-- på natten\n",
}


@pytest.mark.parametrize("file", FILES)
def test_a_file_in_another_encoding_is_named_with_the_mend(tmp_path: Path, file: str) -> None:
    write_configuration(tmp_path / "config", LISTS)
    (tmp_path / "config" / file).write_bytes(FILES[file].encode("cp1252"))
    fault = fault_of(tmp_path)
    assert fault.startswith(file)
    assert fault.endswith("filen är inte i UTF-8: spara den i den teckenkodningen")


def test_the_mark_that_an_editor_puts_first_is_read(tmp_path: Path) -> None:
    write_configuration(tmp_path / "config", LISTS)
    for path in (path for path in (tmp_path / "config").rglob("*") if path.is_file()):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (tmp_path / "config" / "recipients.toml").write_bytes(b"\xef\xbb\xbf" + FILES["recipients.toml"].encode())
    check(tmp_path)
    (tmp_path / "config" / "lagesbild.toml").write_text("keep_nights = [1", encoding="utf-8-sig")
    assert "en hake eller klammer stängs inte" in fault_of(tmp_path)
